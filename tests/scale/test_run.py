"""A run reads little in its own process and much in a pool, and stores the same signals."""

import json
from pathlib import Path

import pytest

from tests.scale.planted import Deadly, embed, planted, texts
from winward.records.company import Company
from winward.records.documents import Document
from winward.records.signals import Signal
from winward.scale import Stopped
from winward.usecases import read_evidence
from winward.usecases.bring_in import bring_in

LETTERS = 700
FIELDS = (
    "passage_id", "document_id", "start", "end", "quote", "kind", "kinds", "strength", "about", "side",
    "meaning__vector",
)  # fmt: skip


@pytest.fixture(autouse=True)
def letters(db: None, tmp_path: Path) -> None:
    """More than one batch of documents."""
    Company.objects.create(pk=1, name="Pinefield Software", currency="EUR", domains=["pinefield.test"])
    lines = [json.dumps({"id": f"L-{at}", "text": text}) for at, text in enumerate(texts(LETTERS))]
    (tmp_path / "letters.jsonl").write_text("\n".join(lines), encoding="utf-8")
    bring_in([tmp_path / "letters.jsonl"])
    (tmp_path / "killed").mkdir()


def stored() -> list[tuple[object, ...]]:
    return list(Signal.objects.order_by("passage", "start").values_list(*FIELDS))


def test_a_pool_stores_the_signals_that_one_process_stores(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    read_evidence.read_evidence(planted(embed))
    here = stored()
    assert len(here) > LETTERS / 2
    monkeypatch.setattr(read_evidence, "SMALL", 0)
    deadly = Deadly(tmp_path / "killed", "person 600.", times=1)
    read = read_evidence.read_evidence(planted(deadly, version="another"))
    assert len(list((tmp_path / "killed").iterdir())) == 1
    assert (read.documents, read.signals) == (LETTERS, len(here))
    assert stored() == here


def test_what_was_read_before_a_stop_stays(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(read_evidence, "SMALL", 0)
    with pytest.raises(Stopped, match=r"The process that read documents \d+ to \d+ ended 3 times"):
        read_evidence.read_evidence(planted(Deadly(tmp_path / "killed", "person 600.", times=99)))
    read = Document.objects.filter(read_by="planted").count()
    assert 0 < read < LETTERS
    assert read_evidence.read_evidence(planted(embed)).documents == LETTERS - read
