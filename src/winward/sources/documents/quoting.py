"""What the sender of a message wrote now, apart from quoted history, signature, legal footer and helpdesk lines.

Line rules in the spirit of Carvalho and Cohen (2004), "Learning to extract signature and reply lines from email":
what only repeats or decorates stays in the document, unspoken.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from winward.sources.evidence import Turn

ATTRIBUTION = re.compile(
    r"^\s*(?:On\b.{6,200}\bwrote|Am\b.{6,200}\bschrieb\b.{0,80}|Le\b.{6,200}\ba\s+écrit|El\b.{6,200}\bescribió|"
    r"Il\b.{6,200}\bha\s+scritto|Em\b.{6,200}\bescreveu|Op\b.{6,200}\bschreef\b.{0,80})\s*:\s*$",
    re.DOTALL | re.IGNORECASE,
)
FORWARDED = re.compile(
    r"^\s*(?:-{2,}\s*(?:Original Message|Forwarded message|Ursprüngliche Nachricht|Message d'origine|"
    r"Mensaje original)\s*-{2,}"
    r"|_{20,}|Begin forwarded message:)\s*$",
    re.IGNORECASE,
)
OUTLOOK_FROM = re.compile(r"^\s*\*?(?:From|Von|De|Da|Van):\*?\s+\S", re.IGNORECASE)
OUTLOOK_SENT = re.compile(
    r"^\s*\*?(?:Sent|Date|Gesendet|Datum|Envoyé|Enviado|Inviato|Verzonden):\*?\s+\S", re.IGNORECASE
)
SIGN_OFF = re.compile(
    r"^\s*(?:(?:kind|best|warm|warmest|many|with (?:kind|best))\s+)?(?:regards|wishes|best|cheers|sincerely|thanks|"
    r"thank you|thanks again|many thanks|yours(?: truly| sincerely| faithfully)?|mit freundlichen grüßen|viele grüße|"
    r"cordialement|saludos|un saludo|atentamente)[\s,.!]*$",
    re.IGNORECASE,
)
DEVICE = re.compile(
    r"^\s*(?:Sent from (?:my |Mail for |Yahoo|Outlook)|Get Outlook for |Von meinem \w+ gesendet)", re.IGNORECASE
)
LEGAL = re.compile(
    r"(?:this|the information in this|the contents of this) (?:e-?mail|message|communication|transmission)\b.{0,200}?"
    r"(?:confidential|privileged|intended (?:only|solely))|if you (?:are not|have received) .{0,60}?"
    r"(?:intended recipient|in error)|confidentiality notice|registered (?:in|office).{0,80}(?:no\.?|number)|"
    r"please consider the environment before printing|to unsubscribe|unsubscribe from this",
    re.IGNORECASE | re.DOTALL,
)
# What a helpdesk adds to every mail, each a line of its own.
BOILERPLATE = re.compile(
    "|".join(
        (
            r"^\s*#{0,3}[-–— ]*(?:please )?(?:reply|type|write)\b.{0,40}\babove (?:this|the) line\b",
            r"^\s*(?:this is an )?automat(?:ed|ic|ically generated)\b.{0,40}\b(?:reply|message|response|e-?mail)\b",
            r"^\s*(?:please )?do not reply to this (?:e-?mail|message)\b",
            r"^\s*you(?:['’]re| are)? receiv(?:ed|ing) this (?:e-?mail|message|notification) because\b",
            r"^\s*(?:your )?(?:ticket|case|request) \(?#\w{2,20}\)? (?:has been|was) \w+ed\b",
            r"^\s*(?:view|open|reply to) (?:this|your|the) (?:ticket|request|conversation) (?:online|at|in|on)\b",
            r"^\s*how would you rate the (?:support|help)\b",
            r"^\s*\[?ref:[\w.:!-]{8,}\]?\s*$",
            r"^\s*(?:ticket|case) (?:id|number|no\.?)\s*[:#]\s*\S+\s*$",
        )
    ),
    re.IGNORECASE,
)
# Every legal text has one of these; looking for them first makes the search above rare.
LEGAL_WORDS = ("confidential", "privileged", "intended", "in error", "registered", "unsubscribe", "before printing")
# A sign-off further from the end than this is part of what is said.
LONGEST_SIGNATURE = 12
# Signature and legal footer together.
LONGEST_ENDING = 60
LONGEST_SIGNATURE_LINE = 80


def split_message(text: str, speaker: str = "") -> Iterator[Turn]:
    """The message's paragraphs in order as turns; quoted history, signature and legal footers with spoken=False."""
    lines = text.splitlines()
    history = _history(lines)
    silent = history | _signature(lines, history) | {at for at, line in enumerate(lines) if BOILERPLATE.match(line)}
    for spoken, run in groupby(range(len(lines)), key=lambda index: index not in silent):
        words = [lines[index] for index in run]
        if not spoken:
            yield Turn("\n".join(words).strip("\n"), speaker, spoken=False)
            continue
        for filled, paragraph in groupby(words, key=lambda line: bool(line.strip())):
            said = "\n".join(paragraph).strip()
            if filled:
                yield Turn(said, speaker, spoken=not _is_legal(said))


