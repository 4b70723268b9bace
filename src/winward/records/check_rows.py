"""Which signals may be worth checking, with all that decides it, quickly however many there are."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from winward.records.signal_rows import as_halves, as_vectors

# The newest that nobody has checked: older ones come up as these are done, and nobody waits for a million rows.
NEWEST = 1_000


@dataclass(frozen=True, slots=True)
class Candidates:
    """Parallel, one entry a signal, the newest first. deals: the open deal that each was said in, 0 for none; values:
    of those deals. stakes: what is lost or open with each one's theme. kinds: (signals, kinds), calibrated chances.
    vectors: (signals, 384), unit length."""

    ids: list[int]
    kind: list[str]
    deals: NDArray[np.int64]
    values: NDArray[np.float64]
    stakes: NDArray[np.float64]
    kinds: NDArray[np.float32]
    vectors: NDArray[np.float32]


def candidates(also: Collection[int] = ()) -> Candidates:
    """The newest signals that nobody has checked. also: others that are to be among them, checked or not."""
    with connection.cursor() as cursor:
        cursor.execute(
            """WITH newest AS (SELECT id FROM signal WHERE NOT checked AND NOT dismissed ORDER BY id DESC LIMIT %s)
               SELECT s.id, s.kind, CASE WHEN deal.state = 'open' THEN deal.id ELSE 0 END,
                      CASE WHEN deal.state = 'open' THEN coalesce(deal.value, 0) ELSE 0 END,
                      coalesce(stake.lost_value, 0) + coalesce(stake.open_value, 0),
                      halfvec_send(s.kinds::halfvec), halfvec_send(v.vector)
               FROM signal s JOIN signal_vector v ON v.signal_id = s.id JOIN document d ON d.id = s.document_id
                    LEFT JOIN deal ON deal.id = d.deal_id LEFT JOIN stake ON stake.theme_id = s.theme_id
               WHERE s.id IN (SELECT id FROM newest UNION SELECT unnest(%s::bigint[])) ORDER BY s.id DESC""",
            [NEWEST, list(also)],
        )
        rows = cursor.fetchall()
    ids, kind, deals, values, stakes, kinds, vectors = map(list, zip(*rows, strict=True)) if rows else ([],) * 7
    return Candidates(
        ids, kind, np.array(deals, np.int64), np.array(values, float), np.array(stakes, float), as_halves(kinds, 11),
        as_vectors(vectors),
    )  # fmt: skip
