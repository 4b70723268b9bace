"""Packages beside the one on the table, who blocks, what would win each no, and trades: the slow part of the room."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from winward.engine.bargaining import Package
from winward.usecases.room import bargain, room_words
from winward.usecases.room.bargain import CheapestConcession, Suggested, Suggestion, TradeOff
from winward.usecases.room.negotiation import Negotiation, Seated
from winward.usecases.room.table import Table
from winward.usecases.sentences import listed

AIMS = {"nash": "Fair to all", "egalitarian": "Best for whoever gains least", "utilitarian": "Largest total"}
# Shares of the way from somebody's worst package to their best: less than the first is nothing.
SIZES = ((0.01, ""), (0.1, "a little"), (0.25, "some"), (np.inf, "a lot"))
TRADES = 5


@dataclass(frozen=True, slots=True)
class Choice:
    """A term in a package. differs: from the table."""

    term: str
    option: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """A suggested package against the one on the table. titles: what it is best at. gains, gives: "Mara a lot".
    refuses: who says no to it. proof, lasts: how sure it is that nothing is better, and under other weights."""

    titles: tuple[str, ...]
    options: tuple[int, ...]
    choices: tuple[Choice, ...]
    gains: tuple[str, ...]
    gives: tuple[str, ...]
    refuses: tuple[str, ...]
    on_table: bool
    proof: str
    lasts: str


@dataclass(frozen=True, slots=True)
class Blocked:
    """blocking: the smallest set of what can't be had together. frees: the least that would have to be let go, for the
    package `options`."""

    blocking: tuple[str, ...]
    frees: tuple[str, ...]
    options: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Packages:
    """table: each term with its option on the table. refuses: who says no to that."""

    sentence: str
    table: tuple[tuple[str, str], ...]
    refuses: tuple[str, ...]
    packages: tuple[Beside, ...]
    blocked: Blocked | None


@dataclass(frozen=True, slots=True)
class Way:
    """From the table to a yes, or to what is better for two. options: the package; empty where there is none. instead:
    what else would do."""

    says: str
    options: tuple[int, ...]
    instead: str


@dataclass(frozen=True, slots=True)
class WaysOn:
    """concessions: for each who says no, the cheapest yes. trades: of what matters little to one for what matters much
    to another."""

    concessions: tuple[Way, ...]
    trades: tuple[Way, ...]
    notes: tuple[str, ...]


def work_out(held: Negotiation) -> Suggested | None:
    """The best packages, or who blocks; it takes seconds where much is negotiated, and stays until a position changes.
    None where nobody who decides was heard."""
    return bargain.suggest(held.file) if held.terms and held.heard else None


def packages(table: Table, found: Suggested | None) -> Packages:
    """What was worked out, beside what is on the table."""
    now = tuple((one.term, one.option) for one in choices(table, table))
    if found is None:
        return Packages(
            "Packages are suggested once somebody whose yes is needed has ranked something.",
            now,
            _refusing(table),
            (),
            None,
        )
    by_options = dict[Package, list[str]]()
    best = {aim: one for aim in AIMS if (one := getattr(found, aim)) is not None}
    for aim, one in best.items():
        by_options.setdefault(one.options, []).append(AIMS[aim])
    shown = {one.options: one for one in reversed(best.values())}
    rows = [_beside(table, shown[options], titles) for options, titles in by_options.items()]
    return Packages(_sentence(table.held, found), now, _refusing(table), tuple(rows), _blocked(table.held, found))


def _sentence(held: Negotiation, found: Suggested) -> str:
    unasked = [seat.name for seat in held.deciding if seat not in held.heard]
    open_yet = f" {listed(unasked)} {'was' if len(unasked) == 1 else 'were'} not asked and may still say no."
    return _passing(held, found) + (open_yet if unasked else "")


def _passing(held: Negotiation, found: Suggested) -> str:
    rule = room_words.rule(held)
    if found.acceptable == 0 or found.nash is None:
        return f"No package passes, where {rule}." if found.blockers else f"No package was found that passes: {rule}."
    if found.acceptable is not None:
        return f"{found.acceptable:,} of {held.game.packages:,} possible packages pass, where {rule}."
    return f"There are packages that pass among {held.game.packages:,} possible ones, where {rule}."


def _beside(table: Table, one: Suggestion, titles: Sequence[str]) -> Beside:
    other = Table(table.held, one.options)
    gains, gives = moved(table, other)
    lasts = f"It stays the fairest under {one.stays_best:.0%} of all that the ranks allow." if one.stays_best else ""
    return Beside(
        titles=tuple(titles),
        options=tuple(table.held.options(one.options)),
        choices=tuple(choices(table, other)),
        gains=tuple(gains),
        gives=tuple(gives),
        refuses=_refusing(other),
        on_table=one.options == table.package,
        proof=_proof(one.gap),
        lasts=lasts,
    )


def _refusing(table: Table) -> tuple[str, ...]:
    return tuple(seat.name for seat, said in zip(table.held.seats, table.verdicts, strict=True) if said == "no")


def _proof(gap: float | None) -> str:
    if gap is None:
        return "Not proven to be the best."
    return "Proven: none is better at that." if gap < 1e-9 else f"Proven to be within {gap:.2%} of the best."


def choices(table: Table, other: Table) -> list[Choice]:
    rows = zip(table.held.terms, table.package, other.package, strict=True)
    return [Choice(term.name, term.options[now][1], before != now) for term, before, now in rows]


def moved(table: Table, other: Table) -> tuple[list[str], list[str]]:
    """Who gains and who gives, the most first, as in "Mara a lot"; of whom nothing is known is in neither."""
    change = (other.totals - table.totals) / table.game.span
    told = [
        (float(share), seat.name, _size(abs(float(share))))
        for share, seat in zip(change, table.held.seats, strict=True)
    ]
    told = sorted((one for one in told if one[2]), key=lambda one: -abs(one[0]))
    return [f"{name} {size}" for share, name, size in told if share > 0], [
        f"{name} {size}" for share, name, size in told if share < 0
    ]


def _size(share: float) -> str:
    return next(words for bound, words in SIZES if share < bound)


def _blocked(held: Negotiation, found: Suggested) -> Blocked | None:
    if not found.blockers or found.let_go is None:
        return None
    seats = {seat.name: at for at, seat in enumerate(held.seats)}
    blocking = [one.says if one.option else _holds_to(held.seats[seats[one.person]], held) for one in found.blockers]
    freed = Table(held, found.let_go.options)
    relaxing = [seats[name] for name in seats if any(say.startswith(f"{name} ") for say in found.let_go.says)]
    frees = [_lets_go(freed, at) for at in relaxing]
    return Blocked(tuple(dict.fromkeys(blocking)), tuple(filter(None, frees)), tuple(held.options(freed.package)))


def _holds_to(seat: Seated, held: Negotiation) -> str:
    terms = [term for term in held.terms if term.id in seat.line]
    lines = [f"“{term.names(seat.line[term.id])}” for {term.name}" for term in terms if term.id in seat.line]
    return f"{seat.name} wants, all in all, no less than {listed(lines)}."


def _lets_go(table: Table, at: int) -> str:
    """What somebody would have to let go for this package."""
    name = table.held.seats[at].name
    refused = [room_words.on_table(table, term) for term in table.refused(at)]
    short = [
        f"{room_words.on_table(table, term)} in place of “{room_words.line_of(table, at, term)}”"
        for term in table.short_of(at)
    ]
    told = [f"accepts {listed(refused)} after all"] if refused else []
    told += [f"settles for {listed(short[: room_words.REASONS])}"] if short else []
    return f"{name} {' and '.join(told)}." if told else ""


def ways(table: Table) -> WaysOn:
    """The cheapest concessions from the package on the table, and trades; bounded in effort."""
    held = table.held
    if not held.heard:
        return WaysOn((), (), ())
    found = bargain.ways_from(held.file, table.package)
    conceding = [_concession(table, one) for one in found.cheapest_concessions]
    return WaysOn(tuple(conceding), tuple(_trade(table, one) for one in found.trades[:TRADES]), tuple(found.notes))


def _concession(table: Table, one: CheapestConcession) -> Way:
    at = next(at for at, seat in enumerate(table.held.seats) if seat.name == one.person)
    instead = _lets_go(table, at)
    if one.options is None:
        return Way(f"No package wins {one.person}.", (), instead)
    other = Table(table.held, one.options)
    lost = f" {listed(one.refuses_then)} would then say no." if one.refuses_then else ""
    says = f"{one.person} says yes with {_changed(table, other)}.{_costs(table, other)}{lost}"
    return Way(says, tuple(table.held.options(one.options)), instead)


def _changed(table: Table, other: Table) -> str:
    """As in "“September” instead of “June” for Date"."""
    pairs = zip(table.held.terms, table.package, other.package, strict=True)
    said = [
        f"“{term.options[now][1]}” instead of “{term.options[before][1]}” for {term.name}"
        for term, before, now in pairs
        if before != now
    ]
    return listed(said)


def _costs(table: Table, other: Table) -> str:
    gives = moved(table, other)[1]
    return f" It costs {listed(gives)}." if gives else " It costs nobody anything."


def _trade(table: Table, one: TradeOff) -> Way:
    named = {change.term: change.becomes for change in one.changes}
    package = tuple(
        next(at for at, (_, name) in enumerate(term.options) if name == named[term.name])
        if term.name in named
        else before
        for term, before in zip(table.held.terms, table.package, strict=True)
    )
    other = Table(table.held, package)
    says = f"{_changed(table, other)}: {one.first} and {one.second} both gain.{_costs(table, other)}"
    return Way(says, tuple(table.held.options(package)), "")
