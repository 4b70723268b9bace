"""What an alignment's file says is negotiated: terms and options by name, in the file's order."""

from collections.abc import Mapping, Sequence

from winward.records.agreements import Option
from winward.records.initiatives import Initiative
from winward.usecases.alignment_files.export_alignment import Terms, terms_of
from winward.usecases.alignment_files.file_decisions import FileDecisions

Options = Mapping[str, Mapping[str, int]]


def import_terms(decisions: FileDecisions, initiative: Initiative, given: Mapping[str, Sequence[str]]) -> None:
    there = {term.name: (term, options) for term, options in terms_of(initiative)}
    for name, options in given.items():
        term, known = there.get(name, (None, []))
        number = decisions.settle(
            "term", term, {}, {"initiative_id": initiative.pk, "name": name}, f"the term “{name}”"
        )
        _options(decisions, number, known, options, name)
    if decisions.whole:
        for term, _ in (pair for name, pair in there.items() if name not in given):
            decisions.remove("term", term, f"the term “{term.name}”")
    decisions.in_order("term", [term for term, _ in terms_of(initiative)], list(given))


def ids_of(there: Terms) -> tuple[dict[str, int], Options]:
    """Of terms, and by term of its options, by name."""
    own = {term.name: {option.name: option.pk for option in options} for term, options in there}
    return {term.name: term.pk for term, _ in there}, own


def _options(
    decisions: FileDecisions, term: int, there: Sequence[Option], given: Sequence[str], called: str
) -> None:  # fmt: skip
    by_name = {option.name: option for option in there}
    for name in given:
        decisions.settle("option", by_name.get(name), {}, {"term_id": term, "name": name}, f"“{name}” for {called}")
    if decisions.whole:
        for option in (option for name, option in by_name.items() if name not in given):
            decisions.remove("option", option, f"“{option.name}” for {called}")
    rows = list(Option.objects.filter(term=term, removed=False).order_by("place", "pk"))
    decisions.in_order("option", rows, given)
