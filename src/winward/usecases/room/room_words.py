"""What a package on the table means, in words: for each person, and whether it passes."""

from collections.abc import Sequence

from winward.usecases.room.negotiation import Negotiation, Seated
from winward.usecases.room.table import Table
from winward.usecases.sentences import listed

# So many reasons are told; the cells hold the others.
REASONS = 2
# Nearer to the line than this share of their span is "only just".
JUST = 0.03


def rule(held: Negotiation) -> str:
    """As in "everyone must say yes"."""
    may = held.initiative.may_refuse
    vetoes = [seat.name for seat in held.deciding if seat.veto]
    if not may:
        return "everyone must say yes"
    others = len(held.deciding) - len(vetoes)
    if vetoes and may >= others:
        return f"{listed(vetoes)} must say yes; the others may say no"
    few = f"{may} of {len(held.deciding)} may say no"
    return f"{few}, but not {listed(vetoes)}" if vetoes else few


def sentence(table: Table) -> str:
    """What the room says first. Needs terms and somebody who decides."""
    told = list(zip(table.held.seats, table.verdicts, strict=True))
    by = {verdict: [seat.name for seat, said in told if seat.decides and said == verdict] for verdict in VERDICTS}
    agreeing, refusing, unasked = (by[verdict] for verdict in VERDICTS)
    many = len(table.held.deciding)
    if len(agreeing) == many:
        return "Everyone whose yes is needed says yes to this package."
    if len(unasked) == many:
        return f"Nobody has been asked yet: what {listed(unasked)} would rather have is not known."
    counted = f"{len(agreeing)} of {many} say{'s' if len(agreeing) == 1 else ''} yes"
    said = f"{counted}; {_saying(refusing)} no" if refusing else counted
    asked = f"; nobody has asked {listed(unasked)} yet" if unasked else ""
    return f"{said}{asked}. {_passing(table)}"


VERDICTS = ("yes", "no", "not asked")


def _saying(names: Sequence[str]) -> str:
    return f"{listed(names)} say{'s' if len(names) == 1 else ''}"


def _passing(table: Table) -> str:
    if table.passes is None:
        return "Whether it passes hangs on who was not asked."
    return f"It {'passes' if table.passes else 'doesn’t pass'}: {rule(table.held)}."


def person(table: Table, at: int) -> str:
    """As in "Mara says no: for Date, “June” falls short of “September”. “September” for Date would win the yes."."""
    seat, said = table.held.seats[at], table.verdicts[at]
    if said == "not asked":
        return f"Nobody has asked {seat.name} yet. So far as is known, nothing here is refused."
    if said == "no":
        return f"{seat.name} says no: {_why_not(table, at)}. {_winning(table, at)}{_sure(table, at)}"
    return f"{seat.name} says yes{_why(table, at)}.{_gives(table, at)}{_sure(table, at)}"


def _why_not(table: Table, at: int) -> str:
    refused = [f"can’t accept {on_table(table, term)}" for term in table.refused(at)]
    short = [f"{on_table(table, term)} falls short of “{line_of(table, at, term)}”" for term in table.short_of(at)]
    reasons = [*refused, *short]
    more = f", and {len(reasons) - REASONS} more" if len(reasons) > REASONS else ""
    return "; ".join(reasons[:REASONS]) + more


def on_table(table: Table, term: int) -> str:
    return of_term(table, term, table.package[term])


def of_term(table: Table, term: int, option: int) -> str:
    """As in "“June” for Date"."""
    own = table.held.terms[term]
    return f"“{own.options[option][1]}” for {own.name}"


def line_of(table: Table, at: int, term: int) -> str:
    own = table.held.terms[term]
    return own.names(table.held.seats[at].line[own.id])


def _winning(table: Table, at: int) -> str:
    move = table.winning(at)
    if move is None:
        return "No single change would win the yes."
    lost = listed([table.held.seats[one].name for one in move.loses])
    costs = f", but cost that of {lost}" if lost else ""
    return f"{of_term(table, move.term, move.option)} would win the yes{costs}."


def _why(table: Table, at: int) -> str:
    seat, weights = table.held.seats[at], table.weights(at)
    best = [term for term in weights.argsort()[::-1] if weights[term] and _is_best(table, seat, int(term))]
    if best:
        return f": {listed([on_table(table, int(term)) for term in best[:REASONS]])} suits best"
    return "" if seat.line else ", for all that is known"


def _is_best(table: Table, seat: Seated, term: int) -> bool:
    own = table.held.terms[term]
    levels = seat.options.get(own.id, ((),))
    return own.options[table.package[term]][0] in levels[0]


def _gives(table: Table, at: int) -> str:
    """Where they give, and how near they are to a no."""
    if not table.held.seats[at].line:
        return " No line is drawn, so anything would do that isn’t refused."
    short = table.short_of(at)
    gives = f" Gives on {listed([table.held.terms[term].name for term in short[:REASONS]])}." if short else ""
    spare = float(table.totals[at] - table.game.least[at]) / float(table.game.span[at])
    return f"{gives} Only just: little more could be given." if spare < JUST else gives


def _sure(table: Table, at: int) -> str:
    """Ranks leave open how much more the first counts than the second."""
    share = table.holds[at]
    if share >= 0.995:
        return ""
    said = "yes" if table.accepted[at] else "no"
    hangs = "That hangs on how much more counts what stands first"
    return f" {hangs}: it is {said} under {share:.0%} of all that the ranks allow."
