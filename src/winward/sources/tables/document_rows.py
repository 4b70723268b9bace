"""Documents from tables of reviews, survey answers, tickets and notes: one row is one document."""

from winward.sources.evidence import Document, DocumentKind, Participant, Turn
from winward.sources.tables.cells import Cells, RowFault, account_named
from winward.sources.tables.identity import text_id
from winward.sources.tables.vocabulary import MORE_TEXTS

_TITLE_LENGTH = 80
_KINDS: tuple[tuple[str, DocumentKind], ...] = (
    ("interview", "interview"), ("survey", "survey"), ("ticket", "ticket"), ("case", "ticket"), ("issue", "ticket"),
    ("review", "review"), ("e-mail", "email"), ("email", "email"), ("call", "call"), ("meeting", "meeting"),
    ("note", "note"), ("chat", "message"), ("message", "message"),
)  # fmt: skip


def document_row(cells: Cells) -> Document:
    """One turn per column of words; with several, `extra` keeps each turn's question as `question 1`, `question 2` …"""
    answers = [(field, cells.verbatim(field)) for field in ("text", *MORE_TEXTS) if cells.text(field)]
    title = cells.text("title")
    if not answers and not title:
        raise RowFault("text", "the row has no words in it")
    turns = _turns(cells, [answer for _, answer in answers] or [title])
    return Document(
        external_id=cells.text("id") or _derived_id(cells, turns),
        kind=_kind(cells),
        title=title or _shortened(turns[0].text),
        turns=turns,
        happened_at=cells.moment("happened_at"),
        participants=_participants(cells),
        account=account_named(cells),
        deal=cells.text("deal"),
        file=cells.file,
        row=cells.row,
        extra=_extra(cells, [field for field, _ in answers]),
    )


def _turns(cells: Cells, texts: list[str]) -> tuple[Turn, ...]:
    speaker = cells.first("author", "author_email")
    return tuple(Turn(text=text, speaker=speaker, side="customer") for text in texts)


def _derived_id(cells: Cells, turns: tuple[Turn, ...]) -> str:
    about = (cells.text(field) for field in ("title", "author", "author_email", "happened_at", "account", "deal"))
    return text_id(*(turn.text for turn in turns), *about)


def _kind(cells: Cells) -> DocumentKind:
    stated = cells.text("kind").casefold()
    return next((kind for word, kind in _KINDS if word in stated), cells.mapping.document_kind)


def _participants(cells: Cells) -> tuple[Participant, ...]:
    name, email = cells.text("author"), cells.text("author_email").lower()
    return (Participant(name or email, email, "customer", cells.text("role")),) if name or email else ()


def _extra(cells: Cells, answered: list[str]) -> dict[str, str]:
    extra = cells.extra()
    if rating := cells.text("rating"):
        extra["rating"] = rating
    if stated := cells.text("kind"):
        extra["type"] = stated
    if cells.text("account_id") and cells.text("account"):
        extra["account_name"] = cells.text("account")
    if sum(field in cells.mapping.fields for field in ("text", *MORE_TEXTS)) > 1:
        extra |= {f"question {number}": cells.mapping.fields[field] for number, field in enumerate(answered, start=1)}
    return extra


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _TITLE_LENGTH else f"{line[:_TITLE_LENGTH].rsplit(' ', 1)[0]} …"
