"""The names by which the reader knows rivals, and what is no name."""

from winward.records import competitor_rows
from winward.records.competitors import Competitor

# What a CRM's competitor field holds besides names.
NO_NAMES = frozenset(
    ("none", "no", "n/a", "na", "unknown", "other", "others", "incumbent", "internal", "in-house", "inhouse", "tbd",
     "yes", "status quo", "do nothing", "no decision", "not known", "various", "multiple", "build", "manual", "-", "?")
)  # fmt: skip


def known_rivals() -> tuple[str, ...]:
    """Every spelling that the reader knows: what people named, and what deals name as their competitor."""
    dismissed = {row.key for row in competitor_rows.most_heard() if row.state == Competitor.State.DISMISSED}
    in_deals = [name for name in competitor_rows.in_deals() if is_name(name) and key_of(name) not in dismissed]
    return tuple(sorted({*competitor_rows.named(), *in_deals}))


def key_of(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())


def is_name(said: str) -> bool:
    return len(said) > 1 and said.casefold() not in NO_NAMES
