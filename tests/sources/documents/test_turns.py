"""Turns are put together over nods and cut where nobody could read them at a glance; no word and no moment is lost."""

from hypothesis import given
from hypothesis import strategies as st

from winward.sources.documents.turns import LONGEST_TURN, merged, sided
from winward.sources.evidence import Turn


def turn(speaker: str, text: str, start: int, end: int) -> Turn:
    return Turn(text, speaker, start_ms=start, end_ms=end)


def test_a_nod_does_not_part_what_one_person_says() -> None:
    said = [
        turn("Jane", "We need single sign-on", 0, 2_000),
        turn("Tom", "Mm-hmm, right.", 2_100, 2_300),
        turn("Jane", "before the audit.", 2_400, 4_000),
        turn("Tom", "Understood, let me note that.", 4_100, 5_000),
    ]
    found = list(merged(said))
    assert [(one.speaker, one.text) for one in found] == [
        ("Jane", "We need single sign-on before the audit."),
        ("Tom", "Mm-hmm, right."),
        ("Tom", "Understood, let me note that."),
    ]
    assert (found[0].start_ms, found[0].end_ms) == (0, 4_000)


def test_an_answer_to_a_question_is_no_nod() -> None:
    said = [
        turn("Tom", "Is price the issue?", 0, 900),
        turn("Jane", "Yeah.", 1_000, 1_200),
        turn("Tom", "I see.", 1_300, 2_000),
    ]
    assert [one.text for one in merged(said)] == ["Is price the issue?", "Yeah.", "I see."]


def test_a_monologue_is_cut_at_sentence_ends_with_its_time_shared_out() -> None:
    sentence = "We looked at this for a long while and nobody could say what it costs us every month. "
    found = sided([turn("Jane", sentence * 60, 0, 600_000)], ())
    assert len(found) > 3
    assert all(len(one.text) <= LONGEST_TURN and one.text.endswith(".") for one in found)
    assert " ".join(one.text for one in found) == (sentence * 60).strip()
    starts = [one.start_ms or 0 for one in found]
    assert starts == sorted(starts)
    assert starts[0] == 0
    assert 90_000 < starts[1] < 160_000


def test_quoted_history_is_never_cut() -> None:
    assert len(sided([Turn("Old words. " * 400, spoken=False)], ())) == 1


TURNS = st.lists(
    st.builds(
        Turn,
        text=st.sampled_from(["mm-hmm", "Yeah", "We need it.", "Really?", "no", "It is slow. " * 300]),
        speaker=st.sampled_from(["Jane", "Tom", ""]),
        start_ms=st.none() | st.integers(0, 10_000),
        end_ms=st.none() | st.integers(0, 10_000),
    )
)


@given(TURNS)
def test_no_word_is_lost(turns: list[Turn]) -> None:
    found = sided(merged(turns), ())
    assert sorted(" ".join(one.text for one in found).split()) == sorted(" ".join(one.text for one in turns).split())
