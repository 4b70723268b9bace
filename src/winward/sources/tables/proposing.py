"""Decides what kind of table a file is, and which column is which field."""

from collections import Counter
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from itertools import islice

from winward.sources.limits import Unreadable
from winward.sources.tables.conventions import conventions
from winward.sources.tables.mapping import Mapping, signature
from winward.sources.tables.opening import Table
from winward.sources.tables.shapes import Shape, shape_of
from winward.sources.tables.vocabulary import (
    MORE_TEXTS,
    TABLE_KINDS,
    Label,
    TableKind,
    fields_of,
    label_key,
    labels,
    telling,
)

SAMPLE_ROWS = 1_000
_LONG_TEXT_WORDS = 6
_FILE_NAME_HINTS: tuple[tuple[str, TableKind], ...] = (
    ("stage history", "stages"), ("stage_history", "stages"), ("stagehistory", "stages"),
    ("deal", "deals"), ("opportunit", "deals"), ("pipeline", "deals"),
    ("account", "accounts"), ("compan", "accounts"), ("organi", "accounts"),
    ("contact", "contacts"), ("people", "contacts"),
    ("owner", "owners"), ("sales_team", "owners"), ("sales team", "owners"), ("agents", "owners"), ("reps", "owners"),
    ("product", "products"), ("pricebook", "products"),
    ("review", "documents"), ("survey", "documents"), ("ticket", "documents"), ("note", "documents"),
    ("feedback", "documents"), ("nps", "documents"), ("issue", "documents"), ("case", "documents"),
)  # fmt: skip
# `Has company` and `Previous stage` are something else than `company` and `stage`.
_CHANGING_WORDS = frozenset({"has", "is", "no", "number", "count", "previous", "last", "next", "old", "from", "parent"})
_SHAPED: dict[str, str] = {
    "amount": "amounts", "price": "amounts", "employees": "amounts", "probability": "amounts",
    "recurring": "amounts", "recurring_monthly": "amounts",
    "created_on": "dates", "closed_on": "dates", "entered_on": "dates", "happened_at": "dates",
    "churned_on": "dates", "contract_end": "dates",
    "state": "states", "email": "emails", "author_email": "emails", "domain": "domains",
    "is_won": "yes_no", "is_closed": "yes_no", "is_lost": "yes_no",
}  # fmt: skip
_SHAPE_WORDS = {"amounts": "numbers", "dates": "dates", "emails": "e-mail addresses", "domains": "web addresses",
                "yes_no": "yes or no", "states": "won, lost or open"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claim:
    """A column that may be a field. rank: the lowest wins among claims to one field or column."""

    field: str
    column: str
    reason: str
    confidence: float
    rank: tuple[float, int, int]


def propose_mapping(
    table: Table, kind: TableKind | None = None, overrides: AnyMapping[str, str] | None = None
) -> Mapping:
    """What kind of table it is (or the `kind` given) and which column is which field; `overrides` {field: column} win.

    Raises ValueError, listing the valid ones, for an unknown kind, field or column; Unreadable where neither headings
    nor values say what the table holds.
    """
    sample = [row for _, row in islice(table.rows(), SAMPLE_ROWS)]
    shapes = {column: shape_of([row[column] for row in sample]) for column in table.columns}
    decided = _checked_kind(kind) if kind else _likeliest_kind(table, shapes, overrides or {})
    forced = _checked_overrides(table, decided, overrides or {})
    claims = _settled([*forced, *_claims(table, decided, shapes)])
    if decided == "documents":
        claims += _further_texts(table, shapes, claims)
    _require_content(table, decided, claims)
    return _assembled(table, decided, claims)


def _checked_kind(kind: str) -> TableKind:
    for known in TABLE_KINDS:
        if kind == known:
            return known
    raise ValueError(f"{kind!r} is no kind of table; the kinds are {', '.join(TABLE_KINDS)}")


def _checked_overrides(table: Table, kind: TableKind, overrides: AnyMapping[str, str]) -> list[Claim]:
    by_key = {label_key(column): column for column in reversed(table.columns)}
    claims = []
    for field, column in overrides.items():
        if field not in fields_of(kind):
            raise ValueError(f"{field!r} is no field of {kind}; the fields are {', '.join(fields_of(kind))}")
        found = column if column in table.columns else by_key.get(label_key(column))
        if found is None:
            raise ValueError(f"{table.name} has no column {column!r}; its columns are {', '.join(table.columns)}")
        claims.append(Claim(field, found, "as you said", 1.0, (-1, 0, 0)))
    return claims


def _likeliest_kind(table: Table, shapes: dict[str, Shape], overrides: AnyMapping[str, str]) -> TableKind:
    scores = Counter({kind: score for kind, score in _heading_scores(table).items() if score})
    for field in overrides:
        scores.update({kind: 1 for kind in TABLE_KINDS if field in fields_of(kind)})
    name = table.name.casefold()
    hint = next((kind for word, kind in _FILE_NAME_HINTS if word in name), None)
    if hint:
        scores[hint] += 1
    if any(shape.words >= _LONG_TEXT_WORDS for shape in shapes.values()):
        scores["documents"] += 1
    if any({"won", "lost"} <= shape.ends and shape.states > 0.7 for shape in shapes.values()):
        scores["deals"] += 1
    if not scores:
        raise Unreadable(
            f"{table.name}: its columns ({', '.join(table.columns[:8])}) don't say what it holds; name the kind of "
            f"table: {', '.join(TABLE_KINDS)}"
        )
    return max(TABLE_KINDS, key=lambda kind: scores[kind])


def _heading_scores(table: Table) -> dict[TableKind, float]:
    scores = dict.fromkeys(TABLE_KINDS, 0.0)
    for column in table.columns:
        for kind, weight in telling(label_key(column)).items():
            scores[kind] += weight
    return scores


def _claims(table: Table, kind: TableKind, shapes: dict[str, Shape]) -> list[Claim]:
    claims: list[Claim] = []
    for position, column in enumerate(table.columns):
        known = _known_labels(column, kind)
        for label, exact in known:
            claims.append(_label_claim(column, position, label, exact, shapes[column]))
        if not known:
            claims += _shape_claims(column, position, kind, shapes[column])
    return [claim for claim in claims if claim.confidence > 0]


def _known_labels(column: str, kind: TableKind) -> list[tuple[Label, bool]]:
    """Labels equal to the heading; failing that, to its part outside or before brackets (`Amount (USD)`)."""
    known = labels(kind)
    if exact := known.get(label_key(column)):
        return [(label, True) for label in exact]
    outside = column.partition("(")[0]
    words = outside.replace("_", " ").split()
    inner = words[1:] if words and words[0].casefold() not in _CHANGING_WORDS else []
    for shorter in (outside, " ".join(words[:-1]), " ".join(inner)):
        if len(label_key(shorter)) >= 3 and (found := known.get(label_key(shorter))):
            return [(label, False) for label in found]
    return []


def _label_claim(column: str, position: int, label: Label, exact: bool, shape: Shape) -> Claim:
    reason, confidence = _label_reason(label, exact)
    wanted = _SHAPED.get(label.field)
    if wanted and shape.filled and getattr(shape, wanted) < 0.5:
        doubt = f"{reason}, though most of its values aren't {_SHAPE_WORDS[wanted]}"
        return Claim(label.field, column, doubt, 0.3 if exact else 0.0, (3, label.place, position))
    if label.field == "id" and shape.distinct < 0.9 and shape.filled > 20:
        return Claim(label.field, column, f"{reason}, though its values repeat", 0.0, (3, label.place, position))
    empty = 0 if shape.filled else 1.5
    return Claim(label.field, column, reason, confidence, ((0 if exact else 1) + empty, label.place, position))


def _label_reason(label: Label, exact: bool) -> tuple[str, float]:
    if not exact:
        return "part of the heading is a usual name for it", 0.7
    if label.vendor == "usual":
        return "a usual name for it", 0.9
    return f"{label.vendor}'s name for it", 0.98


def _shape_claims(column: str, position: int, kind: TableKind, shape: Shape) -> list[Claim]:
    """What the values alone say; they give way to any known heading."""
    if not shape.filled:
        return []
    found: list[tuple[str, str]] = []
    if kind == "deals" and shape.states > 0.7 and {"won", "lost"} & shape.ends:
        found.append(("state", "its values say won, lost or open"))
    if kind in ("contacts", "owners") and shape.emails > 0.7:
        found.append(("email", "its values are e-mail addresses"))
    if kind == "accounts" and shape.domains > 0.7 and shape.distinct > 0.5:
        found.append(("domain", "its values are web addresses"))
    if kind == "documents":
        found += _document_shapes(shape)
    return [Claim(field, column, reason, 0.5, (2, -round(shape.words), position)) for field, reason in found]


def _document_shapes(shape: Shape) -> list[tuple[str, str]]:
    if shape.words >= _LONG_TEXT_WORDS:
        return [("text", "its values are long texts")]
    if shape.emails > 0.7:
        return [("author_email", "its values are e-mail addresses")]
    if shape.dates > 0.7 and shape.numbers < 0.5:
        return [("happened_at", "its values are dates")]
    return []


def _settled(claims: list[Claim]) -> list[Claim]:
    """One column per field and one field per column, the best claims first."""
    chosen: list[Claim] = []
    for claim in sorted(claims, key=lambda claim: claim.rank):
        if all(claim.field != other.field and claim.column != other.column for other in chosen):
            chosen.append(claim)
    return chosen


def _further_texts(table: Table, shapes: dict[str, Shape], claims: list[Claim]) -> list[Claim]:
    """The other columns of long texts in a survey."""
    taken = {claim.column for claim in claims}
    long = [column for column in table.columns if column not in taken and shapes[column].words >= _LONG_TEXT_WORDS]
    free = [field for field in MORE_TEXTS if all(claim.field != field for claim in claims)]
    return [
        Claim(field, column, "its values are long texts", 0.5, (2, 0, 0))
        for field, column in zip(free, long, strict=False)
    ]


_NEEDED: dict[TableKind, tuple[str, ...]] = {
    "deals": ("id", "name", "account", "account_id", "product"),
    "accounts": ("id", "name", "domain"),
    "contacts": ("id", "name", "first_name", "last_name", "email"),
    "owners": ("id", "name", "first_name", "last_name", "email"),
    "products": ("id", "name"),
    "documents": ("text", *MORE_TEXTS),
}


def _require_content(table: Table, kind: TableKind, claims: list[Claim]) -> None:
    found = {claim.field for claim in claims}
    missing = [field for field in ("deal", "stage", "entered_on") if field not in found] if kind == "stages" else []
    if missing or (kind in _NEEDED and not found & set(_NEEDED[kind])):
        fields = " and ".join(missing) or " or ".join(_NEEDED[kind][:5])
        raise Unreadable(
            f"{table.name} looks like {kind}, but none of its columns ({', '.join(table.columns[:8])}) could be taken "
            f"for {fields}: say which one is, as field=column"
        )


def _assembled(table: Table, kind: TableKind, claims: list[Claim]) -> Mapping:
    order = fields_of(kind)
    claims = sorted(claims, key=lambda claim: order.index(claim.field))
    fields = {claim.field: claim.column for claim in claims}
    decided = conventions(table, kind, fields)
    return Mapping(
        kind=kind,
        fields=fields,
        reasons={claim.field: claim.reason for claim in claims},
        confidence={claim.field: claim.confidence for claim in claims},
        extra=tuple(column for column in table.columns if column not in fields.values()),
        signature=signature(table.columns),
        date_orders=decided.date_orders,
        decimal_marks=decided.decimal_marks,
        currency=decided.currency,
        lost_zero_unknown=decided.lost_zero_unknown,
        document_kind=decided.document_kind,
        notes=decided.notes,
    )
