"""Related: who else says so. The signals nearest to one, or to any text, what is said again folded into one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winward.engine.unit_length import normalised
from winward.records import related_rows
from winward.records.accounts import Account
from winward.records.related_rows import EVERYTHING, Candidate, Filters, Question
from winward.records.signal_rows import as_vectors
from winward.records.signals import SignalVector
from winward.records.themes import Theme
from winward.usecases import sentences
from winward.usecases.quotes import NotFound, Quote, quotes_in_order

Unit = NDArray[np.float32]
Embed = Callable[[str], Sequence[float]]
# So many candidates for each that is shown fill a page as a rule; where one thing was said over and over, more do.
# The index of vectors takes its time by them.
CANDIDATES, MORE = 5, 80
SHOWN, REPEATS = 12, 6
# At this cosine two quotes say the same thing in nearly the same words.
SAME = 0.93
# Nearer than this is related to a signal; further is chance, unless the words are the same, and then from LOOSELY on.
NEAR, LOOSELY = 0.35, 0.2
# A text that is searched for is often a word or two, which lie further from all sentences.
NEAR_TEXT = 0.25


@dataclass(frozen=True, slots=True)
class Related:
    """A quote and how often it, or nearly it, was said. closeness: cosine to what was asked, 0 where only words were
    compared. why: "words", "meaning" or "both". accounts: of customers who said so. repeats: others of the same,
    the nearest few."""

    quote: Quote
    closeness: float
    why: str
    times: int
    accounts: int
    said: str
    repeats: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """own: the signal that was asked about with its repeats; None for a text."""

    own: Related | None
    others: tuple[Related, ...]


def related_to(
    signal: int, filters: Filters = EVERYTHING, walked: Sequence[int] = (), shown: int = SHOWN
) -> Neighbours:
    """The signals nearest to a signal. walked: those that are not shown again. Raises NotFound."""
    vector = SignalVector.objects.filter(pk=signal).values_list("vector", flat=True).first()
    if vector is None:
        raise NotFound(f"There is no signal {signal}.")
    return _folded(Question(signal=signal), normalised(np.asarray(vector, dtype=np.float32)), filters, shown, walked)


def related_to_text(
    text: str, embed: Embed | None, filters: Filters = EVERYTHING, shown: int = SHOWN, literally: bool = False
) -> Neighbours:
    """The signals nearest to a text. embed: gives a text's vector; None, or literally: only words are compared."""
    vector = embed(text) if embed and not literally else None
    unit = normalised(np.asarray(vector, dtype=np.float32)) if vector is not None else None
    return _folded(Question(text=text, vector=vector, literally=literally), unit, filters, shown)


@dataclass(frozen=True, slots=True)
class _Group:
    members: list[Candidate]
    closeness: float

    @property
    def why(self) -> str:
        by_words = any(one.by_words is not None for one in self.members)
        by_meaning = any(one.by_meaning is not None for one in self.members)
        return "both" if by_words and by_meaning else "words" if by_words else "meaning"


def _folded(
    question: Question, centre: Unit | None, filters: Filters, shown: int, walked: Sequence[int] = ()
) -> Neighbours:
    groups: list[_Group] = []
    for most in (CANDIDATES * shown, MORE * shown):
        found = related_rows.related(question, filters, most)
        own, groups = _groups(found, centre, question, walked, shown)
        if len(groups) >= shown or len(found) < most:
            break
    return _with_quotes(question.signal, own, groups)


def _groups(
    found: list[Candidate], centre: Unit | None, question: Question, walked: Sequence[int], shown: int
) -> tuple[list[Candidate], list[_Group]]:
    """Those that say the same as the signal that was asked about, and the first of the others, each with its repeats,
    in order. Only what is shown is compared with all: of a text that nobody said anything like, thousands are far."""
    if not found:
        return [], []
    vectors = as_vectors([one.vector for one in found])
    closeness = vectors @ centre if centre is not None else np.zeros(len(found), dtype=np.float32)
    left = np.ones(len(found), dtype=bool)
    own = _take(left, closeness >= SAME) if question.signal else []
    # What our own side repeats does not make a customer's word be said more often.
    ours = np.array([one.side == "us" for one in found])
    groups: list[_Group] = []
    for at, head in enumerate(found):
        if left[at] and len(groups) < shown and _is_near(head, float(closeness[at]), question):
            alike = (vectors @ vectors[at] >= SAME) & (ours == ours[at])
            alike[at] = True
            members = _take(left, alike)
            if head.signal not in walked:
                groups.append(_Group([head, *(found[one] for one in members if one != at)], float(closeness[at])))
    return [found[at] for at in own], groups


def _take(left: NDArray[np.bool_], wanted: NDArray[np.bool_]) -> list[int]:
    taken = np.flatnonzero(left & wanted)
    left[taken] = False
    return [int(at) for at in taken]


def _is_near(one: Candidate, closeness: float, question: Question) -> bool:
    if question.signal:
        return closeness >= (NEAR if one.by_words is None else LOOSELY)
    return one.by_words is not None or closeness >= NEAR_TEXT


def _with_quotes(signal: int, own: list[Candidate], groups: list[_Group]) -> Neighbours:
    wanted = [signal, *(one.signal for one in own[:REPEATS])]
    wanted += [one.signal for group in groups for one in group.members[: REPEATS + 1]]
    by_id = {quote.signal: quote for quote in quotes_in_order(dict.fromkeys(wanted))}
    others = [_related(by_id[group.members[0].signal], group.members, group, by_id) for group in groups]
    if not signal:
        return Neighbours(None, tuple(others))
    return Neighbours(_own(by_id[signal], own, by_id), tuple(others))


def _own(quote: Quote, same: list[Candidate], by_id: dict[int, Quote]) -> Related:
    on_its_side = [one for one in same if (one.side == "us") == (quote.side == "us")]
    itself = Candidate(quote.signal, None, None, quote.side, quote.account_id, b"")
    return _related(quote, [itself, *on_its_side], _Group(on_its_side, 1.0), by_id)


def _related(quote: Quote, members: list[Candidate], group: _Group, by_id: dict[int, Quote]) -> Related:
    customers = {one.account for one in members if one.side != "us" and one.account is not None}
    return Related(
        quote=quote,
        closeness=group.closeness,
        why=group.why,
        times=len(members),
        accounts=len(customers),
        said=sentences.said_by(len(members), len(customers)),
        repeats=tuple(by_id[one.signal] for one in members[1 : REPEATS + 1] if one.signal in by_id),
    )


def name_of_theme(theme: int | None) -> str:
    found = Theme.objects.filter(pk=theme).only("name", "given_name").first() if theme is not None else None
    return found.title if found else ""


def name_of_account(account: int | None) -> str:
    found = Account.objects.filter(pk=account).only("name").first() if account is not None else None
    return found.name if found else ""
