"""Which sentences are labelled as gold: half by plain chance, half by chance among those with a kind's words.

    python -m bench.gold_sample > references.jsonl

Only the half of the real texts kept for gold is drawn from, without what may be learnt from and what an earlier gold
set held. The word patterns are broad on purpose, so that they bring near misses beside what they look for. Nothing
is drawn by what a reader makes of a sentence. The references stay right when sentences come to be cut elsewhere; drawn
again, they would be others.
"""

import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from bench.gold import TRUTH, Reference, document_of
from bench.real_texts import SOURCES, for_gold, spans, trained_on
from tests.real_data import REAL_DATA

SEED = 20261122


class Draw(NamedTuple):
    """Sentences drawn by chance among those with these words. kind: what the words hint at. counts: by source.

    The words are read without regard to case, but for competitor, where a capital makes a name.
    """

    kind: str
    words: str
    counts: dict[str, int]

    def fits(self, text: str) -> bool:
        return re.search(self.words, text, 0 if self.kind == "competitor" else re.IGNORECASE) is not None


# A source that hardly ever holds a kind is left to chance.
DRAWS = [
    Draw("chance", "", {"meetings": 140, "bargaining": 100, "reviews": 80, "features": 40, "issues": 40}),
    Draw(
        "price",
        r"\b(cost|costs|euros?|dollars?|prices?|priced|pricing|expensive|cheap\w*|pay|paying|paid|budget|free|money"
        r"|subscri\w+|refund\w*|profit|sell\w*)\b|[$€£]",
        {"meetings": 24, "reviews": 16, "features": 8, "issues": 4},
    ),
    Draw(
        "competitor",
        r"\blike (the )?[A-Z]\w+|\b(than|instead of|switch\w*|compared|compar\w+|rivals?|competit\w+|alternatives?"
        r"|similar to|(other|another|any|different|better|best) (\w+ )?(apps?|sites?|programs?|remotes?|products?"
        r"|brands?|libraries|frameworks?|editors?|company|companies|manufacturers?))\b|\b(Apple|iPod|Sony|Philips"
        r"|Google|Firefox|Chrome|Safari|Dropbox|Spotify|Pandora|Facebook|Instagram|Netflix)\b",
        {"meetings": 14, "reviews": 26, "features": 12, "issues": 16},
    ),
    Draw(
        "risk",
        r"\b(secur\w+|hack\w*|uninstall\w*|cancel\w*|switch\w* to|privacy|private|leav\w+|delet\w+|remov\w+"
        r"|vulnerab\w+|attack\w*|legal\w*|licen[cs]e\w*|fraud\w*|scam\w*|steal\w*|lawsuit|patent\w*|permission\w*"
        r"|password\w*|stop(ped)? using|goodbye|going back to|malicious|leak\w*|dangerous|safe\w*|expos\w+"
        r"|untrusted)\b",
        {"meetings": 6, "reviews": 26, "features": 8, "issues": 24},
    ),
    Draw(
        "commitment",
        r"\b(i'll|we'll|i ?ll|we ?ll|i will|we will|going to|gonna|let me|i can try|happy to|will send|i'd be"
        r"|looking into|plan to|working on|submit\w*|open a pr|pull request|promise)\b",
        {"meetings": 24, "bargaining": 6, "reviews": 6, "issues": 18},
    ),
    Draw(
        "decision",
        r"\b(decid\w+|decision|agree\w*|deal|let's go with|so we|settled|we're gonna|go for|we have to|that's fine"
        r"|sounds? good|accept\w*|works for me|final|okay so|reject\w*|no way|boss|management|deadline)\b",
        {"meetings": 26, "bargaining": 18, "issues": 4},
    ),
    Draw(
        "objection",
        r"\b(but|too|not sure|don't think|do not think|why would|rather not|problem is|however|though|can't|doesn't"
        r"|wouldn't|won't|not enough|unless|fair|difficult|hard to|confus\w+|worth)\b",
        {"meetings": 20, "bargaining": 14, "reviews": 6, "issues": 6},
    ),
    Draw(
        "need",
        r"\b(needs?|needed|have to|has to|must|require\w*|want|wants|should be able|essential|necessary|important"
        r"|got to|without)\b",
        {"meetings": 8, "bargaining": 6, "reviews": 3, "issues": 3},
    ),
    Draw(
        "pain",
        r"\b(crash\w*|bugs?|slow\w*|fail\w*|broken|annoy\w+|hate\w*|frustrat\w+|error\w*|won't|doesn't|can't|keeps?"
        r"|lost|lose|worse|terrible|wrong|useless|sucks?|freez\w+)\b",
        {"meetings": 3, "reviews": 3, "issues": 6},
    ),
    Draw(
        "request",
        r"\b(please|add|fix|wish|would be (nice|great|cool|good|better|helpful)|should|could (you|i|we)|can (you|i"
        r"|we)|how about|would like|bring back|make it|suggest\w*|propos\w+|let me have)\b",
        {"meetings": 4, "bargaining": 4, "reviews": 4, "issues": 4},
    ),
    Draw(
        "praise",
        r"\b(great|love\w*|best|awesome|good|nice|easy|excellent|perfect\w*|works|helpful|thanks?|useful|favou?rite"
        r"|recommend\w*|happy|amazing|beautiful|cool|fun)\b",
        {"meetings": 4, "bargaining": 3, "reviews": 3},
    ),
    Draw(
        "question",
        r"\?|^(what|why|how|do|does|is|are|can|could|would|which|who|where)\b",
        {"meetings": 6, "bargaining": 6, "issues": 6},
    ),
    # Kinds that these brought fewer than thirty times over were drawn again, by words nearer to them.
    Draw(
        "commitment",
        r"\b((i|we|you)('ll| ?ll| will| can| could|'m going to|'re going to) (\w+ )?(try|check|send|look|make|do"
        r"|have|prepare|work|talk|see|find|put|update|write|get|think|submit|open|report|bring|keep|let|be back"
        r"|change|ask|e-?mail|finish|discuss|draw|contribute|help|create|provide|implement|add|post|share"
        r"|investigate|take)|(happy|glad|willing) to \w+|let you know|next (meeting|time|week|release|version)|(a"
        r"|the) (pr|pull request|patch))\b",
        {"meetings": 42, "issues": 30, "reviews": 4},
    ),
    Draw(
        "competitor",
        r"\b(Yelp|Kingsoft|Skydrive|OneDrive|Google Drive|Box|Pandora|Hulu|Viber|Skype|Kik|Line|Messenger|Twitter"
        r"|Instagram|Photoshop|OneNote|Chrome|Opera|Dolphin|Amazon|Spotify|Sony|Philips|Samsung|Nokia|iPod|iPhone"
        r"|iPad|P[yY]?[tT]orch|[nN]um[pP]y|Keras|Matlab|MATLAB|Vue|Angular|Svelte|Preact|Sublime|JetBrains|IntelliJ"
        r"|PyCharm|Vim|vim|Emacs|Electrum|Ethereum|btcd|geth)\b|\b([cC]ompetit\w+|[aA]lternatives?|other (remotes?"
        r"|remote controls|apps?|games?|services|programs?|products?|frameworks?|librar\w+|editors?|wallets?)"
        r"|similar apps?|on the market|better than|out there)\b",
        {"meetings": 12, "reviews": 24, "features": 8, "issues": 16},
    ),
    Draw(
        "risk",
        r"\b(uninstall\w*|delet(ed|ing) (the|this|it|my|app)|cancel\w*|switch\w* (to|back)|stop(ped)? using"
        r"|no longer use|won't use|not use|going back|looking for (another|something)|privacy|spy\w*|hack\w*"
        r"|permissions?|security|secure|insecure|vulnerab\w+|attack\w*|exploit\w*|malicious|leak\w*|dos|ddos|cve"
        r"|steal\w*|stolen|scam\w*|fraud\w*|legal\w*|licen[cs]e|patent\w*|personal (data|info\w*)|track(s|ing) (me"
        r"|my|you|user\w*))\b",
        {"meetings": 4, "reviews": 24, "features": 10, "issues": 26},
    ),
    Draw(
        "commitment",
        r"\b((i|we)('ll| ?ll| will|'m going to| am going to|'m gonna) (\w+ )?(send|email|e-mail|find out|look (at"
        r"|into|up|for)|check|put (the|it|them|that|this)|get back|write|ask|prepare|come back|report|update|let you"
        r"|open (a|an)|submit|push|post|provide|fix|file|investigate|contribute|work on|try (to|and)|bring|share"
        r"|change my|draw up|follow|make sure|keep)|(happy|glad|willing) to (\w+ )?(help|submit|open|work|provide"
        r"|make|send|contribute|share|test|review|try|put|take|write|do|implement|create|explain|show|answer)"
        r"|let you know|get back to you|(i|we) (can|could) (submit|open|send|provide|contribute|make a pr|work on"
        r"|help|prepare)|will (update|come back|report|let|send|provide|submit|try|re-?rate|change)|(before|for|at"
        r"|until) (the )?next meeting|promise)\b",
        {"meetings": 46, "issues": 25, "bargaining": 8, "reviews": 3, "features": 2},
    ),
    Draw(
        "commitment",
        r"\b(i'll|i will|i'm gonna|i'm going to|i can) (just |try (to|and) )?(find|check|send|put|write|e-?mail|look"
        r" into|draw|work|prepare|share|bring|ask|update|report|fill)\b|\b(after|before) (this|the|our) (next )?"
        r"(meeting|lunch)\b",
        {"meetings": 34},
    ),
    Draw(
        "objection",
        r"\b(not worth|waste\w*|wouldn't (pay|buy|want|recommend|use)|(don't|do not) (buy|download|bother|waste|get"
        r"|want|like|see|agree)|rather|no point|too (much|many|big|small|hard|expensive|complicated|simple|busy|heavy"
        r"|long)|problem (with|is|would)|disadvantage|drawback|downside|unfair|not fair|that leaves me|but (then|if"
        r"|that)|i'm not (sure|convinced)|overkill|unnecessary|makes? (no|any) sense|doesn't make sense"
        r"|people (won't|don't|wouldn't)|won't work)\b",
        {"meetings": 32, "bargaining": 14, "reviews": 14, "features": 10, "issues": 10},
    ),
]


