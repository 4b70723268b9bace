"""The conversations read like talk: no customer repeats the others word for word, and lengths differ."""

import json
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

from tests.sample.conftest import Sample
from winward.sample.material import exchanges, lines, themes
from winward.sample.speech import sentences_of

# Below so many words people do say the same: "Go ahead, I'm listening."
SHORT = 5
MOST_USES = 3


def turns(path: Path) -> list[tuple[str, str]]:
    """(speaker, cue) of a transcript."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        whole = json.loads(text)
        names = {party["speakerId"]: party["name"] for party in whole["calls"][0]["parties"]}
        monologues = whole["callTranscripts"][0]["transcript"]
        return [(names[m["speakerId"]], s["text"]) for m in monologues for s in m["sentences"]]
    cues = re.findall(r"-->.*\n(?:<v ([^>]+)>(.*)</v>|([^:\n]+): (.*))", text)
    return [(teams or zoom, said or words) for teams, said, zoom, words in cues]


def test_no_customer_sentence_is_worn_out(sample: Sample) -> None:
    team = {
        row.split(",")[1] for row in (sample.folder / "crm" / "owners.csv").read_text(encoding="utf-8").splitlines()
    }
    said = Counter[str]()
    for path in sorted((sample.folder / "calls").iterdir()):
        said.update(s for speaker, cue in turns(path) if speaker not in team for s in sentences_of(cue))
    worn = {sentence: uses for sentence, uses in said.items() if uses > MOST_USES and len(sentence.split()) >= SHORT}
    assert worn == {}
    assert len(said) > 2_000


def test_no_planted_sentence_is_worn_out(sample: Sample) -> None:
    said = Counter(sentence for document in sample.truth.documents for _, sentence in document.sentences)
    assert [sentence for sentence, uses in said.items() if uses > MOST_USES and len(sentence.split()) >= SHORT] == []


def test_calls_differ_in_length_and_all_have_two_sides(sample: Sample) -> None:
    lengths = [len(turns(path)) for path in sorted((sample.folder / "calls").iterdir())]
    assert min(lengths) >= 6
    assert max(lengths) > 40
    assert all(len({speaker for speaker, _ in turns(path)}) >= 2 for path in (sample.folder / "calls").iterdir())


def test_times_of_a_transcript_run_forward_within_its_length(sample: Sample) -> None:
    for path in (sample.folder / "calls").glob("*.json"):
        whole = json.loads(path.read_text(encoding="utf-8"))
        spans = [s for m in whole["callTranscripts"][0]["transcript"] for s in m["sentences"]]
        assert all(a["end"] <= b["start"] for a, b in pairwise(spans))
        assert spans[-1]["end"] <= whole["calls"][0]["metaData"]["duration"] * 1000


def test_no_authored_line_stands_twice() -> None:
    for theme in themes():
        authored = [line.text for form in (theme.core, theme.spoken, theme.written, theme.after) for line in form]
        assert [text for text, uses in Counter(authored).items() if uses > 1] == [], theme.key


def test_the_authored_stock_is_wide() -> None:
    assert all(len(theme.spoken) >= 44 and len(theme.written) >= 20 for theme in themes())
    singular = lines("singular")
    assert len(singular["spoken"]) + len(singular["written"]) >= 150
    talk = [block for name in ("small_talk", "demo", "pricing", "closing") for block in exchanges(name).values()]
    own = sum(len(group) for group in lines("ours").values()) + sum(len(theme.ours) for theme in themes())
    assert own + sum(len(exchange.turns) for blocks in talk for exchange in blocks) >= 250
