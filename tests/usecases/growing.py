"""A workspace of planted signals that grows, for what must outlast rebuilds."""

from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from tests.engine.themes.planted import planted
from winward.records import signal_rows, theme_rows
from winward.records.documents import Document, Passage
from winward.records.imports import Source
from winward.records.signals import VECTOR_SIZE, Signal
from winward.usecases.group_themes import Grouped, group_themes

NOW = datetime(2026, 11, 20, tzinfo=UTC)
A_DOCUMENT = 20


class Growing:
    """truth: the planted theme of each signal by its id, −1 for noise."""

    def __init__(self, themes: int = 12, members: int = 40, noise: int = 40, spread: float = 0.7) -> None:
        self.planted = planted(themes, members, noise, spread, dimensions=VECTOR_SIZE, seed=11)
        self.there = 0
        self.truth: dict[int, int] = {}
        # An index can't be built any more once a transaction holds new signals, as a test's does.
        theme_rows.index_vectors()
        self.source = Source.objects.create(name="planted")

    def grow(self, to: int) -> None:
        """Let there be the first `to` signals."""
        for start in range(self.there, to, A_DOCUMENT):
            self._say(np.arange(start, min(start + A_DOCUMENT, to)))
        self.there = to

    def group(self) -> Grouped:
        return group_themes(NOW, 7)

    def theme_of(self, planted_theme: int) -> int:
        """The theme that most of a planted theme's signals are in."""
        members = [pk for pk, truth in self.truth.items() if truth == planted_theme]
        themes = list(Signal.objects.filter(pk__in=members).exclude(theme=None).values_list("theme_id", flat=True))
        return max(set(themes), key=themes.count)

    def _say(self, rows: NDArray[np.int64]) -> None:
        quotes = [f"{self.planted.quotes[row]}." for row in rows]
        document = Document.objects.create(
            source=self.source, external_id=str(rows[0]), content_hash=str(rows[0]), title=str(rows[0]), happened_at=NOW
        )
        passage = Passage.objects.create(document=document, ordinal=0, start=0, text=" ".join(quotes), side="customer")
        signals = list[signal_rows.SignalRow]()
        for row, quote in zip(rows, quotes, strict=True):
            start = passage.text.index(quote)
            vector = signal_rows.as_halfvec(self.planted.vectors[row])
            signals.append(
                signal_rows.SignalRow(
                    passage.pk, document.pk, start, start + len(quote), quote, "pain", [0.0] * 11, 0.5, 0.0, "",
                    "customer", vector,
                )
            )  # fmt: skip
        ids = signal_rows.add(signals)
        self.truth |= {pk: int(self.planted.truth[row]) for pk, row in zip(ids, rows, strict=True)}


def sorting() -> dict[int, int | None]:
    return dict(Signal.objects.values_list("pk", "theme_id"))
