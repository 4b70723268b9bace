"""learn: let people's answers move the workspace's own heads, and those heads judge what nobody has answered on."""

from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray
from scipy.special import expit, logit

from winward.engine.reading import KINDS, Heads, Reader
from winward.engine.reading.given import as_read, chances_of, leading
from winward.engine.reading.reader import polarity
from winward.engine.reading.rivals import holding, naming
from winward.engine.reading.taught import drift, retrain, told
from winward.records import taught_rows
from winward.records.locks import alone
from winward.records.own_heads import OwnHeads
from winward.records.taught_rows import Answers, Retyped, Unanswered
from winward.text_models.shipped import write_heads
from winward.usecases.progress import OnProgress, silent
from winward.usecases.readers import of_workspace, own_heads

# A chance that moved less than this reads the same.
MOVED = 0.01


@dataclass(frozen=True, slots=True)
class Learnt:
    """corrections: how many there were to learn from. changed: signals that have another kind now, or none."""

    corrections: int
    changed: int


def learn_alone(shipped: Reader) -> Learnt | None:
    """`learn_from_corrections`, one process at a time and never beside a run."""
    with alone("run"):
        return learn_from_corrections(shipped)


def learn_from_corrections(shipped: Reader, on_progress: OnProgress = silent) -> Learnt | None:
    """Fit the shipped heads to all answers, and type again what is stored. None where nothing is new to learn.

    What the reader once passed over is not looked at; that takes reading again.
    """
    begun = timezone.now()
    number, last = taught_rows.newest()
    known = OwnHeads.objects.filter(base=shipped.version).first()
    if known is None and not number:
        return None
    if known and known.corrections == number and (last is None or last <= known.learnt_at):
        return None
    on_progress("learning", 0, 0)
    before, reader = own_heads(shipped), of_workspace(shipped)
    heads = _taught(taught_rows.answers(), replace(reader, heads=shipped.heads))
    changed = _retype_all(before, heads, reader)
    _store(heads, Learnt(number, changed), shipped.version, begun)
    return Learnt(number, changed)


def _taught(answers: Answers, shipped: Reader) -> Heads:
    if not answers.quotes:
        return shipped.heads
    words = as_read(answers.quotes, shipped)
    vectors = shipped.embed(words)
    found = chances_of(answers.quotes, answers.sides, vectors, shipped.heads, shipped)
    truth, weights = told(answers.kinds, leading(found, shipped.heads))
    return retrain(shipped.heads, words, truth, vectors, weights)


def _store(heads: Heads, learnt: Learnt, base: str, begun: datetime) -> None:
    """begun: before the answers were read, so that one given meanwhile is seen to be newer."""
    content = BytesIO()
    write_heads(heads, content)
    kept = {"content": content.getvalue(), "corrections": learnt.corrections, "changed": learnt.changed}
    OwnHeads.objects.update_or_create(pk=1, defaults={"base": base, **kept, "learnt_at": begun})


def _retype_all(before: Heads, after: Heads, reader: Reader) -> int:
    """Returns how many signals have another kind, or none, by the heads of after."""
    changed = 0
    for signals in taught_rows.unanswered():
        was = signals.kinds
        named = holding(signals.quotes, naming(reader.rivals))
        moves = drift(before, after, as_read(signals.quotes, reader), signals.vectors, named)
        now = np.asarray(expit(logit(was) + moves), np.float32)
        # A clause's kind was decided with its sentence; only where the heads differ by themselves is it decided anew.
        turned = np.flatnonzero(leading(was, before) != leading(now, after))
        moved = np.flatnonzero(np.abs(now - was).max(axis=1) >= MOVED)
        changed += len(turned)
        _write(signals, now, leading(now, after), turned, moved)
    return changed


def _write(
    signals: Unanswered,
    chances: NDArray[np.float32],
    kinds: NDArray[np.int64],
    turned: NDArray[np.int64],
    moved: NDArray[np.int64],
) -> None:
    gone = [at for at in turned if kinds[at] < 0]
    taught_rows.remove([signals.ids[at] for at in gone])
    towards = polarity(chances)
    rows = [
        Retyped(signals.ids[at], KINDS[kinds[at]] if at in turned else "", chances[at].tolist(), float(towards[at]))
        for at in np.union1d(turned, moved)
        if at not in gone
    ]
    taught_rows.retype(rows)
