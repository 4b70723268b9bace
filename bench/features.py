"""Reviews about the same feature as neighbours: for bench/search.py --features."""

from collections.abc import Sequence
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np
import openpyxl
import psycopg
from bench.many_signals import copy_in
from bench.workspaces import address, print_table, throwaway
from pgvector import HalfVector
from pgvector.psycopg import register_vector

from winward.engine.reading.kinds import KINDS
from winward.faces.boot import open_workspace
from winward.records.related_rows import EVERYTHING, Question, related
from winward.text_models import EmbeddedModel

FIRST, CANDIDATES = 10, 150
Review = tuple[str, frozenset[str]]


def reviews(data: Path) -> list[Review]:
    """Each sentence once, with the feature phrases that people marked in it."""
    sheet = openpyxl.load_workbook(data / "feedback/reviews_features/Ground_truth.xlsx", read_only=True).worksheets[0]
    found: dict[str, set[str]] = {}
    for row in sheet.iter_rows(min_row=2, max_col=8, values_only=True):
        text = str(row[3] or "").strip()
        phrases = (phrase.strip().casefold() for phrase in str(row[7] or "").split(";"))
        if text:
            found.setdefault(text, set()).update(phrase for phrase in phrases if phrase)
    return [(text, frozenset(phrases)) for text, phrases in found.items()]


def print_features(data: Path) -> None:
    rows = reviews(data)
    same = [_same(rows, at) for at in range(len(rows))]
    asked = [at for at, others in enumerate(same) if others]
    with throwaway("features") as folder:
        with psycopg.connect(address(folder), autocommit=True) as connection:
            _fill(connection, [text for text, _ in rows])
        open_workspace(folder)
        found = [_rankings(at + 1) for at in asked]
    print(f"{len(rows):,} sentences; {len(asked):,} are about a phrase that another is about, too")
    table = []
    for place, name in enumerate(("by meaning and words", "by meaning alone", "by words alone")):
        shares = [_recall(same[at], ranked[place]) for at, ranked in zip(asked, found, strict=True)]
        table.append((name, f"{mean(shares):.3f}"))
    print_table(("ten nearest", "recall@10"), table)


def _same(rows: Sequence[Review], at: int) -> set[int]:
    return {other for other, (_, phrases) in enumerate(rows) if other != at and phrases & rows[at][1]}


def _recall(wanted: set[int], ranked: Sequence[int]) -> float:
    """Of as many as ten can hold."""
    return len(wanted & set(ranked)) / min(len(wanted), FIRST)


def _rankings(signal: int) -> tuple[list[int], list[int], list[int]]:
    found = related(Question(signal=signal), EVERYTHING, CANDIDATES)
    meant = sorted((one for one in found if one.by_meaning is not None), key=lambda one: one.by_meaning or 0)
    worded = sorted((one for one in found if one.by_words is not None), key=lambda one: one.by_words or 0)
    return _first(found), _first(meant), _first(worded)


def _first(found: Sequence[Any]) -> list[int]:
    return [one.signal - 1 for one in found[:FIRST]]


def _fill(connection: Any, texts: list[str]) -> None:
    """A document of one passage and one signal for each text."""
    register_vector(connection)
    connection.execute("INSERT INTO source (id, name, made_at) VALUES (1, 'Reviews', now())")
    copy_in(
        connection,
        "document (id, source_id, external_id, content_hash, kind, title, link, link_why, link_confidence, "
        "named_account, named_deal, linked_by, participants, customer_words, file, read_by, extra)",
        [
            (at, 1, str(at), str(at), "review", "", "none", "", 0.0, "", "", "", "[]", 0, "", "", "{}")
            for at in _numbers(texts)
        ],
    )
    copy_in(
        connection,
        "passage (id, document_id, ordinal, start, text, speaker, side, spoken)",
        [(at, at, 0, 0, text, "", "customer", True) for at, text in zip(_numbers(texts), texts, strict=True)],
    )
    vectors = EmbeddedModel().embed(texts)
    signs = np.where(vectors > 0, "1", "0")
    copy_in(
        connection,
        'signal (id, passage_id, document_id, start, "end", quote, kind, kinds, strength, about, side, dismissed, fit, '
        "unsorted_why, signs)",
        [
            (at, at, at, 0, len(text), text, "need", [0.0] * len(KINDS), 0.5, "", "customer", False, 0.0, "",
             "".join(signs[at - 1]))
            for at, text in zip(_numbers(texts), texts, strict=True)
        ],
    )  # fmt: skip
    copy_in(
        connection,
        "signal_vector (signal_id, vector)",
        [(at, HalfVector(vector)) for at, vector in zip(_numbers(texts), vectors, strict=True)],
        ("int8", "halfvec"),
    )
    connection.execute("VACUUM ANALYZE")


def _numbers(texts: Sequence[str]) -> range:
    return range(1, len(texts) + 1)