def _history(lines: Sequence[str]) -> set[int]:
    """The indices of lines that repeat earlier messages, with the lines that announce them."""
    quoted = {index for index, line in enumerate(lines) if line.lstrip().startswith(">")}
    for index, line in enumerate(lines):
        if index in quoted:
            continue
        if FORWARDED.match(line) or (
            OUTLOOK_FROM.match(line) and any(map(OUTLOOK_SENT.match, lines[index + 1 : index + 4]))
        ):
            return quoted | set(range(index, len(lines)))
        if (length := _attribution(lines, index)) and not _answers_follow(lines, index + length):
            return quoted | set(range(index, len(lines)))
        quoted |= set(range(index, index + length))
    return quoted


def _attribution(lines: Sequence[str], index: int) -> int:
    """How many lines `On Monday, Jane wrote:` takes here (programs wrap it over up to three); 0 where it is none."""
    if not re.match(r"\s*(?:On|Am|Le|El|Il|Em|Op)\s", lines[index], re.IGNORECASE):
        return 0
    return next((n for n in (1, 2, 3) if ATTRIBUTION.match("\n".join(lines[index : index + n]))), 0)


def _answers_follow(lines: Sequence[str], index: int) -> bool:
    """Whether the quoted lines are marked, so that what is unmarked below them was written between them."""
    return next((line.lstrip().startswith(">") for line in lines[index:] if line.strip()), False)


def _signature(lines: Sequence[str], history: set[int]) -> set[int]:
    """From `-- `, or from a sign-off in the last lines that only short lines follow, to where the history begins."""
    own = [index for index in range(len(lines)) if index not in history and lines[index].strip()]
    for place, index in enumerate(own):
        line = lines[index]
        if line.rstrip() in ("--", "—") or DEVICE.match(line):
            return set(own[place:])
        rest = own[place + 1 :] if len(own) - place <= LONGEST_ENDING and SIGN_OFF.match(line) else None
        if rest is not None and _looks_like_a_card([lines[later] for later in rest]):
            return set(own[place:])
    return set()


def _is_legal(text: str) -> bool:
    lowered = text.lower()
    return any(word in lowered for word in LEGAL_WORDS) and LEGAL.search(text) is not None


def _looks_like_a_card(lines: Sequence[str]) -> bool:
    own = [line for line in lines if not _is_legal(line)]
    return (
        len(own) <= LONGEST_SIGNATURE
        and all(len(line) <= LONGEST_SIGNATURE_LINE for line in own[:LONGEST_SIGNATURE])
        and not any(line.rstrip().endswith("?") for line in own)
    )
