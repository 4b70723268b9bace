"""What a stage or status label says about how a deal ended."""

import re
from functools import lru_cache

from winward.sources.evidence import DealState

_WON = re.compile(
    r"\b(closed ?won|won|win|gewonnen|gagnée?s?|ganad[ao]s?|vinta|vinto|ganha|ganho|"
    r"(?:contract|deal|order) signed|^signed|sold|zugesagt)\b"
)
_LOST = re.compile(
    r"\b(closed ?lost|lost|lose|loss|verloren|perdue?s?|perdid[ao]s?|persa|perso|cancell?ed|abandoned|churned|dead|"
    r"disqualified|rejected|declined|no ?decision|abgelehnt|abandonnée?|annulée?|cancelad[ao]|unsuccessful|not ?won)\b"
)
_OPEN = re.compile(
    r"\b(open|offen|ouverte?|abiert[ao]|aberto|active|in progress|pipeline|prospect(?:ing)?|engaging|engaged|"
    r"qualif\w*|discovery|demo\w*|proposal|proposition|quote|angebot|negotiat\w*|verhandlung|négociation|negociación|"
    r"contract sent|"
    r"appointment ?scheduled|presentation ?scheduled|decision ?maker ?bought ?in|evaluation|pilot|poc|trial|new|lead|"
    r"id decision makers|perception analysis|needs analysis|value proposition|commit|best case|on hold|stalled)\b"
)
_CLOSED = re.compile(r"(closed|geschlossen|abgeschlossen|clos|fermée?|clôturée?|cerrad[ao]|done|ended)")
_LEFT = re.compile(
    r"\b(churned|cancell?ed|former|ex customer|ex client|lost|left|terminated|offboarded|inactive|gekündigt|"
    r"ehemalig\w*|verloren|inaktiv|résiliée?|ancien\w*|inactif|baja|cancelad[ao]|perdid[ao]|antigu[ao]|inactiv[ao])\b"
)
_YES = frozenset({
    "true", "yes", "y", "1", "1.0", "ja", "oui", "si", "sí", "x", "wahr", "vrai",
})  # fmt: skip
_NO = frozenset({
    "false", "no", "n", "0", "0.0", "nein", "non", "falsch", "faux",
})  # fmt: skip


@lru_cache(maxsize=4_096)
def state_of(label: str) -> DealState | None:
    """`Closed Lost`, `closedwon`, `won - signed`, `Gewonnen`: the state that a label names; None where it names none.

    Where a label names both (`Lost - they won`), what stands first decides.
    """
    text = re.sub(r"[^\w]+|_", " ", label.casefold()).strip()
    found = [(match.start(), state) for state, match in _named(text) if match]
    if found:
        return min(found)[1]
    return "open" if _OPEN.search(text) else None


def _named(text: str) -> tuple[tuple[DealState, re.Match[str] | None], ...]:
    return ("lost", _LOST.search(text)), ("won", _WON.search(text))


def says_only_closed(label: str) -> bool:
    """`Closed`: over, but not whether won or lost."""
    return bool(_CLOSED.fullmatch(re.sub(r"[^\w]+|_", " ", label.casefold()).strip()))


def says_left(label: str) -> bool:
    """`Churned`, `Former customer`, `Gekündigt`, or a yes in a column that asks: no customer any more."""
    return bool(yes_or_no(label)) or bool(_LEFT.search(re.sub(r"[^\w]+|_", " ", label.casefold())))


def yes_or_no(text: str) -> bool | None:
    folded = text.strip().casefold()
    if folded in _YES:
        return True
    return False if folded in _NO else None
