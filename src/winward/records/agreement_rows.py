"""An agreement together with the state that it gives its initiative, as one decision changes both."""

from collections.abc import Mapping
from typing import Any

from winward.records.agreements import Agreement
from winward.records.initiatives import Initiative


def read_agreeing(number: int) -> dict[str, Any] | None:
    """The initiative's state, and whether the agreement is away; held for the transaction."""
    found = Agreement.objects.select_for_update().filter(pk=number).values("removed", "initiative__state").first()
    return {"removed": found["removed"], "state": found["initiative__state"]} if found else None


def write_agreeing(number: int, values: Mapping[str, Any], by: str) -> None:
    """Both or neither: the caller's transaction holds them together."""
    Agreement.objects.filter(pk=number).update(removed=values["removed"])
    Initiative.objects.filter(agreements=number).update(state=values["state"])
