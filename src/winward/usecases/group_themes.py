"""theme: the signals sorted into lasting themes. New ones join; enough new ones bring a rebuild that keeps identity."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db import transaction

from winward.engine.themes import Discovery, Identity, discover, join, keep_identity, name_themes
from winward.records import signal_rows, theme_rows
from winward.records.signal_rows import Said
from winward.records.theme_rows import Computed

# Themes are about what customers need, so only these kinds make them; praise, questions and the conduct of the deal
# are sorted into the themes that the others made.
MAKING = ("need", "pain", "request", "objection", "risk", "price")
JOINING = (*MAKING, "competitor", "praise", "question", "decision", "commitment")
# Past this share of signals that the last rebuild didn't see (or saw and are gone), joining one by one would miss what
# the new ones have in common.
REBUILD_AT = 0.10


@dataclass(frozen=True, slots=True)
class Grouped:
    themes: int
    signals: int
    unsorted: int
    rebuilt: bool


def group_themes(now: datetime, seed: int) -> Grouped:
    """Sort every signal. Either all of it lands or nothing."""
    with transaction.atomic():
        said = signal_rows.said_by_customers(MAKING)
        seen = theme_rows.signals_at_last_rebuild()
        rebuilt = abs(len(said.ids) - seen) > REBUILD_AT * seen
        if rebuilt:
            _rebuild(said, now, seed)
            _join(signal_rows.said_by_customers(tuple(set(JOINING) - set(MAKING))))
        else:
            _join(signal_rows.said_by_customers(JOINING, only_new=True))
    theme_rows.index_vectors()
    return Grouped(*theme_rows.count(), rebuilt)


def _join(said: Said) -> None:
    """Put each signal into its nearest theme, if that is near enough."""
    standing = theme_rows.standing()
    if not len(standing.ids):
        return
    place, fit, why = join(said.vectors, standing.centres, standing.floors)
    themes = [None if at < 0 else int(standing.ids[at]) for at in place]
    theme_rows.sort_signals(zip(said.ids.tolist(), themes, fit.tolist(), why, strict=True))


def _rebuild(said: Said, now: datetime, seed: int) -> None:
    found = discover(said.vectors, said.quotes, seed=seed)
    identity = keep_identity(np.where(said.themes > 0, said.themes, -1), found.theme)
    ids = theme_rows.save(list(_computed(said, found, identity)))
    theme_rows.retire_all_but(ids)
    theme_rows.write_lineage(_lineage(identity, ids), now)
    theme_rows.note_rebuild(now, len(said.ids))
    themes = [None if at < 0 else ids[at] for at in found.theme]
    theme_rows.sort_signals(zip(said.ids.tolist(), themes, found.fit.tolist(), found.why, strict=True))


def _computed(said: Said, found: Discovery, identity: Identity) -> Iterator[Computed]:
    names = name_themes(found.theme, said.vectors, said.quotes)
    for at, name in enumerate(names):
        yield Computed(
            kept=identity.ids[at],
            name=name.name,
            terms=name.terms,
            area=int(found.areas[at]),
            centre=found.centres[at],
            floor=float(found.floor[at]),
            typical=tuple(int(said.ids[row]) for row in name.central),
        )


def _lineage(identity: Identity, ids: list[int]) -> Iterator[tuple[int, str, int | None, int, float]]:
    """Rows about the theme that an event happened to; a theme that goes on unchanged needs none."""
    for event in identity.events:
        new = ids[event.new] if event.new is not None else None
        subject, other = (event.old, new) if event.kind in ("merged into", "retired") else (new, event.old)
        if subject is not None and event.kind != "continued":
            yield subject, event.kind, other, event.shared, event.share
