"""How much hangs on what was said: a small lexicon with weights, added up."""

import math
import re

# Log-odds: 0 is the middle. Read from what people say when a deal hangs on it, and when nothing does.
_BASE = -0.4
_CUES = tuple(
    (re.compile(pattern, re.IGNORECASE), weight)
    for weight, pattern in (
        (3.0, r"\b(?:deal|show)[- ]?(?:breaker|stopper)s?\b|\bnon[- ]?starter\b|\bdeal is off\b"),
        (
            2.6,
            r"\b(?:can['’]?t|cannot|won['’]?t|will not|could not|couldn['’]t|unable to) (?:\w+ ){0,2}(?:sign|"
            r"buy|move forward|go ahead|proceed|roll ?out|renew|adopt|go live|approve)\b",
        ),
        (
            2.2,
            r"\b(?:block(?:s|er|ed|ing)|mandatory|non[- ]?negotiable|must[- ]have|hard requirement|"
            r"no way around|red line)\b",
        ),
        (
            1.2,
            r"\b(?:must|required?|requires|requirement|have to|has to|critical\w*|crucial|essential|"
            r"absolutely|legally)\b",
        ),
        (
            1.6,
            r"\b(?:cancel\w*|leave|leaving|churn\w*|switch away|walk away|terminate|lost (?:the|a|us)|"
            r"unacceptable)\b",
        ),
        (
            0.8,
            r"\b(?:need|needs|urgent\w*|asap|immediately|every (?:single )?(?:day|week|time|month)|always|"
            r"constantly|nightmare|hours|days)\b",
        ),
        (
            0.6,
            r"\b(?:really|very|extremely|huge|massive|major|serious\w*|terrible|awful|horrible|never works?|"
            r"completely|totally)\b",
        ),
        (0.3, r"\d"),
        (0.3, r"!"),
        (
            -1.8,
            r"\b(?:would be (?:nice|great|good|cool|handy|helpful)|nice[- ]to[- ]have|some ?day|eventually|"
            r"if possible|bonus)\b",
        ),
        (
            -2.0,
            r"\b(?:minor|small thing|little thing|nitpick\w*|not a big deal|no big deal|not urgent|cosmetic|"
            r"no rush|low priority)\b",
        ),
        (
            -0.8,
            r"\b(?:maybe|perhaps|might|a bit|a little|slightly|kind of|sort of|i guess|i suppose|wish|ideally|"
            r"could be)\b",
        ),
    )
)


def strength(sentence: str) -> float:
    """Between 0 (would be nice) and 1 (can't sign without): the logistic of the summed weights of the cues found."""
    score = _BASE + sum(weight for cue, weight in _CUES if cue.search(sentence))
    return 1 / (1 + math.exp(-score))
