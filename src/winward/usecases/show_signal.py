"""One signal, and who else says so: the walk from quote to quote."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winward.records.documents import Passage
from winward.records.signals import Signal
from winward.usecases import sentences
from winward.usecases.nearest import nearest
from winward.usecases.quotes import NotFound, Quote, quotes_in_order

Unit = NDArray[np.float32]
NEAREST, SHOWN = 60, 12
# At this cosine two quotes say the same thing in nearly the same words.
SAME = 0.93
# Nearer than this is related; further is chance.
RELATED = 0.35


@dataclass(frozen=True, slots=True)
class Related:
    """A related quote; `said` is how often it, or nearly it, was said, and by how many accounts. closeness: cosine."""

    quote: Quote
    closeness: float
    times: int
    accounts: int
    said: str


@dataclass(frozen=True, slots=True)
class SignalPage:
    """before, after: the text of the passage around the quote. related: without those walked through."""

    quote: Quote
    before: str
    after: str
    related: tuple[Related, ...]
    said: str
    trail: tuple[Quote, ...]


def show_signal(signal_id: int, trail: Sequence[int] = ()) -> SignalPage:
    """trail: the signals that were walked through to come here. Raises NotFound."""
    signal = Signal.objects.filter(pk=signal_id).only("vector", "start", "end", "passage_id").first()
    if signal is None:
        raise NotFound(f"There is no signal {signal_id}.")
    text = Passage.objects.values_list("text", flat=True).get(pk=signal.passage_id)
    near = _near(signal)
    by_id = {quote.signal: quote for quote in quotes_in_order({signal_id, *near, *trail})}
    folded = _fold(signal_id, near, by_id)
    return SignalPage(
        quote=by_id[signal_id],
        before=text[: signal.start],
        after=text[signal.end :],
        related=tuple(one for one in folded[1:] if one.quote.signal not in trail)[:SHOWN],
        said=folded[0].said if folded[0].times > 1 else "",
        trail=tuple(by_id[step] for step in trail if step in by_id),
    )


def _near(signal: Signal) -> dict[int, Unit]:
    """The nearest signals and their vectors, nearest first, this one at the head."""
    found = nearest(signal.vector).values_list("pk", "vector")[:NEAREST]
    return {signal.pk: _unit(signal.vector)} | {pk: _unit(vector) for pk, vector in found if pk != signal.pk}


def _unit(vector: Sequence[float]) -> Unit:
    array = np.asarray(vector, dtype=np.float32)
    return array / max(float(np.linalg.norm(array)), 1e-9)


def _fold(signal_id: int, near: dict[int, Unit], by_id: dict[int, Quote]) -> list[Related]:
    """The nearest quotes, each with those that say the same folded into it; the first group is the signal's own."""
    centre, left = near[signal_id], [number for number in near if number in by_id]
    folded = []
    while left:
        head, left = left[0], left[1:]
        same = [other for other in left if float(near[head] @ near[other]) >= SAME]
        left = [other for other in left if other not in same]
        closeness = float(centre @ near[head])
        if closeness >= RELATED:
            folded.append(_related(closeness, [by_id[number] for number in (head, *same)]))
    return folded


def _related(closeness: float, group: list[Quote]) -> Related:
    accounts = len({quote.account_id for quote in group if quote.account_id is not None})
    return Related(group[0], closeness, len(group), accounts, sentences.said_by(len(group), accounts))
