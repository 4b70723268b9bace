"""Rivals: those that people and deals name, those heard of in talk, and a person's word on each."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from winward.engine.reading.rivals import COMPETITOR, discover, naming
from winward.records import competitor_rows
from winward.records.competitors import Competitor
from winward.records.signals import Signal
from winward.usecases.decide import Decision, change
from winward.usecases.matchups import Matchups, list_matchups
from winward.usecases.met_rivals import deals_against
from winward.usecases.quotes import Quote, quotes_in_order
from winward.usecases.rival_names import key_of, known_rivals, rivals_by_spelling

# Heard once, a name may be anything.
FEWEST_QUOTES = 2
# A quote with this chance of being about a rival is looked through for names, whatever it leads with.
LEAST_CHANCE = 0.3
QUOTES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Rival:
    """key: by which its page is found. deals: how many name it as competitor. quotes, accounts: how often, and by how
    many, it was spoken of."""

    key: str
    name: str
    aliases: tuple[str, ...]
    deals: int
    quotes: int
    accounts: int
    said: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Rivals:
    """known: the reader takes their names for rivals'. suggested: they wait for a person's word. matchups: how we do
    against the known ones."""

    known: tuple[Rival, ...]
    suggested: tuple[Rival, ...]
    matchups: Matchups


def list_rivals() -> Rivals:
    """Named ones and deals' competitors first; then suggestions, those heard from most accounts first."""
    rows, known, numbers = competitor_rows.most_heard(), rivals_by_spelling(), deals_against()
    decided = {row.key for row in rows}
    met = sorted({rival.name for rival in known.values() if rival.key not in decided})
    said = _said_by_name({*met, *(row.name for row in rows)})
    shown = quotes_in_order(pk for ids in said.values() for pk in ids[:QUOTES_SHOWN])
    quoted = {quote.signal: quote for quote in shown}

    def rival(row: Competitor | None, name: str) -> Rival:
        ids = said[name]
        return Rival(
            key=key_of(name),
            name=name,
            aliases=tuple(row.aliases) if row else (),
            deals=numbers[key_of(name)],
            quotes=max(row.quotes if row else 0, len(ids)),
            accounts=row.accounts if row else 0,
            said=tuple(quoted[pk] for pk in ids[:QUOTES_SHOWN]),
        )

    named = [rival(row, row.name) for row in rows if row.state == Competitor.State.NAMED]
    listed = [*named, *(rival(None, name) for name in met)]
    suggested = [rival(row, row.name) for row in rows if row.state == Competitor.State.SUGGESTED]
    return Rivals(tuple(sorted(listed, key=lambda one: (-one.deals, one.name))), tuple(suggested), list_matchups())


def suggest_rivals() -> int:
    """Look for new names in what customers said of rivals. Returns how many wait for a person's word."""
    rows = competitor_rows.said_of_rivals(COMPETITOR, LEAST_CHANCE)
    known = {*known_rivals(), *competitor_rows.our_names(), *competitor_rows.familiar()}
    found = discover([quote for quote, _, _ in rows], known)
    spellings: dict[str, list[str]] = defaultdict(list)
    for name in found:
        spellings[key_of(name)].append(name)
    candidates = {key: _heard(names, found, rows) for key, names in spellings.items()}
    competitor_rows.suggest({key: heard for key, heard in candidates.items() if heard[1] >= FEWEST_QUOTES})
    return Competitor.objects.filter(state=Competitor.State.SUGGESTED).count()


def name_rival(name: str, by: str, aliases: Collection[str] = ()) -> Decision | None:
    """Say that this is a rival's name. What was said of it is read again in the next run. Raises ValueError."""
    found = _row(name)
    spellings = sorted({*found.aliases, *(alias.strip() for alias in aliases if alias.strip())})
    return change("competitor", found.pk, {"state": "named", "aliases": spellings}, by, f"{found.name} is a rival.")


def dismiss_rival(name: str, by: str) -> Decision | None:
    """Say that this is no rival's name; it isn't suggested again. Raises ValueError."""
    found = _row(name)
    return change("competitor", found.pk, {"state": "dismissed"}, by, f"{found.name} is no rival.")


def _row(name: str) -> Competitor:
    if not key_of(name):
        raise ValueError("A rival needs a name.")
    defaults = {"name": name.strip(), "state": Competitor.State.SUGGESTED}
    return Competitor.objects.get_or_create(key=key_of(name), defaults=defaults)[0]


def _heard(
    names: Sequence[str], found: Mapping[str, list[int]], rows: Sequence[tuple[str, int, int | None]]
) -> tuple[str, int, int]:
    """The commonest of the spellings, how many quotes have any of them, and how many accounts those come from."""
    places = {place for name in names for place in found[name]}
    return max(names, key=lambda name: len(found[name])), len(places), len({rows[at][2] for at in places} - {None})


def _said_by_name(names: Collection[str]) -> dict[str, list[int]]:
    """The signals about a rival in which each name is said, newest first."""
    patterns = {name: naming([name]) for name in names}
    told = Signal.objects.filter(dismissed=False, **{f"kinds__{COMPETITOR}__gte": LEAST_CHANCE}).order_by("-pk")
    rows = list(told.values_list("pk", "quote"))
    return {
        name: [pk for pk, quote in rows if pattern is not None and pattern.search(quote)]
        for name, pattern in patterns.items()
    }
