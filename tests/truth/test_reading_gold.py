"""The sentences that reading is judged on: whole, enough of each kind, and never among those it is trained on."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from bench.gold import GOLD, TRUTH, rows

from tests.real_data import needs_real_data
from winward.engine.reading.kinds import KINDS
from winward.text_models.train import training_sentences

PASSES = [TRUTH / f"reading_test_gold_pass{number}.jsonl" for number in (1, 2)]
NEGATION = TRUTH / "negation_cases.jsonl"
# Below this a kind's recall could not be told from its neighbour's.
ENOUGH = 30


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def words(text: str) -> str:
    """The text as it reads without case, marks and the notes of a transcript."""
    spoken = re.sub(r"\{\w+\}", " ", text.lower()).replace("’", "'")
    return " ".join(re.findall(r"[^\W_]+(?:'[^\W_]+)?", spoken))


@pytest.fixture(scope="module")
def trained_on() -> set[str]:
    return {words(text) for text in training_sentences().texts}


@pytest.mark.parametrize("path", [GOLD, *PASSES, NEGATION], ids=lambda path: path.stem)
def test_kinds_are_known_and_named_once(path: Path) -> None:
    for row in lines(path):
        assert set(row["kinds"]) <= set(KINDS)
        assert len(set(row["kinds"])) == len(row["kinds"])


def test_each_kind_occurs_often_enough() -> None:
    counts = Counter(kind for row in lines(GOLD) for kind in row["kinds"])
    assert {kind: counts[kind] for kind in KINDS if counts[kind] < ENOUGH} == {}


@pytest.mark.parametrize("path", PASSES, ids=lambda path: path.stem)
def test_both_passes_label_the_same_sentences(path: Path) -> None:
    def unlabelled(path: Path) -> list[dict[str, Any]]:
        return [{field: value for field, value in row.items() if field != "kinds"} for row in lines(path)]

    assert unlabelled(path) == unlabelled(GOLD)


@needs_real_data
def test_every_reference_resolves_to_text() -> None:
    texts = [row.text for row in rows()]
    assert len(texts) == len(lines(GOLD))
    assert all(text.strip() for text in texts)


@needs_real_data
def test_no_judged_sentence_is_trained_on(trained_on: set[str]) -> None:
    judged = {words(row.text) for row in rows()} - {""}
    assert len(judged & trained_on) == 0


def test_no_negation_case_is_trained_on(trained_on: set[str]) -> None:
    assert {words(row["text"]) for row in lines(NEGATION)} & trained_on == set()
