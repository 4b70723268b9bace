"""An initiative as every page of it needs it, and the themes that it serves."""

from collections.abc import Iterable, Mapping, Sequence
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
    return served_by([initiative])[initiative.pk]


def served_by(initiatives: Sequence[Initiative]) -> dict[int, list[Served]]:
    """By initiative, as `served` has them, in two queries for any number of them."""
    went = _went()
    lasting = {one.pk: _lasting(one.themes, went) for one in initiatives}
    wanted = {theme for themes in lasting.values() for theme in themes}
    rows = {row.pk: row.title for row in Theme.objects.filter(pk__in=wanted).only("name", "given_name")}
    return {number: [Served(one, rows[one]) for one in themes if one in rows] for number, themes in lasting.items()}


def lasting(themes: Iterable[int]) -> list[int]:
    """Each theme once; one that was merged gives way to the theme that it went into."""
    return _lasting(themes, _went())


def merged_into(theme: int) -> list[int]:
    """The themes whose signals it has now."""
    went = _went()
    return [one for one in went if one != theme and _end(one, went) == theme]


def _went() -> dict[int, int | None]:
    return dict(Theme.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into"))


def _lasting(themes: Iterable[int], went: Mapping[int, int | None]) -> list[int]:
    return list(dict.fromkeys(_end(theme, went) for theme in themes))


def _end(theme: int, went: Mapping[int, int | None]) -> int:
    """Where its signals are now. Of themes that were merged in a circle, the first that comes again."""
    passed = {theme}
    while (into := went.get(theme)) and into not in passed:
        passed.add(into)
        theme = into
    return theme
