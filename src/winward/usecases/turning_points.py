"""Where a deal turned: what customers said leaned another way from then on, or objections grew or fell away."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

import numpy as np

from winward.engine.stakes import Turn, turns
from winward.records.post_mortem_rows import SaidInDeal
from winward.usecases.heard import Heard
from winward.usecases.quotes import Quote

# Two sequences are looked at, so that each may call out by chance in half of the 5% that are allowed for a deal.
CHANCE_EACH = 0.025
# Smaller changes are not worth a line, however sure they are.
WORTH_TELLING = 0.15
MOST, AFTER_IT = 3, 6
RESISTING = ("objection", "risk")
LEANINGS = ((-0.5, "clearly against"), (-0.2, "somewhat against"), (0.2, "even"), (0.5, "somewhat in favour"))


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """of: "mood" (polarity, −1 to 1) or "resistance" (the strength of objections and risks, 0 to 1), with its mean on
    both sides. turns: how many turns of speech it rests on. chance: of turning as sharply in random order."""

    at: datetime | None
    of: str
    worse: bool
    before: float
    after: float
    turns: int
    chance: float
    sentence: str
    quote: Quote | None


Spoken = tuple[SaidInDeal, ...]
Measure = Callable[[Spoken], float]


def turning_points(heard: Heard, seed: int) -> tuple[TurningPoint, ...]:
    """In order of time; the surest where there are many. Only what was said before the outcome and has a date."""
    dated = [one for one in heard.before if one.happened_at is not None]
    spoken = [tuple(said) for _, said in groupby(dated, key=lambda one: one.turn)]
    found = [
        (turn, of)
        for of, measure in MEASURES.items()
        for turn in turns(np.array([measure(one) for one in spoken]), seed, WORTH_TELLING, CHANCE_EACH)
    ]
    surest = sorted(found, key=lambda one: one[0].chance)[:MOST]
    return tuple(_point(heard, spoken, of, turn) for turn, of in sorted(surest, key=lambda one: one[0].at))


def _mood(said: Spoken) -> float:
    """The mean over the clauses of one breath, which are alike for that reason alone."""
    return float(np.mean([one.polarity for one in said]))


def _resistance(said: Spoken) -> float:
    return max((one.strength for one in said if one.kind in RESISTING), default=0.0)


MEASURES: dict[str, Measure] = {"mood": _mood, "resistance": _resistance}


def _point(heard: Heard, spoken: Sequence[Spoken], of: str, turn: Turn) -> TurningPoint:
    worse = (turn.after < turn.before) == (of == "mood")
    return TurningPoint(
        at=spoken[turn.at][0].happened_at,
        of=of,
        worse=worse,
        before=turn.before,
        after=turn.after,
        turns=len(spoken),
        chance=turn.chance,
        sentence=_sentence(of, turn, len(spoken)),
        quote=_shows(heard, spoken[turn.at : turn.at + AFTER_IT], of, worse),
    )


def _shows(heard: Heard, soon_after: Sequence[Spoken], of: str, worse: bool) -> Quote | None:
    """What was said soon after the turn that shows it most."""
    said = [one for turn in soon_after for one in turn]
    if of == "resistance" and worse:
        return heard.strongest(one for one in said if one.kind in RESISTING)
    most = max(said, key=lambda one: -one.polarity if worse else one.polarity)
    return heard.quotes.get(most.signal)


def _sentence(of: str, turn: Turn, spoken: int) -> str:
    chance = f"The same {spoken} remarks in random order turn as sharply in {max(turn.chance, 0.001):.1%} of cases."
    if of == "mood":
        change = f"What they said went from {_leaning(turn.before)} to {_leaning(turn.after)}"
        means = f"{turn.before:+.1f} to {turn.after:+.1f}".replace("-", "−")
        return f"{change} ({means}, on a scale from −1 to +1). {chance}"
    grew = "Objections and risks grew" if turn.after > turn.before else "Objections and risks fell away"
    return f"{grew} ({turn.before:.1f} to {turn.after:.1f} a remark, on a scale from 0 to 1). {chance}"


def _leaning(polarity: float) -> str:
    return next((words for bound, words in LEANINGS if polarity < bound), "clearly in favour")
