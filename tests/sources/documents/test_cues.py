from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sources.documents.reading import read, said

ZOOM = """WEBVTT

NOTE
Account: Acme
Deal: ACME-14
Date: 2025-03-14
Participants: Jane Doe <jane@acme.com> (VP Operations, customer); Tom Roe <tom@ours.io> (AE, us)

1
00:00:01.000 --> 00:00:03.000
Jane Doe: Hello there.

2
00:00:03.500 --> 00:00:06.000
Jane Doe: We need single sign-on &amp; audit logs.

3
00:00:07.000 --> 00:00:09.000
Tom Roe: Understood.
"""
TEAMS = """WEBVTT - Renewal talk

00:01.000 --> 00:02.000
<v Jane Doe>One.</v>
<v Tom Roe>Two.</v>

00:30.000 --> 00:31.000 align:start
<v.loud Jane Doe>Later, <i>much</i> later.</v>
"""
NAMES = st.sampled_from(["Jane Doe", "Tom Roe", "Åsa Öberg", "J. O'Neil", "Speaker 1"])
WORDS = st.text(alphabet="abcdefghij XYZ.,!?'", min_size=1, max_size=60).map(str.strip).filter(bool)
CUES = st.lists(st.tuples(NAMES, WORDS, st.integers(0, 8_000), st.integers(1, 9_000)), min_size=1, max_size=12)


def _clock(milliseconds: int, mark: str = ".") -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{mark}{rest:03}"


def test_zooms_cues_of_one_speaker_become_one_turn(tmp_path: Path) -> None:
    (document,), problems = read(tmp_path / "Kickoff.vtt", ZOOM)
    assert not problems
    assert said(document) == [
        ("Jane Doe", "Hello there. We need single sign-on & audit logs."),
        ("Tom Roe", "Understood."),
    ]
    first, last = document.turns
    assert (first.start_ms, first.end_ms, first.side) == (1000, 6000, "customer")
    assert (last.start_ms, last.end_ms, last.side) == (7000, 9000, "us")
    assert (document.account, document.deal) == ("Acme", "ACME-14")
    assert document.happened_at == datetime(2025, 3, 14, tzinfo=UTC)
    assert document.participants[0].role == "VP Operations"


def test_teams_voices_in_one_cue_are_turns_of_their_own(tmp_path: Path) -> None:
    (document,), _ = read(tmp_path / "x.vtt", TEAMS)
    assert document.title == "Renewal talk"
    assert said(document) == [("Jane Doe", "One."), ("Tom Roe", "Two."), ("Jane Doe", "Later, much later.")]
    assert document.turns[-1].start_ms == 30_000


def test_a_long_silence_starts_a_new_turn(tmp_path: Path) -> None:
    cues = "WEBVTT\n\n00:01.000 --> 00:02.000\nJane: One.\n\n00:06.000 --> 00:07.000\nJane: Two.\n"
    (document,), _ = read(tmp_path / "x.vtt", cues)
    assert [turn.text for turn in document.turns] == ["One.", "Two."]


def test_srt_without_names_is_read_and_merged(tmp_path: Path) -> None:
    (document,), _ = read(
        tmp_path / "interviews" / "Lena.srt",
        "1\r\n00:00:01,000 --> 00:00:02,500\r\nWell, it is\r\nslow.\r\n\r\n"
        "2\r\n00:00:02,600 --> 00:00:04,000\r\nVery.\r\n",
    )
    assert said(document) == [("", "Well, it is slow. Very.")]
    assert (document.kind, document.turns[0].end_ms) == ("interview", 4000)


def test_bad_cues_are_reported_with_their_line_and_the_rest_lands(tmp_path: Path) -> None:
    bad = "no time here\n\n00:00:xx --> 1\nlost\n\n00:05.000 --> 00:04.000\nlost"
    broken = f"WEBVTT\n\n{bad}\n\n00:06.000 --> 00:07.000\nkept\n"
    (document,), problems = read(tmp_path / "x.vtt", broken)
    assert [problem.row for problem in problems] == [3, 5, 8]
    assert [turn.text for turn in document.turns] == ["kept"]


def test_the_content_outweighs_the_suffix(tmp_path: Path) -> None:
    (document,), _ = read(tmp_path / "renamed.txt", ZOOM)
    assert document.kind == "call"
    assert document.turns[0].start_ms == 1000


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CUES, st.sampled_from(["zoom", "teams", "srt"]))
def test_generated_transcripts_come_back_whole(
    tmp_path: Path, cues: list[tuple[str, str, int, int]], style: str
) -> None:
    blocks = [] if style == "srt" else ["WEBVTT"]
    clock = 0
    for number, (name, words, pause, length) in enumerate(cues, start=1):
        start, end = clock + pause, clock + pause + length
        mark = "," if style == "srt" else "."
        payload = f"<v {name}>{words}</v>" if style == "teams" else f"{name}: {words}"
        blocks.append(f"{number}\n{_clock(start, mark)} --> {_clock(end, mark)}\n{payload}")
        clock = end
    (document,), problems = read(tmp_path / ("x.srt" if style == "srt" else "x.vtt"), "\n\n".join(blocks))
    assert not problems
    wanted = " ".join(words for _, words, _, _ in cues)
    assert " ".join(" ".join(turn.text for turn in document.turns).split()) == " ".join(wanted.split())
    times = [(turn.start_ms or 0, turn.end_ms or 0) for turn in document.turns]
    assert all(start <= end for start, end in times)
    assert all(before[1] <= after[0] for before, after in pairwise(times))
    assert {turn.speaker for turn in document.turns} == {name for name, *_ in cues}
