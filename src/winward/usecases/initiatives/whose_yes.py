"""The rule at an initiative's table: how many may say no, and without whose yes nothing passes."""

from collections.abc import Collection

from django.db import transaction

from winward.records.stakeholders import Seat
from winward.usecases import decide
from winward.usecases.decide import Decision
from winward.usecases.initiatives.initiative_rows import existing


@transaction.atomic
def set_rule(initiative_id: int, may_refuse: int, vetoes: Collection[int], by: str) -> list[Decision]:
    """vetoes: seats without whose yes nothing passes. One decision for each change. Raises NotFound, and ValueError
    where nobody's yes would be needed."""
    existing(initiative_id)
    seats = Seat.objects.filter(initiative=initiative_id, removed=False, stakeholder__removed=False)
    deciding = list(seats.filter(part=Seat.Part.DECIDES).select_related("stakeholder").order_by("pk"))
    if not 0 <= may_refuse < max(len(deciding), 1):
        raise ValueError(f"Of {len(deciding)} who decide, 0 to {max(len(deciding) - 1, 0)} may say no.")
    said = f"{may_refuse} may say no now." if may_refuse else "Everyone must say yes now."
    made = [decide.change("initiative", initiative_id, {"may_refuse": may_refuse}, by, said)]
    for seat in deciding:
        held = (
            "Nothing passes without {}’s yes now." if seat.pk in vetoes else "{}’s yes is needed like the others’ now."
        )
        words = held.format(seat.stakeholder.name)
        made.append(decide.change("seat", seat.pk, {"veto": seat.pk in vetoes}, by, words))
    return [one for one in made if one]
