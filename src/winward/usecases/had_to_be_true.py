"""What would have had to be true for a lost deal to be won: a person's words, else what the model can say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from winward.engine.stakes import Otherwise, Range
from winward.usecases.comparable_deals import Compared
from winward.usecases.lesson import LessonKept
from winward.usecases.sentences import quoted


@dataclass(frozen=True, slots=True)
class Condition:
    """What would have had to be true. computed: a sentence from the model. words: a person's own, which stand in its
    place where there are any. themes: the fewest without which the deal had the chance of the won deals like it; now,
    without, like: that chance, 0 to 1, with its 90% interval; null where nothing can be said."""

    words: str
    computed: str
    themes: tuple[str, ...]
    now: Range | None
    without: Range | None
    like: Range | None


def condition(compared: Compared, titles: Mapping[int, str], lesson: LessonKept | None) -> Condition:
    words, found = lesson.condition if lesson else "", compared.otherwise
    if found is None:
        why = (
            "too little was recorded of it, or too few deals have closed"
            if compared.alike
            else "no won deal is enough like it"
        )
        return Condition(words, f"Can’t tell: {why}.", (), None, None, None)
    named = tuple(titles[compared.themes[at]] for at in found.themes)
    computed = _without(named, found, compared) if named else _nothing_to_take_away(found, compared)
    return Condition(words, computed, named, found.now, found.without, found.like)


def _without(named: Sequence[str], found: Otherwise, compared: Compared) -> str:
    beside = "" if found.reached else "Even so it would have been less likely than they were. "
    return (
        f"{quoted(named)} would have had to be off the table. By the model its chance would then have been "
        f"{_span(found.without)}, not {_span(found.now)}; {_won(compared)} had {_span(found.like)}. {beside}"
        "This goes by what is associated with losing over all deals, which proves no cause."
    )


def _nothing_to_take_away(found: Otherwise, compared: Compared) -> str:
    if found.reached:
        return (
            f"By what was said it had the chance of {_won(compared)} ({_span(found.like)}). "
            "What decided it is not in the evidence."
        )
    return (
        "Can’t tell: nothing that came up in it is clearly associated with losing, yet by the model its chance, "
        f"{_span(found.now)}, was below that of {_won(compared)}, {_span(found.like)}."
    )


def _won(compared: Compared) -> str:
    count = len(compared.alike)
    return "the won deal most like it" if count == 1 else f"the {count} won deals most like it"


def _span(chance: Range) -> str:
    return f"{chance.point:.0%} ({chance.low:.0%} to {chance.high:.0%})"
