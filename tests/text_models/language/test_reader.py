"""The reader with a model that is a function: what is asked, checked, kept and counted."""

from dataclasses import replace

import numpy as np
import pytest

from tests.text_models.language.models import QUICK, Kept, StandIn, answer, each, lines, passages, said
from winward.engine.reading import KINDS, SIGNALS
from winward.engine.redaction import known_names
from winward.text_models.language import BudgetReached, FolderCache
from winward.text_models.language.answers import Claims, read_answer, unpacked

TEXT = "The export is slow. We can't sign without it, Anna Schmidt said."


def whole(line):
    return [said(line["text"])]


def test_signals_come_in_the_order_of_their_passages_with_all_columns() -> None:
    model = StandIn(
        each(lambda line: [said("can't sign without it", "objection", strength=0.9), said("export is slow")])
    )
    signals = model.reader().read(passages(TEXT, "Yeah okay.", TEXT))
    assert signals.schema.equals(SIGNALS)
    assert signals.column("passage").to_pylist() == [100, 100, 102, 102]
    assert signals.column("quote").to_pylist() == ["export is slow", "can't sign without it"] * 2
    assert signals.column("kind").to_pylist() == ["pain", "objection"] * 2
    first = signals.to_pylist()[0]
    assert (first["start"], first["end"], first["side"], first["polarity"]) == (4, 18, "customer", -0.5)
    assert first["kinds"][KINDS.index("pain")] == np.float32(0.9)
    assert first["about"] == "export"


def test_what_is_sent_is_redacted_and_what_is_stored_is_what_was_said() -> None:
    model = StandIn(each(lambda line: [said(line["text"][20:], about=line["text"][46:60])]))
    reader = model.reader(known=known_names(["Anna Schmidt"]))
    (signal,) = reader.read(passages(TEXT, "yeah Anna, okay")).to_pylist()
    assert "Anna" not in model.asked[0]
    assert "Schmidt" not in model.asked[0]
    assert signal["quote"] == TEXT[20:] == TEXT[signal["start"] : signal["end"]]
    assert signal["about"] == "Anna Schmidt"


def test_a_passage_is_sent_with_its_neighbours_but_not_those_of_another_document() -> None:
    model = StandIn(each(whole))
    one, two, three = "Mm, okay.", "Our export is broken.", "The import is broken."
    model.reader(replace(QUICK, passages_per_request=1)).read(passages(one, two, three, documents=[1, 1, 2]))
    first, second = (lines(message) for message in sorted(model.asked, key=lambda message: three in message))
    assert first == [{"context": one}, {"number": 1, "side": "customer", "text": two}]
    assert second == [{"number": 1, "side": "customer", "text": three}]


def test_a_request_holds_passages_of_one_document() -> None:
    model = StandIn(each(whole))
    model.reader().read(passages(*["Our export is broken."] * 4, "It is slow too.", documents=[1, 1, 2, 2, 2]))
    assert [len([line for line in lines(message) if "number" in line]) for message in sorted(model.asked, key=len)]
    assert all("slow" not in message or message.count("broken") <= 2 for message in model.asked)


def test_nothing_is_paid_for_twice(tmp_path) -> None:
    model, cache = StandIn(each(whole)), FolderCache(tmp_path)
    first, second = model.reader(cache=cache), model.reader(cache=cache)
    batch = passages("Our export is broken.", "The import is slow.")
    assert first.read(batch).equals(second.read(batch))
    assert (first.report.answered, first.report.kept) == (2, 0)
    assert (second.report.answered, second.report.kept, second.report.requests) == (0, 2, 0)
    assert second.estimate(batch).money == 0
    assert second.estimate(batch).requests == 0
    assert not list(tmp_path.rglob("*.part"))


def test_kept_answers_are_checked_like_fresh_ones_and_damaged_ones_asked_for_again() -> None:
    model, cache, text = StandIn(each(whole)), Kept(), "Our export is broken."
    model.reader(cache=cache).read(passages(text))
    (key,) = cache
    cache[key] = cache[key].replace(b"Our export", b"All export")
    reader = model.reader(cache=cache)
    assert reader.read(passages(text)).num_rows == 0
    assert reader.report.rejected == 1
    cache[key] = b"not an answer"
    assert model.reader(cache=cache).read(passages(text)).num_rows == 1


@pytest.mark.parametrize("change", [{"model": "another"}, {"temperature": 1.0}, {"structure": "prompted"}])
def test_another_model_or_setting_is_asked_anew(change) -> None:
    model, cache = StandIn(each(whole)), Kept()
    for settings in (QUICK, replace(QUICK, **change)):
        model.reader(settings, cache).read(passages("Our export is broken."))
    assert len(model.asked) == 2


def test_the_version_names_model_prompt_and_what_stands_behind() -> None:
    reader = StandIn(each(whole)).reader()
    assert reader.version == "language/openai/stand-in/prompt-1+planted"


def test_what_our_own_side_says_counts_only_for_some_kinds() -> None:
    kinds = [{"kind": "praise", "probability": 0.9}, {"kind": "price", "probability": 0.6}]
    model = StandIn(each(lambda line: [said(line["text"], kinds=kinds)]))
    ours = model.reader().read(passages("It is ten euros a seat.", side="us")).to_pylist()
    theirs = model.reader().read(passages("It is ten euros a seat.")).to_pylist()
    assert [ours[0]["kind"], theirs[0]["kind"]] == ["price", "praise"]
    assert ours[0]["kinds"][KINDS.index("praise")] == 0


