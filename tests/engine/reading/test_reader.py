"""Reading on planted heads: one bucket of one word decides, so what must come out is known."""

import re
from dataclasses import replace

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from winward.engine.reading import KINDS, PASSAGES, SIGNALS, Heads, Reader, read
from winward.engine.reading.batches import VECTOR_SIZE
from winward.engine.reading.features import FEATURES
from winward.engine.reading.given import given as given_quotes

WORDS = {"expensive": ("objection", "price"), "rival": ("competitor",), "broken": ("pain",), "please": ("request",)}


def planted_embed(texts):
    vectors = np.zeros((len(texts), VECTOR_SIZE), dtype=np.float32)
    for row, text in enumerate(texts):
        for column, word in enumerate(WORDS):
            vectors[row, column] = bool(re.search(rf"\b{word}\b", text.lower()))
    return vectors


def planted_reader() -> Reader:
    weights = np.zeros((len(KINDS), VECTOR_SIZE + FEATURES), dtype=np.float32)
    for column, kinds in enumerate(WORDS.values()):
        for strength, kind in enumerate(kinds):
            weights[KINDS.index(kind), column] = 4 - strength
    ones = np.ones(len(KINDS), dtype=np.float32)
    return Reader(planted_embed, Heads(weights, -4 * ones, ones, 0 * ones, 0.5 * ones), "planted")


def passages(*rows: tuple[str, str]) -> pa.RecordBatch:
    texts, sides = [text for text, _ in rows], [side for _, side in rows]
    columns = [
        pa.array(range(10, 10 + len(rows)), pa.int64()),
        pa.array(texts, pa.string()),
        pa.array(sides, pa.string()),
    ]
    return pa.RecordBatch.from_arrays(columns, schema=PASSAGES)


def test_each_sentence_that_says_something_becomes_one_signal_with_its_own_words() -> None:
    text = "Hi there. It's too expensive for a pilot. The weather is nice. Our export is broken."
    signals = read(passages(("", ""), (text, "customer")), planted_reader())
    assert signals.schema.equals(SIGNALS)
    assert signals.column("quote").to_pylist() == ["It's too expensive for a pilot.", "Our export is broken."]
    assert signals.column("kind").to_pylist() == ["objection", "pain"]
    assert signals.column("passage").to_pylist() == [11, 11]
    assert signals.column("kinds")[0].as_py()[KINDS.index("price")] > 0.5


def test_our_own_side_states_prices_and_rivals_but_has_no_pains() -> None:
    said = passages(
        ("That is broken on our end.", "us"), ("It looks expensive but isn't.", "us"), ("A rival has it.", "us")
    )
    assert read(said, planted_reader()).column("kind").to_pylist() == ["price", "competitor"]


def test_nods_are_no_signals_and_bullets_are_no_part_of_the_quote() -> None:
    signals = read(passages(("please", "customer"), ("- please fix it\n- yeah okay", "customer")), planted_reader())
    assert signals.column("quote").to_pylist() == ["please fix it"]
    assert signals.column("start").to_pylist() == [2]


def test_a_sentence_that_says_several_things_gives_a_signal_for_each_clause() -> None:
    text = "It is far too expensive for us, but please fix the export. Our rival is broken but not really bad."
    signals = read(passages((text, "customer")), planted_reader())
    quotes = ["It is far too expensive for us", "but please fix the export.", "Our rival is broken but not really bad."]
    assert signals.column("quote").to_pylist() == quotes
    assert signals.column("kind").to_pylist() == ["objection", "request", "pain"]


def test_a_rival_known_by_name_is_one_and_our_own_name_is_none() -> None:
    reader = replace(planted_reader(), rivals=("Acme",), own_names=("Rival",))
    said = passages(("Acme has that already.", ""), ("Your Rival has that already.", ""))
    signals = read(said, reader)
    assert signals.column("passage").to_pylist() == [10]
    assert signals.column("kind").to_pylist() == ["competitor"]


def vectors_of(text: str, reader: Reader) -> np.ndarray:
    signals = read(passages((text, "customer")), reader)
    return np.array(signals.column("vector").to_pylist())


def test_the_stored_vector_knows_our_own_name_which_the_heads_are_not_told() -> None:
    reader = replace(planted_reader(), own_names=("Rival",))
    (stored,) = vectors_of("Your Rival is broken.", reader)
    assert stored[[1, 2]].tolist() == [1, 1]
    assert read(passages(("Your Rival is broken.", "")), reader).column("kind").to_pylist() == ["pain"]
    (made,) = given_quotes(["Your Rival is broken."], ["customer"], reader).vectors
    assert made.tolist() == stored.tolist()


def test_only_signals_that_hold_an_own_name_are_embedded_once_more() -> None:
    asked: list[str] = []

    def counted(texts: list[str]) -> np.ndarray:
        asked.extend(texts)
        return planted_embed(texts)

    reader = replace(planted_reader(), embed=counted, own_names=("Orbit",))
    said = (
        "Our export is broken.",
        "Your Orbit is broken.",
        "We talked about Orbit today.",
        "Orbit means a way round.",
    )
    read(passages(*((text, "customer") for text in said)), reader)
    assert [text for text in asked if "Orbit" in text] == ["Your Orbit is broken."]


def test_polarity_is_below_zero_for_pain_and_the_side_is_the_passages() -> None:
    signals = read(passages(("Our export is broken.", "customer")), planted_reader())
    assert signals.column("polarity")[0].as_py() < -0.3
    assert signals.column("side").to_pylist() == ["customer"]


def test_an_empty_batch_and_a_batch_without_signals_are_fine() -> None:
    assert read(passages(), planted_reader()).num_rows == 0
    assert read(passages(("Good morning everybody in here", "")), planted_reader()).schema.equals(SIGNALS)


@given(
    st.lists(
        st.one_of(
            st.text(max_size=80), st.sampled_from(["Please fix it. 🙂 It's broken!", "rival — “expensive. Very.”"])
        )
    )
)
@settings(max_examples=60, deadline=None)
def test_every_quote_is_the_exact_text_at_its_offsets(texts: list[str]) -> None:
    given_texts = [text.encode("utf-8", "ignore").decode() for text in texts]
    for signal in read(passages(*((text, "customer") for text in given_texts)), planted_reader()).to_pylist():
        assert given_texts[signal["passage"] - 10][signal["start"] : signal["end"]] == signal["quote"]
        assert 0 <= signal["strength"] <= 1
        assert all(word in signal["quote"] for word in signal["about"].split())
