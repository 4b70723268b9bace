"""Value chains that are kept in the workspace: brought in, shown with their evidence, changed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from winward.records.initiatives import Initiative
from winward.records.value_chains import ValueChain
from winward.sources.chain_edits import with_quantity
from winward.sources.chains import ChainFile, Source, read_chain
from winward.sources.yaml_files import FileProblem, FileProblems
from winward.usecases import decide
from winward.usecases.decide import Decision
from winward.usecases.initiatives.initiative_rows import existing
from winward.usecases.initiatives.show_initiative import best_quotes
from winward.usecases.quotes import NotFound, Quote
from winward.usecases.value.chain_links import Linked, in_words, link
from winward.usecases.value.work_out_value import Part, Worth, worth_of_chain

OF_THEMES = 3


@dataclass(frozen=True, slots=True)
class LinkedWorth:
    """What a chain comes to, with its evidence. linked: by input. quotes: of its signals, and the best of the themes
    whose stakes it takes. sources: as the file has them. lost: what the file names and is not here any more. overdue:
    assumptions whose day to look again has passed."""

    worth: Worth
    linked: dict[str, Linked]
    quotes: tuple[Quote, ...]
    sources: dict[str, Source]
    lost: tuple[FileProblem, ...]
    overdue: tuple[Part, ...]

    @property
    def inputs(self) -> list[Part]:
        return [part for part in self.worth.parts if not part.formula]

    @property
    def assumed(self) -> list[Part]:
        return [part for part in self.worth.parts if part.assumed]


@dataclass(frozen=True, slots=True)
class Kept:
    """A chain of the workspace. linked: None where it can't be worked out, and then problems say why."""

    id: int
    name: str
    text: str
    initiative_id: int | None
    initiative: str
    linked: LinkedWorth | None
    problems: tuple[FileProblem, ...]


def linked_worth(text: str, name: str, today: date) -> LinkedWorth:
    """name: the file's, for errors. Raises FileProblems."""
    return _worked_out(read_chain(text, name), today)


def _worked_out(file: ChainFile, today: date) -> LinkedWorth:
    found = link(file)
    worth = worth_of_chain(file, found.chain)
    known = {one: in_words(source, found.linked[one]) for one, source in file.sources.items()}
    worth = replace(worth, parts=tuple(replace(one, source=known.get(one.name, "")) for one in worth.parts))
    overdue = tuple(worth.overdue(today))
    return LinkedWorth(worth, found.linked, _quotes(found.linked), file.sources, found.lost, overdue)


def _quotes(linked: Mapping[str, Linked]) -> tuple[Quote, ...]:
    themes = list(dict.fromkeys(one.theme.id for one in linked.values() if one.theme))
    told = [quote for one in linked.values() for quote in one.quotes]
    told += best_quotes(themes, OF_THEMES) if themes else ()
    return tuple({quote.signal: quote for quote in told}.values())


def show_chain(chain_id: int, today: date) -> Kept:
    """Raises NotFound."""
    return _kept(existing_chain(chain_id), today)


def _kept(row: ValueChain, today: date) -> Kept:
    linked, problems = None, tuple[FileProblem, ...]()
    try:
        linked = linked_worth(row.text, row.name, today)
    except FileProblems as error:
        problems = error.problems
    initiative = row.initiative.name if row.initiative else ""
    return Kept(row.pk, row.name, row.text, row.initiative_id, initiative, linked, problems)


def chains_of(initiative_id: int) -> dict[int, str]:
    """The chains of an initiative by id, the newest first, with what each is called; none is worked out."""
    rows = ValueChain.objects.filter(initiative_id=initiative_id, removed=False)
    return dict(rows.order_by("-pk").values_list("pk", "name"))


def list_chains(today: date) -> list[Kept]:
    """All of them, the newest first; an initiative that was taken away takes its own along."""
    rows = ValueChain.objects.filter(removed=False).exclude(initiative__removed=True)
    return [_kept(row, today) for row in rows.select_related("initiative").order_by("-pk")]


def existing_chain(chain_id: int) -> ValueChain:
    """Raises NotFound."""
    row = ValueChain.objects.select_related("initiative").filter(pk=chain_id, removed=False).first()
    if row is None:
        raise NotFound(f"There is no value chain {chain_id}.")
    return row


def keep(text: str, name: str, by: str, initiative_id: int | None = None) -> tuple[int, Decision | None]:
    """Keep a chain's text. Where one of the same name is kept for the same initiative, it takes its place: the decision
    is None where nothing changes. name: the file's, for errors. Raises FileProblems, and NotFound."""
    called = _checked(text, name)
    initiative = existing(initiative_id) if initiative_id is not None else None
    same = ValueChain.objects.filter(initiative=initiative, name=called, removed=False).first()
    if same is not None:
        return same.pk, rewrite(same.pk, text, by)
    return decide.add(
        "value_chain", {"initiative_id": initiative_id, "name": called, "text": text}, by, _came(called, initiative)
    )


def _came(called: str, initiative: Initiative | None) -> str:
    return f"“{called}” is kept" + (f" for “{initiative.name}”." if initiative else ".")


def rewrite(chain_id: int, text: str, by: str) -> Decision | None:
    """Put another text in a chain's place. None where nothing changes. Raises FileProblems, and NotFound."""
    row = existing_chain(chain_id)
    text = text.replace("\r\n", "\n")
    called = _checked(text, row.name)
    return decide.change("value_chain", chain_id, {"name": called, "text": text}, by, f"“{called}” is changed.")


def change_quantity(chain_id: int, quantity: str, fields: Mapping[str, Any], by: str) -> Decision | None:
    """Set fields of one quantity, as the file has them; None takes one away. Raises FileProblems, and NotFound."""
    row = existing_chain(chain_id)
    try:
        text = with_quantity(row.text, quantity, fields)
    except KeyError as error:
        raise NotFound(f"“{row.name}” has no quantity “{quantity}”.") from error
    called = _checked(text, row.name)
    said = f"“{quantity.replace('_', ' ')}” is changed."
    return decide.change("value_chain", chain_id, {"name": called, "text": text}, by, said)


def remove(chain_id: int, by: str) -> Decision | None:
    """Raises NotFound."""
    row = existing_chain(chain_id)
    return decide.change("value_chain", chain_id, {"removed": True}, by, f"“{row.name}” is taken away.")


def _checked(text: str, name: str) -> str:
    """The chain's own name. Raises FileProblems for all that is wrong, and for what isn't there."""
    found = linked_worth(text, name, date.max)
    if found.lost:
        raise FileProblems(name, found.lost)
    return found.worth.name