def test_unlikely_kinds_make_no_signal_and_wild_numbers_are_cut_to_their_range() -> None:
    signals = [said("Our export is", "pain", 0.3), said("export is broken", "pain", 95, strength=7, polarity="bad")]
    (row,) = StandIn(each(lambda line: signals)).reader().read(passages("Our export is broken.")).to_pylist()
    assert (row["quote"], max(row["kinds"]), row["strength"]) == ("export is broken", 1.0, 1.0)
    assert row["polarity"] == -1.0


def test_unknown_kinds_and_unreadable_signals_are_counted() -> None:
    signals = [said("export is broken", "gossip"), {"quote": 3}, "words", said("Our export is broken.")]
    reader = StandIn(each(lambda line: signals)).reader()
    assert reader.read(passages("Our export is broken.")).num_rows == 1
    assert (reader.report.unknown_kinds, reader.report.unreadable) == (1, 3)


@pytest.mark.parametrize(
    "words",
    ["no JSON at all", "[]", '{"passages": 3}', "", '{"passages": [', "[" * 100_000, '{"passages": [{"number": 1}]}'],
)
def test_after_two_unreadable_answers_the_embedded_reader_reads(words: str) -> None:
    model = StandIn(lambda given: words)
    reader = model.reader()
    signals = reader.read(passages("Our export is broken.", "Nothing else to say here.")).to_pylist()
    assert [(row["passage"], row["quote"]) for row in signals] == [(100, "Our export is broken.")]
    assert (reader.report.fallen_back, reader.report.answered) == (2, 0)
    assert len(model.asked) == 3


def test_a_passage_left_out_is_asked_about_once_more_by_itself() -> None:
    model = StandIn(lambda given: answer({1: [said(next(line["text"] for line in given if "number" in line))]}))
    reader = model.reader()
    texts = ("Our export is broken.", "The import is slow.", "Billing is a mess.")
    assert reader.read(passages(*texts)).column("quote").to_pylist() == list(texts)
    assert (reader.report.answered, reader.report.requests, reader.report.fallen_back) == (3, 3, 0)


def test_fences_and_thoughts_around_the_answer_are_passed_over() -> None:
    model = StandIn(lambda given: "<think>hm {}</think>\n```json\n" + answer({1: whole(given[0])}) + "\n```")
    assert model.reader().read(passages("Our export is broken.")).num_rows == 1


def test_the_cap_stops_before_it_is_passed_and_a_later_run_goes_on() -> None:
    model, cache = StandIn(each(whole)), Kept()
    batch = passages(*(f"Export number {number} is broken." for number in range(6)))
    capped = replace(
        QUICK,
        passages_per_request=1,
        concurrency=1,
        price_in=10,
        price_out=10,
        most_money=0.06,
        most_answer_tokens=2000,
    )
    reader = model.reader(capped, cache)
    with pytest.raises(BudgetReached, match=r"cap of 0\.06"):
        reader.read(batch)
    assert 0 < reader.report.answered < 6
    assert reader.report.money <= 0.06
    again = model.reader(replace(capped, most_money=None), cache)
    assert again.read(batch).num_rows == 6
    assert again.report.kept == reader.report.answered
    assert len(model.asked) == 6


def test_a_cap_in_tokens_holds_for_requests_under_way_together() -> None:
    model = StandIn(each(whole))
    settings = replace(QUICK, passages_per_request=1, concurrency=8, most_tokens=9_000)
    reader = model.reader(settings)
    with pytest.raises(BudgetReached, match="9,000 tokens"):
        reader.read(passages(*(f"Export number {number} is broken." for number in range(20))))
    assert reader.report.tokens_in + reader.report.tokens_out <= 9_000


def test_an_estimate_asks_nothing_and_grows_with_what_there_is_to_read() -> None:
    model = StandIn(each(whole))
    reader = model.reader(replace(QUICK, price_in=1, price_out=2, passages_per_request=2))
    small, large = reader.estimate(passages("Our export is broken.")), reader.estimate(passages(*[TEXT] * 5))
    assert not model.asked
    assert (small.requests, large.requests) == (1, 2)
    assert 0 < small.money < large.money
    assert large.money == pytest.approx((large.tokens_in + 2 * large.tokens_out) / 1e6)


def test_an_interruption_keeps_what_was_answered() -> None:
    model, cache, batch = StandIn(each(whole)), Kept(), passages("Our export is broken.", "The import is slow.")

    def interrupted(_answered: int, _total: int) -> None:
        raise KeyboardInterrupt

    settings = replace(QUICK, passages_per_request=1, concurrency=1)
    with pytest.raises(KeyboardInterrupt):
        model.reader(settings, cache, on_answered=interrupted).read(batch)
    assert len(model.asked) == 1
    assert model.reader(settings, cache).read(batch).num_rows == 2
    assert len(model.asked) == 2


def test_a_batch_without_anything_to_read_asks_nothing() -> None:
    model = StandIn(each(whole))
    reader = model.reader()
    assert reader.read(passages()).schema.equals(SIGNALS)
    assert reader.read(passages("Yeah.", "Mm-hmm, okay.")).num_rows == 0
    assert not model.asked


def test_progress_counts_passages() -> None:
    seen: list[tuple[int, int]] = []
    settings = replace(QUICK, passages_per_request=1, concurrency=1)
    reader = StandIn(each(whole)).reader(settings, on_answered=lambda done, total: seen.append((done, total)))
    reader.read(passages("Our export is broken.", "The import is slow."))
    assert seen == [(1, 2), (2, 2)]


def test_claims_survive_being_kept() -> None:
    claims = read_answer(answer({1: [said("Our export"), said("x", "gossip")]}), 1)[0]
    assert unpacked(claims.packed()) == claims
    assert isinstance(claims, Claims)
    assert unpacked(b"[1]") is None
