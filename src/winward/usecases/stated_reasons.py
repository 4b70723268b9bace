"""What the reasons that the CRM states say, and whether each lost deal's evidence says the same."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winward.engine.reading import Reader
from winward.engine.stakes.stated import (
    DESCRIBED,
    Need,
    Stated,
    Verdict,
    has_words_of_its_own,
    judged,
    kinds_of,
    kinds_of_theme,
    says_nothing,
    themes_named,
)
from winward.engine.unit_length import normalised
from winward.records import stated_rows
from winward.records.signals import VECTOR_SIZE
from winward.records.stated_rows import Lost, Share
from winward.records.themes import Theme
from winward.usecases.rival_names import known_rivals
from winward.usecases.theme_rows import COSTS

# Reasons in people's own words, the commonest of them: so many are compared with the themes in about a second.
MOST_READ = 300


@dataclass(frozen=True, slots=True)
class Judged:
    """A lost deal. shares: of the themes that were found in it, the largest first."""

    lost: Lost
    verdict: Verdict
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class _Themes:
    """centres: (themes, d), of unit length."""

    numbers: list[int]
    centres: NDArray[np.float32]


def judge_stated(reader: Reader) -> list[Judged]:
    """Every lost deal. reader: gives reasons in people's own words the vectors that themes have."""
    lost, shares = stated_rows.lost(), _by_deal(stated_rows.shares(COSTS))
    themes = _themes()
    stated = _read(Counter(one.reason.strip() for one in lost), themes, reader)
    needs = _needs({one.theme for own in shares.values() for one in own}, themes, reader)
    return [_judged(one, stated[one.reason.strip()], shares.get(one.deal, []), needs) for one in lost]


def _judged(lost: Lost, stated: Stated, shares: Sequence[Share], needs: Mapping[int, Need]) -> Judged:
    known = tuple(share for share in shares if share.theme in needs)
    return Judged(lost, judged(stated, [needs[share.theme] for share in known]), known)


def _by_deal(shares: Sequence[Share]) -> Mapping[int, list[Share]]:
    found: dict[int, list[Share]] = defaultdict(list)
    for one in shares:
        found[one.deal].append(one)
    return found


def _themes() -> _Themes:
    rows = list(Theme.objects.filter(retired=False).order_by("pk").values_list("pk", "centre"))
    centres = np.array([centre for _, centre in rows], dtype=np.float32).reshape(-1, VECTOR_SIZE)
    return _Themes([pk for pk, _ in rows], normalised(centres))


def _read(texts: Counter[str], themes: _Themes, reader: Reader) -> dict[str, Stated]:
    """What each of these reasons says. texts: with how many deals state it."""
    own_words = [text for text, _ in texts.most_common() if has_words_of_its_own(text)][:MOST_READ]
    named = dict(zip(own_words, themes_named(_vectors(own_words, reader), themes.centres), strict=True))
    rivals = known_rivals()
    return {
        text: Stated(
            kinds=kinds_of(text, rivals),
            themes=frozenset(themes.numbers[row] for row in named.get(text, [])),
            empty=says_nothing(text),
        )
        for text in texts
    }


def _needs(found: Collection[int], themes: _Themes, reader: Reader) -> dict[int, Need]:
    """The themes that were found, as kinds of reason."""
    if not found:
        return {}
    near = themes.centres @ _vectors(list(DESCRIBED.values()), reader).T
    about_price = stated_rows.price_shares(sorted(found))
    return {
        number: Need(number, kinds_of_theme(about_price[number], dict(zip(DESCRIBED, near[row].tolist(), strict=True))))
        for row, number in enumerate(themes.numbers)
        if number in found
    }


def _vectors(texts: Sequence[str], reader: Reader) -> NDArray[np.float32]:
    return reader.embed(texts)[:, :VECTOR_SIZE] if texts else np.zeros((0, VECTOR_SIZE), np.float32)
