"""Terms, options and packages by name, as people type them."""

from collections.abc import Mapping, Sequence

from winward.usecases.initiatives.initiative_rows import existing
from winward.usecases.room.negotiation import Negotiable, terms_of


def term_named(initiative_id: int, name: str) -> Negotiable:
    """Raises NotFound, and ValueError with the names that there are."""
    return term_of(terms_of(existing(initiative_id)), name)


def term_of(terms: Sequence[Negotiable], name: str) -> Negotiable:
    """Raises ValueError."""
    number = one_of(name, {one.name: one.id for one in terms}, "term")
    return next(one for one in terms if one.id == number)


def option_of(term: Negotiable, name: str) -> int:
    """Raises ValueError."""
    return one_of(name, {known: number for number, known in term.options}, "option")


def one_of(name: str, names: Mapping[str, int], what: str) -> int:
    """Raises ValueError."""
    folded = {known.casefold(): number for known, number in names.items()}
    if name.strip().casefold() not in folded:
        raise ValueError(f"There is no {what} “{name.strip()}”; there is {', '.join(names) or 'none yet'}.")
    return folded[name.strip().casefold()]


def package_named(initiative_id: int, given: Sequence[str]) -> list[int]:
    """Options from "Date=June", each of one term. Raises NotFound, ValueError."""
    terms = terms_of(existing(initiative_id))
    return [_option(terms, one) for one in given]


def _option(terms: Sequence[Negotiable], given: str) -> int:
    term, equals, option = given.partition("=")
    if not equals:
        raise ValueError(f"Name a term and its option, as in Date=June; “{given}” has no =.")
    return option_of(term_of(terms, term), option)
