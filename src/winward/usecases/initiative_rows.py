"""An initiative as every page of it needs it, and the themes that it serves."""

from dataclasses import dataclass

from winward.records.initiatives import Initiative
from winward.records.themes import Theme
from winward.usecases.quotes import NotFound


@dataclass(frozen=True, slots=True)
class Served:
    """A theme that the initiative serves."""

    id: int
    title: str


def existing(initiative_id: int) -> Initiative:
    """Raises NotFound."""
    row = Initiative.objects.filter(pk=initiative_id, removed=False).first()
    if row is None:
        raise NotFound(f"There is no initiative {initiative_id}.")
    return row


def served(initiative: Initiative) -> list[Served]:
    """The themes of an initiative in their order; one that was merged gives way to the theme that it went into."""
    rows = {row.pk: row for row in Theme.objects.filter(pk__in=_lasting(initiative.themes)).defer("centre")}
    return [Served(number, rows[number].title) for number in _lasting(initiative.themes) if number in rows]


def _lasting(themes: list[int]) -> list[int]:
    went = dict(Theme.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into"))
    lasting = []
    for number in themes:
        while went.get(number):
            number = int(went.pop(number) or 0)
        lasting.append(number)
    return list(dict.fromkeys(lasting))
