"""Names for areas: the words that set a group of themes apart from the others."""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from winward.engine.themes.contrast import contrast, most_said, said_again
from winward.engine.themes.phrases import OPEN_WORDS
from winward.engine.themes.words import NEGATIONS, STOPWORDS

# A word that this share of an area's themes say names it alone.
_WHOLE = 0.8
# Words that fewer of a theme's quotes hold are not what it is about.
_HELD = 0.1
_TRIED = 6


def name_areas(theme: NDArray[np.int32], areas: NDArray[np.int32], quotes: Sequence[str]) -> list[str]:
    """One word for each area, or two joined by "and": of those that set its quotes apart, the heaviest, and the one
    that is heaviest in the themes which hardly say the first. No two areas have the same name.

    theme: (n,) from 0, −1 unsorted. areas: (themes,) from 0. quotes: n texts.
    """
    said = [
        said_again([quotes[row] for row in np.flatnonzero(theme == at).tolist()], STOPWORDS) for at in range(len(areas))
    ]
    sizes = [int((theme == at).sum()) for at in range(len(areas))]
    held = [{word: count / size for word, count in one.items()} for one, size in zip(said, sizes, strict=True)]
    members = [np.flatnonzero(areas == area).tolist() for area in range(int(areas.max(initial=-1)) + 1)]
    together = [sum((said[at] for at in ats), Counter[str]()) for ats in members]
    weights = contrast(together, [sum(sizes[at] for at in ats) for ats in members])
    forms = most_said(quotes, STOPWORDS)
    taken: set[str] = set()
    names: list[str] = []
    for ats, weight in zip(members, weights, strict=True):
        found = _names([held[at] for at in ats], weight)
        written = (" and ".join(forms.get(word, word) for word in name) or "Other" for name in found)
        names.append(next((name for name in written if name not in taken), f"area {len(names) + 1}"))
        taken.add(names[-1])
    return [name[:1].upper() + name[1:] for name in names]


def _names(themes: Sequence[dict[str, float]], weight: dict[str, float]) -> Iterator[tuple[str, ...]]:
    """The words of each possible name, the best first."""
    best = sorted(weight.keys() - NEGATIONS - OPEN_WORDS, key=lambda word: (-weight[word], word))
    for first in best[:_TRIED]:
        left = [theme for theme in themes if theme.get(first, 0.0) < _HELD]
        if len(left) <= (1 - _WHOLE) * len(themes):
            yield (first,)
        gain = {word: sum(theme.get(word, 0.0) for theme in left or themes) * weight[word] for word in best[:200]}
        second = max((word for word in best[:200] if word != first), key=gain.__getitem__, default="")
        yield (first, second) if second else (first,)
