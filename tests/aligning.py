"""An initiative of the cast with the people whose yes it needs, what is negotiated, and where each stands."""

from dataclasses import dataclass, field
from datetime import date

import pytest

from tests.cast import Cast
from winward.records.agreements import Option, Term
from winward.records.initiatives import Initiative, Risk
from winward.records.stakeholders import Seat, Stakeholder, Stance

TERMS = {
    "Scope": ("Reading only", "Reading and editing", "Everything offline"),
    "Date": ("March", "June", "September"),
    "Support": ("Ours", "Shared"),
}
# Who, what kind, and how each ranks terms and options: the most important and the best first.
PEOPLE = {
    "Mara": ("tech lead", ["Date", "Scope"], {"Date": ["September", "June", "March"], "Scope": list(TERMS["Scope"])}),
    "Ines": ("designer", ["Scope"], {"Scope": ["Everything offline", "Reading and editing", "Reading only"]}),
    "Sol": ("sales", ["Date", "Support"], {"Date": ["March", "June", "September"], "Support": ["Ours", "Shared"]}),
    "Otto": ("security", ["Support"], {"Support": ["Shared", "Ours"]}),
}


@dataclass
class Aligning:
    """By name. options: by (term, option)."""

    initiative: Initiative
    seats: dict[str, Seat] = field(default_factory=dict)
    terms: dict[str, Term] = field(default_factory=dict)
    options: dict[tuple[str, str], Option] = field(default_factory=dict)


def make_aligning(cast: Cast) -> Aligning:
    initiative = Initiative.objects.create(
        name="Export that works offline",
        themes=[cast.export.pk],
        hypothesis="Field teams buy if exports need no network",
        state=Initiative.State.ALIGNING,
        owner="Ana",
        effort=[{"skill": "backend", "low": 3, "high": 6}],
    )
    made = Aligning(initiative)
    for place, (term, options) in enumerate(TERMS.items()):
        made.terms[term] = Term.objects.create(initiative=initiative, name=term, place=place)
        for at, option in enumerate(options):
            made.options[term, option] = Option.objects.create(term=made.terms[term], name=option, place=at)
    for name, (kind, terms, options) in PEOPLE.items():
        made.seats[name] = _seat(made, name, kind, terms, options)
    # Otto can't accept that everything is offline, and his is the veto.
    Seat.objects.filter(pk=made.seats["Otto"].pk).update(
        veto=True, refused=[made.options["Scope", "Everything offline"].pk]
    )
    made.seats["Otto"].refresh_from_db()
    Stance.objects.create(seat=made.seats["Mara"], stance=-1, why="Two people left", on=date(2026, 9, 1), by="ana")
    Risk.objects.create(
        initiative=initiative, what="Conflicts when two edit", likelihood="high", trigger="a tester reports one"
    )
    return made


def _seat(made: Aligning, name: str, kind: str, terms: list[str], options: dict[str, list[str]]) -> Seat:
    stakeholder = Stakeholder.objects.create(name=name, kind=kind)
    ranks = {
        "terms": [[made.terms[term].pk] for term in terms],
        "options": {
            str(made.terms[term].pk): [[made.options[term, option].pk] for option in ranked]
            for term, ranked in options.items()
        },
    }
    return Seat.objects.create(stakeholder=stakeholder, initiative=made.initiative, ranks=ranks)


@pytest.fixture
def aligning(cast: Cast) -> Aligning:
    return make_aligning(cast)
