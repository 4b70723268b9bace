"""What a tactical gain is worth, as a sheet for an executive: the bottom line first."""

from collections.abc import Iterator

from winward.engine.value import DRAWS
from winward.faces.printed.sheet import Bar, Bars, Block, Grid, Section, Sheet, Words
from winward.usecases.sentences import rounded
from winward.usecases.work_out_value import Part, Worth, in_words

DRIVERS_SHOWN = 3
FOOT = (
    "Ranges hold nine times in ten if the inputs are right; inputs are drawn independently, {draws:,} times with seed "
    "{seed}. A driver’s share is the part of the spread that it explains by itself. Overlapping benefits count once."
)


def worth_sheet(worth: Worth) -> Sheet:
    sections = (
        Section("What drives it most", (Bars(tuple(_drivers(worth))),)),
        Section("It is worth it, all else as it is, if", tuple(Words(one) for one in worth.must_be_true)),
        Section("From the gain to the bottom line", (_table(worth, made=True),)),
        Section("What goes in", (_table(worth, made=False),)),
        Section("Where it comes from", tuple(_sources(worth))),
    )
    shown = tuple(section for section in sections if any(section.blocks))
    foot = FOOT.format(draws=DRAWS, seed=worth.seed)
    return Sheet(worth.name, worth.sentence, _facts(worth), shown, foot, "What it is worth")


def _facts(worth: Worth) -> str:
    inputs = [part for part in worth.parts if not part.formula]
    assumed = sum(part.assumed for part in inputs)
    return f"{len(inputs)} inputs, {assumed} of them assumed · {len(worth.parts) - len(inputs)} steps"


def _drivers(worth: Worth) -> Iterator[Bar]:
    called = {part.name: _called(part) for part in worth.parts}
    for one in worth.drivers[:DRIVERS_SHOWN]:
        label = f"{called[one.name]}: {rounded(one.at_low)} when low, {rounded(one.at_high)} when high"
        yield Bar(label, one.share, None, None, f"{one.share:.0%} of the spread", True)


def _table(worth: Worth, made: bool) -> Grid:
    """What formulas make, or what goes into them."""
    rows = [
        (_called(part), rounded(part.median), _between(part), in_words(part.unit))
        for part in worth.parts
        if bool(part.formula) == made
    ]
    return Grid(("", "median", "nine in ten between", "unit"), (0.38, 0.16, 0.22, 0.24), tuple(rows))


def _sources(worth: Worth) -> Iterator[Block]:
    for part in worth.parts:
        if not part.formula:
            yield Words(part.source, label=_called(part))


def _called(part: Part) -> str:
    return part.says or part.name.replace("_", " ")


def _between(part: Part) -> str:
    return "known" if part.low == part.high else f"{rounded(part.low)} to {rounded(part.high)}"