class Candidate(NamedTuple):
    reference: Reference
    text: str


def sample() -> Iterator[tuple[Candidate, str]]:
    """Every chosen sentence with its draw: "chance", or the kind whose pattern it matched."""
    taken: set[Reference] = set()
    pools = {source: candidates(source) for source in SOURCES}
    for draw in DRAWS:
        for source, count in draw.counts.items():
            left = [one for one in pools[source] if one.reference not in taken and draw.fits(one.text)]
            drawn = random.Random(f"{SEED} {draw.kind}").sample(left, min(count, len(left)))
            taken.update(candidate.reference for candidate in drawn)
            yield from ((candidate, draw.kind) for candidate in drawn)


def candidates(source: str) -> list[Candidate]:
    """Sentences of the half kept for gold that are said once and stand in nothing that is learnt from."""
    before = _in_earlier_gold()
    items = [item for item in SOURCES[source]() if for_gold(item)]
    found = [
        Candidate(Reference(source, document_of(item), item.number, start, end), item.text[start:end])
        for item in items
        if (source, document_of(item), item.number) not in before
        for start, end in spans(item)
    ]
    times = Counter(_plain(candidate.text) for candidate in found)
    learnt = _Learnt() if source in ("reviews", "features") else None
    return [one for one in found if times[_plain(one.text)] == 1 and not (learnt and learnt.holds(one.text))]


class _Learnt:
    """What may be learnt from. It cuts reviews elsewhere than we do, so a part of a sentence counts as well."""

    def __init__(self) -> None:
        self.sentences = trained_on()
        self.long = [sentence for sentence in self.sentences if len(sentence.split()) >= 5]
        self.together = "\n".join(self.sentences)

    def holds(self, text: str) -> bool:
        plain = _plain(text)
        return plain in self.together or any(sentence in plain for sentence in self.long)


def _in_earlier_gold() -> set[tuple[str, str, int]]:
    lines = (TRUTH / "reading_gold.jsonl").read_text("utf-8").splitlines()
    return {_place(row["file"], row["item"]) for row in map(json.loads, lines)}


def _place(file: str, number: int) -> tuple[str, str, int]:
    path = REAL_DATA / file
    return ("meetings", path.stem, number) if file.startswith("meetings") else ("reviews", "", number)


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


def main() -> None:
    for candidate, draw in sample():
        sys.stdout.write(json.dumps({**candidate.reference._asdict(), "draw": draw}) + "\n")


if __name__ == "__main__":
    main()
