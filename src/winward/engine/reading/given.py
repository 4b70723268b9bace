"""Quotes that are known already: given by a person, or read before. What the heads make of each."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from winward.engine.reading.about import about
from winward.engine.reading.heads import Heads
from winward.engine.reading.plain import plain
from winward.engine.reading.reader import Reader, heed, polarity, to_store, without_own_names
from winward.engine.reading.strength import strength


class Given(NamedTuple):
    """Parallel, one entry a quote. chances: (quotes, kinds). leading: the kind's index, −1 where none is reached."""

    chances: NDArray[np.float32]
    leading: NDArray[np.int64]
    strengths: list[float]
    polarities: NDArray[np.float32]
    abouts: list[str]
    vectors: NDArray[np.float32]


def given(quotes: Sequence[str], sides: Sequence[str], reader: Reader) -> Given:
    """What reading would store of these quotes, each taken as it stands. quotes: at least one."""
    vectors = reader.embed(as_read(quotes, reader))
    chances = chances_of(quotes, sides, vectors, reader.heads, reader)
    return Given(
        chances=chances,
        leading=leading(chances, reader.heads),
        strengths=[strength(quote) for quote in quotes],
        polarities=polarity(chances),
        abouts=[about(quote) for quote in quotes],
        vectors=to_store(vectors, [plain(quote) for quote in quotes], reader),
    )


def as_read(quotes: Sequence[str], reader: Reader) -> list[str]:
    """What the models read of each quote."""
    return without_own_names([plain(quote) for quote in quotes], reader.own_names)


def chances_of(
    quotes: Sequence[str], sides: Sequence[str], vectors: NDArray[np.float32], heads: Heads, reader: Reader
) -> NDArray[np.float32]:
    """(quotes, kinds) by these heads, with the reader's names. vectors: (quotes, columns), as it embeds them."""
    chances = heads.probabilities(as_read(quotes, reader), vectors)
    heed(chances, quotes, np.array([side == "us" for side in sides], bool), reader.rivals)
    return chances


def leading(chances: NDArray[np.float32], heads: Heads) -> NDArray[np.int64]:
    """(quotes,): the likeliest of the kinds that it has (`Heads.called`), −1 for none."""
    has = heads.called(chances)
    best: NDArray[np.int64] = np.where(has, chances, -1).argmax(axis=1)
    return np.where(has.any(axis=1), best, -1)
