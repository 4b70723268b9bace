"""drivers of a single deal file: which columns go with winning, without a workspace."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from winward.engine.stakes import Bin, Driver, drivers
from winward.engine.stakes.coding import Cell
from winward.sources import tables
from winward.sources.money import parse_money
from winward.sources.tables.states import state_of, yes_or_no

_ANSWERS: dict[bool | None, str] = {True: "won", False: "lost"}


@dataclass(frozen=True, slots=True)
class FoundDrivers:
    """auc, calibration: cross-validated. left_out: column → why it is no factor. notes: sentences for people."""

    factors: list[Driver]
    auc: float
    calibration: list[Bin]
    left_out: dict[str, str]
    notes: list[str]


def find_drivers(path: Path, outcome: str, won: str = "", amount: str = "", seed: int = 0) -> FoundDrivers:
    """Raises Unreadable for a file that is no table, ValueError for a column or value that it hasn't."""
    table = tables.open_table(path)
    for wanted in filter(None, (outcome, amount)):
        if wanted not in table.columns:
            raise ValueError(f"{path.name} has no column {wanted!r}; it has {', '.join(table.columns)}.")
    rows = [row for _, row in table.rows()]
    state = _states(sorted({row[outcome] for row in rows}), won)
    closed = [(row, state[row[outcome]] == "won") for row in rows if state[row[outcome]] in ("won", "lost")]
    for ended, word in ((True, "won"), (False, "lost")):
        if ended not in {outcome_won for _, outcome_won in closed}:
            raise ValueError(f"No row of {path.name} is {word} by its column {outcome!r}; name the value with --won.")
    kept = [name for name in table.columns if name not in (outcome, amount)]
    columns: dict[str, list[Cell]] = {name: [_cell(row[name]) for row, _ in closed] for name in kept}
    found = drivers(columns, [ended for _, ended in closed], _amounts(closed, amount), seed)
    factors = list(found.rows)
    return FoundDrivers(factors, found.auc, list(found.calibration), found.left_out, _notes(factors, len(closed)))


def _states(labels: Sequence[str], won: str) -> dict[str, str]:
    """How a deal ended by each label: by the usual words or yes and no; where `won` names one label, others are lost.

    Where one of those says "lost", those that say that the deal is open are not taken as lost with it.
    """
    said = {label: state_of(label) or _ANSWERS.get(yes_or_no(label), "open") for label in labels}
    if not won:
        return said
    some_open = "lost" in said.values()
    return {label: _against(label, won, some_open and state_of(label) == "open") for label in labels}


def _against(label: str, won: str, still_open: bool) -> str:
    if label.strip().casefold() == won.strip().casefold():
        return "won"
    return "open" if still_open or not label.strip() else "lost"


def _cell(text: str) -> Cell:
    stripped = text.strip()
    try:
        return float(stripped)
    except ValueError:
        return stripped


def _amounts(closed: list[tuple[dict[str, str], bool]], amount: str) -> list[float | None] | None:
    return [_amount(row[amount]) for row, _ in closed] if amount else None


def _amount(text: str) -> float | None:
    try:
        return float(parse_money(text).amount)
    except ValueError:
        return None


def _notes(factors: list[Driver], deals: int) -> list[str]:
    named = [factor for factor in factors if factor.verdict in ("costs", "helps")]
    if named:
        return [f"{len(named)} of {len(factors)} levels go with winning or losing, over {deals:,} closed deals."]
    return [f"Nothing in these columns goes with winning or losing, as far as {deals:,} closed deals can tell."]
