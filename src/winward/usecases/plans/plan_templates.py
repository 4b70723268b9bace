"""Mutual action plans to begin with: what both sides usually do, in order."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Template:
    """says: what it is for. steps: (name, side, working days), each after the one before it unless `beside` names
    those that it waits for, by name."""

    says: str
    steps: tuple[tuple[str, str, int], ...]
    beside: Mapping[str, tuple[str, ...]]

    def after(self, place: int) -> tuple[str, ...]:
        name = self.steps[place][0]
        return self.beside.get(name, (self.steps[place - 1][0],) if place else ())


TEMPLATES: Mapping[str, Template] = {
    "evaluation": Template(
        "Evaluation, security review, contract, go-live",
        (
            ("Kick-off with both sides", "us", 0),
            ("Say what the evaluation must show", "customer", 3),
            ("Set up the evaluation with their data", "us", 3),
            ("Evaluate with the people who will use it", "customer", 10),
            ("Decide on the outcome of the evaluation", "customer", 0),
            ("Answer the security questionnaire", "us", 5),
            ("Review security", "customer", 10),
            ("Send the contract", "us", 2),
            ("Review and sign the contract", "customer", 10),
            ("Bring in their data and train their people", "us", 5),
            ("Go live", "customer", 0),
        ),
        {
            "Answer the security questionnaire": ("Kick-off with both sides",),
            "Send the contract": ("Decide on the outcome of the evaluation",),
            "Review and sign the contract": ("Send the contract", "Review security"),
        },
    ),
    "early access": Template(
        "Early access, pilot, release",
        (
            ("Agree on what early access must show", "customer", 2),
            ("Name the people who will try it", "customer", 2),
            ("Give early access", "us", 5),
            ("Try it at daily work", "customer", 10),
            ("Mend what the first days showed", "us", 10),
            ("Pilot with one team", "customer", 15),
            ("Decide whether to go on", "customer", 0),
            ("Release it to everyone", "us", 3),
        ),
        {
            "Name the people who will try it": (),
            "Give early access": ("Agree on what early access must show", "Name the people who will try it"),
        },
    ),
}
