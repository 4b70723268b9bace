"""Small signs in the wording that vectors blur and hashed words dilute: each is there or not."""

import re

_PATTERNS = {
    "asks": r"\?\s*[\"'”’)]*$",
    "asks first": (
        r"^(?:so |and |but |okay |um |uh |well )*(?:what|how|why|when|where|who|which|do|does|did|can|"
        r"could|is|are|will|would|has|have|should)\b"
    ),
    "asks politely": (
        r"\b(?:can|could|would) (?:you|we|it|they)\b|\bany chance\b|\bplease\b|\bi wish\b|"
        r"\bwould be (?:nice|great|good)\b"
    ),
    "negates": r"\b(?:not|no|never|none|nothing|without|cannot|nor|isn|wasn|neither)\b|n['’]t\b",
    "denies a problem": (
        r"\b(?:never|not|wasn['’]t|isn['’]t|no longer|hardly)(?: \w+){0,3} (?:issue|problem|concern|"
        r"blocker|reason|objection|complain\w*|worr\w*)\b|\bno (?:complaints|concerns|issues?|problems?|"
        r"worries|objections?)\b"
    ),
    "denies a need": (
        r"\b(?:don['’]t|doesn['’]t|didn['’]t|do not|never|no) (?:\w+ )?(?:need|want|require|care)\b|"
        r"\bno need\b"
    ),
    "negative need": r"\b(?:must|should|may|can) ?(?:not|n['’]t)\b|\b(?:can['’]t|cannot) (?:have|allow|leave|accept)\b",
    "money": (
        r"[$€£]\s?\d|\d\s?(?:[$€£]|k\b|usd|eur|dollars|euros|per (?:seat|user|month|year))|\b(?:pric\w+|"
        r"cost\w*|budget\w*|discount\w*|fees?|licen[cs]e\w*|expensive|cheap\w*|per seat|invoice\w*|"
        r"pay\w*)\b"
    ),
    "must": r"\b(?:need|needs|needed|must|require\w*|have to|has to|got to|gotta|essential|mandatory)\b",
    "promises": r"\b(?:i|we)(?:['’]ll| will| shall| am going to|['’]m going to|['’]re going to)\b|\blet me\b",
    "when": (
        r"\b(?:by|before|until|on|next|this|end of) (?:mon|tues|wednes|thurs|fri)day\b|\b(?:tomorrow|"
        r"next week|next month|q[1-4]|end of (?:the )?(?:week|month|year|quarter)|by the end)\b"
    ),
    "decides": (
        r"\b(?:decid\w+|decision\w*|sign(?:s|ed)? off|approv\w+|board|committee|procurement|budget holder|"
        r"go ahead|agreed|chose|chosen|final say|green ?light)\b"
    ),
    "harm": (
        r"\b(?:churn\w*|cancel\w*|leav(?:e|ing)|switch(?:ing)? away|breach\w*|gdpr|leak\w*|privacy|"
        r"security|legal\w*|lawsuit|soc ?2|compliance|audit\w*|renew\w*|fraud\w*|hipaa)\b"
    ),
    "hurts": (
        r"\b(?:slow\w*|crash\w*|broke\w*|fail\w*|bug\w*|manual\w*|workaround\w*|painful|annoy\w*|"
        r"frustrat\w*|hours|lost|clunky|confus\w*|nightmare|struggl\w*|useless|terrible|awful)\b"
    ),
    "pleases": (
        r"\b(?:love\w*|great|awesome|fantastic|excellent|amazing|happy|impress\w*|brilliant|delight\w*|"
        r"saves? us|works well|easy to|best)\b"
    ),
    "compares": (
        r"\b(?:compared|versus|vs|than|instead of|alternative\w*|competitor\w*|switch(?:ed|ing) (?:from|"
        r"to)|rival\w*|moved from)\b"
    ),
    "seeks words": r"\b(?:you know|i mean|sort of|kind of|uh|um)\b",
    "introduces": (
        r"\b(?:my name is|nice to meet|share my screen|see my screen|can you hear|on mute|next slide|"
        r"this meeting|agenda)\b"
    ),
    "named": r"(?<=[a-z,] )[A-Z][a-z]+(?:[A-Z][a-z]+)?\b",
}

# Case carries the meaning of one of them: a name within a sentence.
CUES = tuple(re.compile(pattern, 0 if name == "named" else re.IGNORECASE) for name, pattern in _PATTERNS.items())
