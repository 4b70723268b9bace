"""Starting an initiative from themes, and deciding what it is."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from winward.records.initiatives import Initiative
from winward.records.themes import Theme
from winward.usecases import decide, sentences
from winward.usecases.decide import Decision
from winward.usecases.initiatives import effort, sums
from winward.usecases.initiatives.initiative_rows import existing, lasting
from winward.usecases.quotes import NotFound

STATES = tuple(str(state) for state in Initiative.State)
WORDS = ("name", "hypothesis", "owner", "goal", "metric", "need")
SHORT_NAME, LONGEST_NAME, LONGEST = 60, 160, 4_000


def start_initiative(themes: Sequence[int], by: str, name: str = "") -> tuple[int, Decision]:
    """An initiative that serves these themes, named after them where no name is given; owned by whoever owns all of
    them. Returns its id, too. Raises NotFound for a theme that isn't there, ValueError where none is named."""
    rows = _themes(themes)
    owners = {row.owner for row in rows}
    values = {
        "name": _named(name) if name.strip() else _named_after([row.title for row in rows]),
        "themes": [row.pk for row in rows],
        "owner": owners.pop() if len(owners) == 1 else "",
    }
    return decide.add("initiative", values, by, f"“{values['name']}” is an initiative now.")


def change_initiative(initiative_id: int, by: str, **fields: str) -> Decision | None:
    """fields: some of `WORDS`, and needed_by (as in 2026-12-01; empty where deals and renewals say it). Only what
    differs is written, so that undoing it takes nothing else back. Raises NotFound and ValueError."""
    now = existing(initiative_id)
    given = {name: _word(name, text) for name, text in fields.items()}
    changed = {name: value for name, value in given.items() if value != _kept(now, name)}
    if not changed:
        return None
    return decide.change("initiative", initiative_id, changed, by, _said(changed))


def put_state(initiative_id: int, state: str, by: str) -> Decision | None:
    """Raises NotFound, and ValueError for a state that is none."""
    now = existing(initiative_id)
    if state not in STATES:
        raise ValueError(f"An initiative is {', '.join(STATES[:-1])} or {STATES[-1]}.")
    return decide.change("initiative", initiative_id, {"state": state}, by, f"“{now.name}” is {spoken(state)} now.")


def put_effort(initiative_id: int, lines: Sequence[tuple[str, str, str]], by: str) -> Decision | None:
    """lines: skill, low and high in person-weeks. Raises NotFound, and ValueError for what is no range."""
    kept = effort.checked(lines)
    existing(initiative_id)
    total = effort.total_effort(kept)
    said = f"Effort: {effort.weeks(total.low, total.high)}." if total else "No effort is estimated now."
    return decide.change("initiative", initiative_id, {"effort": kept}, by, said)


def serve(initiative_id: int, theme: int, by: str) -> Decision | None:
    """It serves this theme, too. Raises NotFound."""
    row = _themes([theme])[0]
    themes = lasting([*existing(initiative_id).themes, row.pk])
    return decide.change("initiative", initiative_id, {"themes": themes}, by, f"It serves “{row.title}”, too.")


def serve_no_more(initiative_id: int, theme: int, by: str) -> Decision | None:
    """Raises NotFound, and ValueError where it would serve none."""
    kept = [one for one in lasting(existing(initiative_id).themes) if one not in lasting([theme])]
    if not kept:
        raise ValueError("An initiative serves at least one theme: name another one first.")
    return decide.change("initiative", initiative_id, {"themes": kept}, by, "It no longer serves that theme.")


def remove_initiative(initiative_id: int, by: str) -> Decision | None:
    """Raises NotFound."""
    now = existing(initiative_id)
    return decide.change("initiative", initiative_id, {"removed": True}, by, f"“{now.name}” is taken away.")


def spoken(state: str) -> str:
    """As in "it is an idea"."""
    return {"idea": "an idea", "aligning": "being aligned", "building": "being built"}.get(state, state)


def _themes(themes: Sequence[int]) -> list[Theme]:
    """In the order in which they were named."""
    if not themes:
        raise ValueError("Name at least one theme: an initiative serves what customers said.")
    wanted = lasting(themes)
    rows = {row.pk: row for row in Theme.objects.filter(pk__in=wanted).only("name", "given_name", "owner")}
    for theme in wanted:
        if theme not in rows:
            raise NotFound(f"There is no theme {theme}.")
    return [rows[theme] for theme in wanted]


def _named_after(titles: Sequence[str]) -> str:
    """All of them where that stays a name, else the first and how many more."""
    name = sentences.listed(titles)
    return name if len(name) <= SHORT_NAME or len(titles) == 1 else f"{titles[0]} and {len(titles) - 1} more"


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise ValueError("An initiative needs a name.")
    if len(name) > LONGEST_NAME:
        raise ValueError(f"A name has at most {LONGEST_NAME} characters.")
    return name


def _word(name: str, text: str) -> Any:
    text = text.strip()
    if name == "name":
        return _named(text)
    if name == "needed_by":
        return _day(text)
    if name not in WORDS:
        raise ValueError(f"An initiative has no {name.replace('_', ' ')}.")
    if len(text) > LONGEST:
        raise ValueError(f"That is longer than {LONGEST:,} characters.")
    return text


def _day(text: str) -> str | None:
    try:
        return date.fromisoformat(text).isoformat() if text else None
    except ValueError:
        raise ValueError(f"“{text}” is no day; write it as in 2027-03-12.") from None


def _kept(now: Initiative, name: str) -> Any:
    value = getattr(now, name)
    return value.isoformat() if isinstance(value, date) else value


def _said(changed: dict[str, Any]) -> str:
    if len(changed) > 1:
        return f"Changed: {sentences.listed([name.replace('_', ' ') for name in changed])}."
    (name, value), = changed.items()  # fmt: skip
    if name == "needed_by":
        return (
            f"Needed by {sums.on(date.fromisoformat(value))}." if value else "Deals and renewals say when it is needed."
        )
    if name == "owner":
        return f"{value} owns it now." if value else "Nobody owns it now."
    return f"The {name} is changed." if value else f"The {name} is empty now."
