"""A change of somebody's position, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from winward.usecases.room.negotiation import Negotiable
from winward.usecases.sentences import listed


@dataclass(frozen=True, slots=True)
class Names:
    """Of terms and options by id. term_of: by option."""

    terms: Mapping[int, str]
    options: Mapping[int, str]
    term_of: Mapping[int, int]

    @classmethod
    def of(cls, terms: Sequence[Negotiable]) -> "Names":
        return cls(
            {term.id: term.name for term in terms},
            {number: name for term in terms for number, name in term.options},
            {number: term.id for term in terms for number, _ in term.options},
        )

    def term(self, number: int) -> str:
        return self.terms.get(number, "a term that is gone")

    def option(self, number: int) -> str:
        return f"“{self.options[number]}”" if number in self.options else "an option that is gone"

    def option_for(self, number: int) -> str:
        """As in "“June” for Date"."""
        term = self.term_of.get(number)
        return f"{self.option(number)} for {self.term(term)}" if term is not None else self.option(number)


def moved(before: Mapping[str, Any], after: Mapping[str, Any], names: Names) -> list[str]:
    """Each change as what follows a name: "ranks Date, then Scope", "can’t accept “June” for Date"."""
    told = _ranked(before.get("ranks", {}), after["ranks"], names) if "ranks" in after else []
    if "refused" in after:
        told += _refused(before.get("refused", []), after["refused"], names)
    if "good_enough" in after:
        told += _line(before.get("good_enough", {}), after["good_enough"], names)
    if before.get("otherwise", "") != after.get("otherwise", before.get("otherwise", "")):
        told.append(
            f"would otherwise: {after['otherwise']}" if after["otherwise"] else "left open what would be otherwise"
        )
    return told


def _ranked(before: Mapping[str, Any], after: Mapping[str, Any], names: Names) -> list[str]:
    told = []
    if before.get("terms", []) != after.get("terms", []):
        told.append(f"ranks {_order(after.get('terms', []), names.term) or 'no term'}")
    old, new = before.get("options", {}), after.get("options", {})
    changed = [term for term in dict.fromkeys([*new, *old]) if old.get(term, []) != new.get(term, [])]
    for term in changed:
        order = _order(new.get(term, []), names.option) or "nothing"
        told.append(f"ranks for {names.term(int(term))} {order}")
    return told


def _order(levels: Iterable[Sequence[int]], name: Any) -> str:
    """As in "Date, then Scope and Support alike"."""
    said = [f"{listed([name(one) for one in level])}{' alike' if len(level) > 1 else ''}" for level in levels]
    return ", then ".join(said)


def _refused(before: Sequence[int], after: Sequence[int], names: Names) -> list[str]:
    came = [names.option_for(one) for one in after if one not in before]
    went = [names.option_for(one) for one in before if one not in after]
    told = [f"can’t accept {listed(came)}"] if came else []
    return told + ([f"can accept {listed(went)}"] if went else [])


def _line(before: Mapping[str, int], after: Mapping[str, int], names: Names) -> list[str]:
    told = []
    for term in dict.fromkeys([*after, *before]):
        if before.get(term) != after.get(term):
            name, new = names.term(int(term)), after.get(term)
            told.append(f"finds {names.option(new)} good enough for {name}" if new else f"draws no line for {name}")
    return told
