"""All themes at a glance: areas and the themes in them, by how many accounts speak of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from winward.records.themes import Area, Theme
from winward.usecases.theme_rows import COSTS, ThemeRow, theme_row

# Of what is drawn; an area of more themes says how many are left out.
MOST = 400


@dataclass(frozen=True, slots=True)
class MappedArea:
    """themes: by falling number of accounts. accounts: the sum over them, where an account counts once a theme."""

    number: int
    name: str
    themes: tuple[ThemeRow, ...]

    @property
    def accounts(self) -> int:
        return sum(theme.accounts for theme in self.themes)


@dataclass(frozen=True, slots=True)
class ThemeMap:
    """areas: by falling number of accounts. one: the area that alone is drawn, None where all are."""

    sentence: str
    areas: tuple[MappedArea, ...]
    one: MappedArea | None
    left_out: int


def map_themes(area: int | None = None) -> ThemeMap:
    """area: only the themes of this one; all where there is no such area."""
    themes = Theme.objects.filter(retired=False, hidden=False).select_related("stake").defer("centre", "typical")
    areas = _areas([(theme.area, theme_row(theme)) for theme in themes])
    one = next((found for found in areas if found.number == area), None)
    drawn = (one,) if one else areas
    kept = _largest(drawn)
    left_out = sum(len(found.themes) for found in drawn) - sum(len(found.themes) for found in kept)
    return ThemeMap(_sentence(drawn), kept, kept[0] if one else None, left_out)


def _areas(rows: Sequence[tuple[int, ThemeRow]]) -> tuple[MappedArea, ...]:
    names = dict(Area.objects.values_list("number", "name"))
    found: dict[int, list[ThemeRow]] = {}
    for number, row in sorted(rows, key=lambda one: _rank(one[1])):
        found.setdefault(number, []).append(row)
    areas = [MappedArea(number, names.get(number) or of_it[0].title, tuple(of_it)) for number, of_it in found.items()]
    return tuple(sorted(areas, key=lambda area: (-area.accounts, area.name)))


def _rank(row: ThemeRow) -> tuple[int, str, int]:
    return -row.accounts, row.title, row.id


def _largest(areas: Sequence[MappedArea]) -> tuple[MappedArea, ...]:
    """The areas with their largest themes, MOST over all."""
    ranked = sorted((row for area in areas for row in area.themes), key=_rank)
    kept = {row.id for row in ranked[:MOST]}
    cut = (MappedArea(area.number, area.name, tuple(row for row in area.themes if row.id in kept)) for area in areas)
    return tuple(area for area in cut if area.themes)


def _sentence(areas: Sequence[MappedArea]) -> str:
    rows = [row for area in areas for row in area.themes]
    if not rows:
        return "No themes yet."
    largest = max(rows, key=lambda row: row.accounts)
    where = f"in “{areas[0].name}”" if len(areas) == 1 else f"in {len(areas)} areas"
    most = f"most accounts ({largest.accounts}) speak of “{largest.title}”"
    return f"{_themes(len(rows))} {where}; {most}. {_costly(areas)}"


def _costly(areas: Sequence[MappedArea]) -> str:
    """How many of the themes cost deals, and the area with most of them."""
    counts = [sum(row.verdict == COSTS for row in area.themes) for area in areas]
    if not any(counts):
        return "None is clearly associated with losing deals yet."
    said = f"{_themes(sum(counts))} {'is' if sum(counts) == 1 else 'are'} associated with losing deals"
    if len(areas) == 1 or max(counts) == sum(counts) == 1:
        return f"{said}."
    return f"{said}, {max(counts)} of them in “{areas[counts.index(max(counts))].name}”."


def _themes(count: int) -> str:
    return f"{count:,} theme" if count == 1 else f"{count:,} themes"
