"""What a chain's sources are in the workspace: signals as quotes, themes with their stakes, documents."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.db.models import Q

from winward.engine.value import Chain, Quantity
from winward.engine.value.units import Unit, UnitError, Units
from winward.records import chain_rows
from winward.records.documents import Document
from winward.records.signals import Signal
from winward.records.themes import Theme
from winward.sources.chains import ChainFile, Source
from winward.sources.yaml_files import FileProblem, FileProblems
from winward.usecases.quotes import NotFound, Quote, quotes_in_order
from winward.usecases.sentences import listed, said_by
from winward.usecases.shape_themes import theme_called
from winward.usecases.theme_rows import ThemeRow, theme_row
from winward.usecases.value.stake_measures import Measured, Unmeasured, measured


@dataclass(frozen=True, slots=True)
class Linked:
    """What an input rests on. quotes: of its signals, in their order. theme: with its stake as it is now. taken: what
    of the stake its range is. document: (id, title) of one that is here."""

    quotes: tuple[Quote, ...] = ()
    theme: ThemeRow | None = None
    taken: str = ""
    document: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class Links:
    """chain: with every range that a stake fills. linked: by input. lost: what the file names and is not here."""

    chain: Chain
    linked: dict[str, Linked]
    lost: tuple[FileProblem, ...]


def in_words(source: Source, linked: Linked) -> str:
    """Where an input comes from, as the workspace knows it."""
    if linked.theme is not None:
        return f"“{linked.theme.title}”: {linked.taken or linked.theme.sentence}"
    if linked.quotes:
        accounts = list(dict.fromkeys(quote.account for quote in linked.quotes if quote.account))
        return said_by(len(linked.quotes), len(accounts)) + (f": {listed(accounts)}" if accounts else "")
    return linked.document[1] if linked.document else source.words


@dataclass(slots=True)
class _Looking:
    """lost: what was not found. wrong: without which the chain can't be worked out."""

    file: ChainFile
    signals: Mapping[int | str, int]
    themes: dict[int | str, ThemeRow] = field(default_factory=dict)
    lost: list[FileProblem] = field(default_factory=list)
    wrong: list[FileProblem] = field(default_factory=list)


def link(file: ChainFile) -> Links:
    """Raises FileProblems where a range can't be taken from a stake."""
    looking = _Looking(file, _signals(file))
    linked, filled = {}, []
    for one in file.chain.quantities:
        source = file.sources.get(one.name)
        if source is not None:
            linked[one.name] = _linked(looking, one.name, source)
            one, linked[one.name] = _filled(looking, one, source, linked[one.name])
        filled.append(one)
    if looking.wrong:
        raise FileProblems(file.written.name, looking.wrong)
    return Links(replace(file.chain, quantities=tuple(filled)), linked, tuple(looking.lost))


def _signals(file: ChainFile) -> dict[int | str, int]:
    """The id of each signal that is there, by what the file calls it."""
    named = {one for source in file.sources.values() for one in source.signals}
    ids = Signal.objects.filter(pk__in=[one for one in named if isinstance(one, int)]).values_list("pk", flat=True)
    words = [one for one in named if isinstance(one, str)]
    return {**{one: one for one in ids}, **(dict(chain_rows.signals_with(words)) if words else {})}


def _linked(looking: _Looking, name: str, source: Source) -> Linked:
    if source.signals:
        return Linked(quotes=_quotes(looking, name, source))
    if source.stake:
        return Linked(theme=_theme(looking, name, source))
    return Linked(document=_document(source.document)) if source.document else Linked()


def _quotes(looking: _Looking, name: str, source: Source) -> tuple[Quote, ...]:
    for at, one in enumerate(source.signals):
        if one not in looking.signals:
            called = f"signal {one}" if isinstance(one, int) else f"signal that says “{one}”"
            _lose(looking, ("quantities", name, "source", "signals", at), f"there is no {called} in this workspace")
    found = [looking.signals[one] for one in source.signals if one in looking.signals]
    return tuple(quotes_in_order(dict.fromkeys(found)))


def _theme(looking: _Looking, name: str, source: Source) -> ThemeRow | None:
    if source.stake in looking.themes:
        return looking.themes[source.stake]
    try:
        found = looking.themes[source.stake] = theme_row(_lasting(theme_called(str(source.stake))))
        return found
    except (NotFound, ValueError) as error:
        _lose(looking, ("quantities", name, "source", "stake"), str(error))
        return None


def _lose(looking: _Looking, path: tuple[str | int, ...], message: str) -> None:
    looking.lost.append(looking.file.written.problem(path, message))


def _lasting(number: int) -> Theme:
    """The theme, or the one that people merged it into. Raises NotFound."""
    theme = Theme.objects.select_related("stake").defer("centre").filter(pk=number).first()
    if theme is None:
        raise NotFound(f"There is no theme {number}.")
    return _lasting(theme.merged_into_id) if theme.merged_into_id else theme


def _document(called: str) -> tuple[int, str] | None:
    """The one with this id or title; what is kept elsewhere has none."""
    number = int(called) if called.isascii() and called.isdigit() and len(called) < 19 else None
    found = Document.objects.filter(Q(pk=number) | Q(external_id=called) | Q(title=called)).order_by("pk")
    return found.values_list("pk", "title").first()


def _filled(looking: _Looking, one: Quantity, source: Source, linked: Linked) -> tuple[Quantity, Linked]:
    """The quantity with the range that the stake gives it, where it is to."""
    if not source.measure:
        return one, linked
    if linked.theme is None:
        looking.wrong.append(looking.file.problem(one.name, "source", f"“{source.stake}” is no theme to take it from"))
        return one, linked
    try:
        found, factor = _in_unit(measured(linked.theme.id, source.measure), one, looking.file)
    except (Unmeasured, UnitError) as error:
        looking.wrong.append(looking.file.written.problem(("quantities", one.name, "source", "from"), str(error)))
        return one, linked
    filled = replace(one, low=found.low * factor, high=found.high * factor)
    return filled, replace(linked, taken=found.said)


def _in_unit(choices: tuple[Measured, ...], one: Quantity, file: ChainFile) -> tuple[Measured, float]:
    """The measure, and what makes of its unit the quantity's. Raises UnitError, and Unmeasured for what can't be."""
    units = Units(file.chain.units)
    wanted = units.of(one.unit)
    for found in choices:
        given = units.of(found.unit)
        if given.dimension == wanted.dimension:
            _must_fit(found, one, wanted)
            return found, given.factor / wanted.factor
    offered = " or ".join(found.unit for found in choices)
    raise Unmeasured(f"“{one.name}” is in {one.unit or 'plain numbers'}, what the stake gives is in {offered}")


def _must_fit(found: Measured, one: Quantity, unit: Unit) -> None:
    if found.low < found.high and found.low <= 0 and (one.support or unit.support) != "any":
        raise Unmeasured(
            f"the stake’s interval reaches 0 or below, which {one.unit or 'a plain number'} can’t; "
            "give it the unit pp, or support: any"
        )
