"""What a tactical gain is worth, as a sheet for an executive: the bottom line first."""

from collections.abc import Iterator, Sequence
from datetime import date

from winward.engine.value import DRAWS
from winward.faces.printed.sheet import Bar, Bars, Block, Grid, Said, Section, Sheet, Words
from winward.usecases.sentences import capital, rounded
from winward.usecases.value.work_out_value import Part, Worth, amount, in_words

DRIVERS_SHOWN, QUOTES_SHOWN = 3, 4
FOOT = (
    "Ranges hold nine times in ten if the inputs are right; inputs are drawn independently, {draws:,} times with seed "
    "{seed}. A driver’s share is the part of the spread that it explains by itself. Overlapping benefits count once."
)


def worth_sheet(worth: Worth, today: date, said: Sequence[Said] = ()) -> Sheet:
    """said: the quotes that the inputs rest on."""
    sections = (
        Section("What drives it most", (Bars(tuple(_drivers(worth))),)),
        Section("It is worth it, all else as it is, if", tuple(Words(capital(one)) for one in worth.must_be_true)),
        Section("In customers’ words", tuple(said[:QUOTES_SHOWN])),
        Section("From the gain to the bottom line", (_table(worth, made=True), *map(Words, worth.overlaps))),
        Section("What goes in", (_table(worth, made=False),)),
        Section("Where it comes from", tuple(_sources(worth, today))),
    )
    shown = tuple(section for section in sections if any(map(_is_something, section.blocks)))
    foot = FOOT.format(draws=DRAWS, seed=worth.seed)
    return Sheet(worth.name, worth.sentence, _facts(worth, today), shown, foot, "What it is worth")


def _is_something(block: Block) -> bool:
    return bool(block.rows) if isinstance(block, Bars | Grid) else True


def _facts(worth: Worth, today: date) -> str:
    inputs = [part for part in worth.parts if not part.formula]
    assumed, late = sum(part.assumed for part in inputs), len(worth.overdue(today))
    said = f"{len(inputs)} inputs, {assumed} of them assumed"
    if late:
        said += f", {late} of these not looked at again on {'its' if late == 1 else 'their'} day"
    return f"{said} · {len(worth.parts) - len(inputs)} steps"


def _drivers(worth: Worth) -> Iterator[Bar]:
    """Each from the result where it is low to where it is high, all on one axis."""
    shown = worth.drivers[:DRIVERS_SHOWN]
    ends = [end for one in shown for end in (one.at_low, one.at_high)]
    least, most = min(ends, default=0.0), max(ends, default=0.0)

    def place(value: float) -> float:
        return (min(max(value, least), most) - least) / (most - least or 1.0)

    for one in shown:
        low, high = sorted((one.at_low, one.at_high))
        text = f"{rounded(one.at_low)} when low, {rounded(one.at_high)} when high; {one.share:.0%} of the spread"
        yield Bar(_called(worth.part(one.name)), place(worth.result.median), place(low), place(high), text, False)


def _table(worth: Worth, made: bool) -> Grid:
    """What formulas make, or what goes into them."""
    rows = [
        (_called(part), amount(part.median, part), _between(part), in_words(part.unit))
        for part in worth.parts
        if bool(part.formula) == made
    ]
    return Grid(("", "median", "nine in ten between", "unit"), (0.33, 0.2, 0.25, 0.22), tuple(rows))


def _sources(worth: Worth, today: date) -> Iterator[Block]:
    late = worth.overdue(today)
    for part in worth.parts:
        if not part.formula:
            yield Words(part.source + (" — overdue" if part in late else ""), label=f"{_called(part)}:")


def _called(part: Part) -> str:
    return capital(part.called)


def _between(part: Part) -> str:
    return "known" if part.low == part.high else f"{amount(part.low, part)} to {amount(part.high, part)}"
