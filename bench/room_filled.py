"""A room of any size, filled with made-up people who rank made-up terms.

    python -m bench.room_filled WORKSPACE [--people 10] [--terms 15] [--options 4]

puts one into a workspace and prints its initiative's number.
"""

import argparse
import random
from collections.abc import Sequence

TERMS = {
    "Scope": ("Reading only", "Reading and editing", "Everything offline", "Everything, on phones too"),
    "Date": ("March", "June", "September", "December"),
    "Support": ("Ours alone", "Shared", "The partner’s", "None for the pilot"),
    "Price": ("Included", "Add-on, low", "Add-on, full", "Enterprise plan only"),
    "Engineers": ("Two", "Three", "Four", "Six"),
    "Design": ("None", "Half a designer", "One designer", "One and research"),
    "Pilot": ("No pilot", "Two customers", "Five customers", "Open to all"),
    "Storage": ("Ours", "The customer’s", "Either", "Encrypted, either"),
    "Review by security": ("Before the pilot", "During the pilot", "Before launch", "Once a year"),
    "Documentation": ("Release note", "Guide", "Guide and course", "Course for partners"),
    "Old export": ("Stays", "Stays a year", "Ends at launch", "Ends in March"),
    "Languages": ("English", "English, German", "Five", "All twelve"),
    "Service level": ("None", "Office hours", "Day and night", "By contract"),
    "Telemetry": ("None", "Counts only", "Counts and errors", "Everything"),
    "Launch": ("Quiet", "Blog post", "Campaign", "At the conference"),
}
NAMES = ("Mara", "Otto", "Ines", "Sol", "Priya", "Anselm", "Yuki", "Katarzyna", "Bo", "Henriette")
KINDS = ("tech lead", "security", "designer", "sales", "product executive", "legal", "partner team", "vendor", "sales",
         "tech lead")  # fmt: skip


def fill_room(people: int = 10, terms: int = 15, options: int = 4, seed: int = 1) -> int:
    """Its initiative. The workspace must be open. The last of the people only advises, the one before wasn't asked."""
    from winward.records.initiatives import Initiative

    chance = random.Random(seed)
    made = Initiative.objects.create(name="Export that works offline", state="aligning", may_refuse=1)
    numbers = _terms(made.pk, terms, options)
    for at in range(people):
        _seat(made.pk, at, people, numbers, chance)
    return int(made.pk)


def _terms(initiative: int, terms: int, options: int) -> dict[int, list[int]]:
    from winward.records.agreements import Option, Term

    named = [*TERMS.items(), *((f"Term {n}", [f"Option {o}" for o in range(options)]) for n in range(15, terms))]
    made = {}
    for place, (name, settings) in enumerate(named[:terms]):
        term = Term.objects.create(initiative_id=initiative, name=name, place=place * 1024)
        rows = [Option(term=term, name=one, place=at * 1024) for at, one in enumerate(settings[:options])]
        made[int(term.pk)] = [int(row.pk) for row in Option.objects.bulk_create(rows)]
    return made


def _seat(initiative: int, at: int, people: int, terms: dict[int, list[int]], chance: random.Random) -> None:
    from winward.records.stakeholders import Seat, Stakeholder

    name = NAMES[at] if at < len(NAMES) else f"Person {at}"
    who = Stakeholder.objects.create(name=name, kind=KINDS[at % len(KINDS)])
    asked = at != people - 2
    ranks, line = _ranked(terms, chance) if asked else ({}, {})
    refused = [number for numbers in terms.values() for number in numbers if asked and chance.random() < 0.02]
    Seat.objects.create(
        stakeholder=who,
        initiative_id=initiative,
        part="advises" if at == people - 1 else "decides",
        veto=at == 1,
        ranks=ranks,
        good_enough=line,
        refused=refused,
    )


def _ranked(terms: dict[int, list[int]], chance: random.Random) -> tuple[dict[str, object], dict[str, int]]:
    """Most prefer more or less of a thing, some a middle; the line stands mostly in the middle, too."""
    order = list(terms)
    chance.shuffle(order)
    order = order[: max(3, len(order) - chance.randrange(6))]
    options = {str(term): _preferred(terms[term], chance) for term in order}
    line = {term: one[min(chance.choice((1, 2, 2, 3)), len(one) - 1)][0] for term, one in options.items()}
    return {"terms": [[term] for term in order], "options": options}, line


def _preferred(numbers: Sequence[int], chance: random.Random) -> list[list[int]]:
    best = chance.choice((0, 0, len(numbers) - 1, len(numbers) - 1, 1))
    near = sorted(range(len(numbers)), key=lambda at: abs(at - best))
    return [[numbers[at]] for at in near]


def main() -> None:
    from winward.faces.boot import open_workspace

    parser = argparse.ArgumentParser()
    parser.add_argument("workspace")
    for name, size in (("--people", 10), ("--terms", 15), ("--options", 4)):
        parser.add_argument(name, type=int, default=size)
    asked = parser.parse_args()
    open_workspace(asked.workspace)
    print(fill_room(asked.people, asked.terms, asked.options))


if __name__ == "__main__":
    main()
