"""All initiatives: what each is worth, when it is needed, whose yes is open, and its next step."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from winward.records import initiative_rows
from winward.records.initiative_rows import Deciding
from winward.records.initiatives import Initiative
from winward.usecases.initiatives import sums
from winward.usecases.initiatives.initiative_need import Calendar, calendar_of, need_of
from winward.usecases.initiatives.initiative_rows import Served, merged_into, served_by
from winward.usecases.initiatives.initiative_stakes import Ledger, Stakes, ledger_of, stakes_of
from winward.usecases.initiatives.steps import StepRow, next_steps
from winward.usecases.list_themes import currency

ENDED = (str(Initiative.State.SHIPPED), str(Initiative.State.STOPPED))


@dataclass(frozen=True, slots=True)
class Yeses:
    """Of those who decide or hold a veto: who said yes, who no, and of whom neither is recorded."""

    yes: tuple[str, ...]
    no: tuple[str, ...]
    open: tuple[str, ...]

    @property
    def needed(self) -> int:
        return len(self.yes) + len(self.no) + len(self.open)


@dataclass(frozen=True, slots=True)
class InitiativeRow:
    """needed_by: the day that holds; needed_why: the same as a sentence. next_step: null where nobody does anything by
    a day."""

    id: int
    name: str
    state: str
    owner: str
    themes: tuple[Served, ...]
    stakes: Stakes
    needed_by: date | None
    needed_why: str
    yeses: Yeses
    next_step: StepRow | None

    @property
    def ended(self) -> bool:
        return self.state in ENDED


@dataclass(frozen=True, slots=True)
class Initiatives:
    """rows: under way first, by the day that they are needed, then by what they cost. owners: of all. number: of all,
    filtered or not."""

    sentence: str
    currency: str
    rows: tuple[InitiativeRow, ...]
    owners: tuple[str, ...]
    number: int


def list_initiatives(today: date, state: str = "", owner: str = "") -> Initiatives:
    every = list(Initiative.objects.filter(removed=False).order_by("pk"))
    asked = [one for one in every if state in ("", one.state) and owner.casefold() in ("", one.owner.casefold())]
    served = served_by(asked)
    themes = sorted({theme.id for of in served.values() for theme in of})
    money = currency()
    ledger, calendar = ledger_of(themes), calendar_of(themes, today, money)
    rows = _rows(asked, served, ledger, calendar, today)
    owners = sorted({one.owner for one in every if one.owner}, key=str.casefold)
    together = stakes_of({theme.id for row in rows if not row.ended for theme in row.themes}, ledger, calendar)
    return Initiatives(_sentence(rows, together, money), money, tuple(rows), tuple(owners), len(every))


def initiatives_of(theme: int) -> list[tuple[int, str, str]]:
    """Those that serve a theme, or one that was merged into it: number, name and state, under way first."""
    found = list(Initiative.objects.filter(removed=False).order_by("pk").only("name", "state", "themes"))
    stands_for = {theme, *merged_into(theme)} if found else {theme}
    serving = [one for one in found if stands_for & set(one.themes)]
    return [(one.pk, one.name, one.state) for one in sorted(serving, key=lambda one: one.state in ENDED)]


def yeses_of(initiatives: Sequence[int]) -> dict[int, Yeses]:
    found: dict[int, list[Deciding]] = {number: [] for number in initiatives}
    for one in initiative_rows.deciding(initiatives):
        found[one.initiative].append(one)
    return {number: _yeses(people) for number, people in found.items()}


def _yeses(people: Iterable[Deciding]) -> Yeses:
    """Somebody in favour says yes, somebody against no; who is neutral hasn't said."""
    stands = [(one.name, one.stance or 0) for one in people]
    return Yeses(
        yes=tuple(name for name, stance in stands if stance > 0),
        no=tuple(name for name, stance in stands if stance < 0),
        open=tuple(name for name, stance in stands if stance == 0),
    )


def _rows(
    asked: Sequence[Initiative],
    served: Mapping[int, list[Served]],
    ledger: Ledger,
    calendar: Calendar,
    today: date,
) -> list[InitiativeRow]:
    numbers = [one.pk for one in asked]
    yeses, steps = yeses_of(numbers), next_steps(numbers, today)

    def row(one: Initiative) -> InitiativeRow:
        themes = [theme.id for theme in served[one.pk]]
        need, stakes = need_of(themes, calendar, one.needed_by), stakes_of(themes, ledger, calendar)
        about = one.pk, one.name, one.state, one.owner, tuple(served[one.pk])
        return InitiativeRow(*about, stakes, need.day, need.sentence, yeses[one.pk], steps.get(one.pk))

    return sorted(map(row, asked), key=_place)


def _place(row: InitiativeRow) -> tuple[bool, date, float, int]:
    return row.ended, row.needed_by or date.max, -(row.stakes.lost + row.stakes.open_value), row.id


def _sentence(rows: Sequence[InitiativeRow], together: Stakes, money: str) -> str:
    going = [row for row in rows if not row.ended]
    if not going:
        return "No initiative is under way."
    number = f"{len(going)} initiative{' is' if len(going) == 1 else 's are'} under way"
    return " ".join(filter(None, (f"{number}.", _worth(together, money), _missing(going))))


def _worth(together: Stakes, money: str) -> str:
    """Of all that are under way: a theme or deal that several share counts once."""
    said = [f"{sums.roughly(together.lost, money)} of lost revenue goes with what they serve"] * (together.lost > 0)
    said += [f"{sums.roughly(together.open_value, money)} is open in deals that wait"] * (together.open_value > 0)
    return f"{_capital(', and '.join(said))}." if said else ""


def _missing(going: Sequence[InitiativeRow]) -> str:
    idle, silent = sum(row.next_step is None for row in going), sum(not row.yeses.needed for row in going)
    counted = ((idle, "no next step"), (silent, "nobody named who decides"))
    parts = [f"{count} {'has' if count == 1 else 'have'} {lack}" for count, lack in counted if count]
    return f"{_capital(', '.join(parts))}." if parts else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
