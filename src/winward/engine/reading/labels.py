"""A head for anybody's own labels: learnt from labelled texts, with what to expect of it measured on held-out ones."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from winward.engine.reading.calibration import calibration
from winward.engine.reading.views import Embed, columns_of_views, have_parts
from winward.engine.reading.yes_or_no import Columns, Fitted, columns_of, fit_yes_or_no

FOLDS = 5
# From few examples of a label nothing is learnt that holds for the next text.
FEW = 10
# Strongest first. As many texts as there are count once each, so that the same penalty suits any number of them.
PENALTIES = (2.0, 0.7, 0.25)


@dataclass(frozen=True, slots=True)
class Head:
    """One of `labels` a text. fitted: a head a label; the highest score gives the label.

    parted: whether it looks at the texts' parts apart.
    slope, offset: the confidence is expit(slope · lead of the highest score over the next + offset).
    """

    labels: tuple[str, ...]
    fitted: Fitted
    parted: bool
    slope: float
    offset: float


@dataclass(frozen=True, slots=True)
class LabelQuality:
    """Of held-out texts. texts: how many have the label. precision, recall: 0 to 1."""

    label: str
    texts: int
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Quality:
    """What to expect of a head on further texts like those it learnt from. macro_f1: mean F1 of the labels."""

    texts: int
    macro_f1: float
    labels: tuple[LabelQuality, ...]

    @property
    def too_few(self) -> tuple[str, ...]:
        """Labels with too few texts to be learnt, or to know how well they are."""
        return tuple(one.label for one in self.labels if one.texts < FEW)


def learn(texts: Sequence[str], labels: Sequence[str], embed: Embed, seed: int = 0) -> tuple[Head, Quality]:
    """A head for `labels`, one a text, and its quality on folds that were held out.

    Rare labels count as much as frequent ones. Equal texts lie in one fold. The penalty is chosen on the same folds,
    which flatters the quality a little. seed: of the folds. Raises ValueError for fewer than two different labels.
    """
    names = tuple(sorted(set(labels)))
    if len(names) < 2:
        raise ValueError("a head needs texts of at least two different labels")
    truth = np.array(labels)[:, None] == np.array(names)
    parted = have_parts(texts)
    columns = _columns(texts, embed, parted)
    paths = _held_out(columns, truth, _folds(texts, truth, seed))
    qualities = [_quality(names, truth, scores) for scores in paths]
    best = max(range(len(PENALTIES)), key=lambda at: qualities[at].macro_f1)
    *_, fitted = _path(columns, truth, PENALTIES[: best + 1])
    slope, offset = calibration(_lead(paths[best]), _right(truth, paths[best]))
    return Head(names, fitted, parted, max(slope, 0.0), offset), qualities[best]


def label(head: Head, texts: Sequence[str], embed: Embed) -> tuple[list[str], NDArray[np.float32]]:
    """The label of each text, and how often such an answer was right on held-out texts: (texts,), 0 to 1."""
    scores = head.fitted.scores(_columns(texts, embed, head.parted))
    confidence = expit(head.slope * _lead(scores) + head.offset).astype(np.float32)
    return [head.labels[best] for best in scores.argmax(axis=1)], confidence


def _columns(texts: Sequence[str], embed: Embed, parted: bool) -> Columns:
    return columns_of_views(texts, embed) if parted else columns_of(texts, embed(texts))


def _held_out(columns: Columns, truth: NDArray[np.bool_], fold: NDArray[np.int64]) -> NDArray[np.float32]:
    """(penalties, texts, labels): scores of each text by heads that have not seen it."""
    scores = np.zeros((len(PENALTIES), *truth.shape), np.float32)
    for number in np.unique(fold):
        inside, outside = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        held_out = columns.take(outside)
        for at, fitted in enumerate(_path(columns.take(inside), truth[inside], PENALTIES)):
            scores[at, outside] = fitted.scores(held_out)
    return scores


def _path(columns: Columns, truth: NDArray[np.bool_], penalties: Sequence[float]) -> Iterator[Fitted]:
    """A fit a penalty, each begun where the last one ended."""
    costs, fitted = _costs(truth), None
    for penalty in penalties:
        fitted = fit_yes_or_no(columns, truth, costs, penalty, start=fitted)
        yield fitted


def _costs(truth: NDArray[np.bool_]) -> NDArray[np.float64]:
    """(texts, labels): every label weighs the same in sum, a text one on average."""
    counts = np.maximum(truth.sum(axis=0), 1)
    each = (truth / counts).sum(axis=1)
    return np.repeat((each / each.mean())[:, None], truth.shape[1], axis=1)


def _folds(texts: Sequence[str], truth: NDArray[np.bool_], seed: int) -> NDArray[np.int64]:
    """The fold of each text: every label is spread evenly, equal texts lie together."""
    _, first, same = np.unique(
        [" ".join(text.lower().split()) for text in texts], return_index=True, return_inverse=True
    )
    shuffled = np.random.default_rng(seed).permutation(len(first))
    order = shuffled[np.argsort(truth[first][shuffled].argmax(axis=1), kind="stable")]
    fold = np.empty(len(first), np.int64)
    fold[order] = np.arange(len(first)) % FOLDS
    return fold[same]


def _quality(names: Sequence[str], truth: NDArray[np.bool_], scores: NDArray[np.float32]) -> Quality:
    called = np.eye(len(names), dtype=bool)[scores.argmax(axis=1)]
    hits = (called & truth).sum(axis=0)
    precision, recall = hits / np.maximum(called.sum(axis=0), 1), hits / np.maximum(truth.sum(axis=0), 1)
    labels = tuple(
        LabelQuality(name, int(count), float(right), float(found))
        for name, count, right, found in zip(names, truth.sum(axis=0), precision, recall, strict=True)
    )
    return Quality(len(truth), float(np.mean([one.f1 for one in labels])), labels)


def _lead(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    highest = np.sort(scores, axis=1)
    return np.asarray(highest[:, -1] - highest[:, -2], np.float32)


def _right(truth: NDArray[np.bool_], scores: NDArray[np.float32]) -> NDArray[np.bool_]:
    return np.asarray(truth[np.arange(len(truth)), scores.argmax(axis=1)])
