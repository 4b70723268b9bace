"""The shipped reader on sentences of a B2B sale that are not among those it learnt from."""

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from winward.engine.reading import KINDS, PASSAGES, Reader, label, learn, read
from winward.text_models import default_reader
from winward.text_models.shipped import heads_from, write_heads
from winward.text_models.train import training_sentences

SAID = {
    "We need to be able to export everything to our own warehouse every night.": "need",
    "The dashboard crashes whenever I open last year's figures.": "pain",
    "Could you please add an export to CSV?": "request",
    "I'm not convinced that this would save us any time.": "objection",
    "We are also looking at Salesforce and HubSpot.": "competitor",
    "What would a hundred seats cost us per year?": "price",
    "Your support team has been wonderful.": "praise",
    "We are thinking about cancelling our contract in June.": "risk",
    "The final decision is made by our board in May.": "decision",
    "I'll send you the signed contract on Monday.": "commitment",
    "Does it support two-factor authentication?": "question",
}
# What is said in sales every day, and may be called by more than one name.
EVERYDAY = {
    "We can't sign without single sign-on.": {"need", "objection"},
    "We need an audit trail before we can roll this out.": {"need", "request"},
    "I'm not convinced your mobile app is ready.": {"pain", "objection"},
    "That is too expensive for a team of our size.": {"objection", "price"},
    "If the export isn't fixed by June we'll move to another tool.": {"risk"},
    "Our security team won't approve it without a penetration test.": {"need", "objection", "risk", "decision"},
}
UNSAID = ["Let me share my screen with you.", "I joined the company two years ago.", "How was your weekend?"]
GOLD = Path(__file__).parents[1] / "truth" / "reading_gold_sample.jsonl"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return default_reader(threads=1)


def passages(texts: list[str], side: str = "customer") -> pa.RecordBatch:
    columns = [pa.array(range(len(texts)), pa.int64()), pa.array(texts), pa.array([side] * len(texts))]
    return pa.RecordBatch.from_arrays(columns, schema=PASSAGES)


def test_plain_sentences_are_given_their_kind_and_small_talk_none(reader: Reader) -> None:
    signals = read(passages([*SAID, *UNSAID]), reader)
    assert dict(zip(signals.column("quote").to_pylist(), signals.column("kind").to_pylist(), strict=True)) == SAID


def test_everyday_sentences_of_a_sale_are_heard(reader: Reader) -> None:
    signals = read(passages(list(EVERYDAY)), reader)
    kinds = dict(zip(signals.column("quote").to_pylist(), signals.column("kind").to_pylist(), strict=True))
    assert {quote: kind for quote, kind in kinds.items() if kind in EVERYDAY[quote]} == kinds
    assert kinds.keys() == EVERYDAY.keys()


def test_a_denied_price_problem_is_about_price_and_no_objection(reader: Reader) -> None:
    [signal] = read(passages(["Price was never the issue."]), reader).to_pylist()
    assert signal["kind"] == "price"
    assert signal["kinds"][KINDS.index("objection")] < 0.3


def test_what_a_deal_hangs_on_is_stronger_than_a_wish(reader: Reader) -> None:
    texts = ["We can't sign without an audit log, it's a deal breaker.", "A dark mode would be nice to have some day."]
    strong, weak = read(passages(texts), reader).column("strength").to_pylist()
    assert strong > 0.8
    assert weak < 0.2


def test_labelled_sentences_of_the_sample_company_are_read_as_well_as_stated(reader: Reader) -> None:
    rows = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    truth = np.array([[kind in row["kinds"] for kind in KINDS] for row in rows])
    texts = [row["text"] for row in rows]
    called = reader.heads.called(reader.heads.probabilities(texts, reader.embed(texts)))
    assert (truth & called).sum() / called.sum() >= 0.45
    assert (truth & called).sum() / truth.sum() >= 0.35


def test_training_sentences_are_many_varied_and_nearly_a_third_of_them_none() -> None:
    sentences = training_sentences()
    assert len(sentences.texts) >= 10_000
    assert len(set(sentences.texts)) == len(sentences.texts)
    assert (~sentences.truth.any(axis=1)).mean() >= 0.3
    assert sentences.truth.sum(axis=0).min() >= 500


def test_stored_heads_say_the_same(reader: Reader, tmp_path: Path) -> None:
    write_heads(reader.heads, tmp_path / "heads.npz")
    again = heads_from((tmp_path / "heads.npz").read_bytes())
    vectors = reader.embed(list(SAID))
    before, after = (heads.probabilities(list(SAID), vectors) for heads in (reader.heads, again))
    assert np.allclose(before, after, atol=1e-3)


def test_a_workspace_teaches_labels_of_its_own(reader: Reader) -> None:
    billing = [
        "The invoice is wrong",
        "I was charged twice",
        "Send me the bill",
        "Where is my refund",
        "The fee is too high",
    ]
    access = [
        "I cannot log in",
        "My password is wrong",
        "Reset my login",
        "The sign-in page fails",
        "My account is locked",
    ]
    head, quality = learn(billing + access, ["billing"] * 5 + ["access"] * 5, reader.embed)
    names, confidence = label(head, ["You billed me two times", "The login does not accept my password"], reader.embed)
    assert names == ["billing", "access"]
    assert ((confidence >= 0) & (confidence <= 1)).all()
    assert quality.too_few == ("access", "billing")


def test_one_label_is_nothing_to_learn(reader: Reader) -> None:
    with pytest.raises(ValueError, match="two different labels"):
        learn(["a", "b"], ["same", "same"], reader.embed)
