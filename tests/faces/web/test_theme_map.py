"""The map of themes: every theme has its place, larger where more accounts speak of it, and none lies over another."""

from itertools import combinations

import pytest
from django.test import Client
from hypothesis import example, given
from hypothesis import strategies as st

from tests.cast import Cast
from winward.faces.web.treemap import Cell, treemap
from winward.records.themes import Area, Theme
from winward.usecases.map_themes import MOST, MappedArea, map_themes
from winward.usecases.theme_rows import COSTS, UNCLEAR, ThemeRow


def row(number: int, accounts: int, difference: float = 0.0) -> ThemeRow:
    verdict = COSTS if difference else UNCLEAR
    return ThemeRow(number, f"Theme {number}", "", verdict, "", accounts=accounts, difference=difference)


def area(number: int, *accounts: int) -> MappedArea:
    return MappedArea(number, f"Area {number}", tuple(row(100 * number + at, each) for at, each in enumerate(accounts)))


def box(cell: Cell) -> tuple[float, float, float, float]:
    left, top = float(cell.x.rstrip("%")), float(cell.y)
    return left, top, left + float(cell.width.rstrip("%")), top + float(cell.height)


@given(st.lists(st.lists(st.integers(0, 5000), min_size=1, max_size=8), min_size=1, max_size=5))
@example([[488], [0, 298], [0]])
def test_every_theme_has_a_place_of_its_own_inside_the_map(sizes: list[list[int]]) -> None:
    drawing = treemap([area(number, *accounts) for number, accounts in enumerate(sizes)])
    cells = [cell for block in drawing.blocks for cell in block.cells]
    assert len(cells) == sum(map(len, sizes))
    for left, top, right, bottom in map(box, cells):
        assert left >= 0
        assert top >= 0
        assert right <= 100.2
        assert bottom <= drawing.height + 2
    for one, other in combinations(map(box, cells), 2):
        across = min(one[2], other[2]) - max(one[0], other[0])
        down = min(one[3], other[3]) - max(one[1], other[1])
        assert across <= 0.11 or down <= 1.1


def test_what_more_accounts_speak_of_is_larger_and_what_costs_more_is_deeper() -> None:
    drawing = treemap([MappedArea(0, "All", (row(1, 90, -0.25), row(2, 40, -0.15), row(3, 10, -0.05), row(4, 1)))])
    cells = drawing.blocks[0].cells
    sizes = [(right - left) * (bottom - top) for left, top, right, bottom in map(box, cells)]
    assert sizes == sorted(sizes, reverse=True)
    assert [cell.shade for cell in cells] == ["lost deep2", "lost deep1", "lost deep0", "open"]


def test_most_of_three_hundred_themes_are_named_on_it() -> None:
    drawing = treemap([area(number, *range(1, 21)) for number in range(15)])
    cells = [cell for block in drawing.blocks for cell in block.cells]
    assert sum(cell.lines > 0 for cell in cells) > 200


@pytest.mark.django_db
def test_hidden_and_retired_themes_are_not_on_it(cast: Cast) -> None:
    Theme.objects.filter(pk=cast.helpdesk.pk).update(hidden=True)
    Theme.objects.create(name="Gone", centre=[1.0] * 384, retired=True)
    assert [theme.id for one in map_themes().areas for theme in one.themes] == [cast.export.pk]


@pytest.mark.django_db
def test_an_area_is_named_and_can_be_opened_alone(cast: Cast) -> None:
    Theme.objects.filter(pk=cast.helpdesk.pk).update(area=3)
    Area.objects.create(number=3, name="Help & answers")
    assert [one.name for one in map_themes().areas] == ["Export without a network", "Help & answers"]
    alone = map_themes(3)
    assert [one.number for one in alone.areas] == [3]
    assert alone.sentence.startswith("1 theme in “Help & answers”; ")


@pytest.mark.django_db
def test_the_smallest_of_very_many_are_left_out_and_counted(cast: Cast) -> None:
    Theme.objects.bulk_create(Theme(name=f"Rare {number}", centre=[1.0] * 384) for number in range(MOST + 50))
    found = map_themes()
    shown = sum(len(one.themes) for one in found.areas)
    assert shown == MOST
    assert shown + found.left_out == MOST + 52


@pytest.mark.django_db
def test_a_hostile_name_is_only_words(cast: Cast, as_editor: Client) -> None:
    Theme.objects.filter(pk=cast.export.pk).update(given_name='"><script>alert(1)</script>')
    answer = as_editor.get("/themes/map/").content.decode()
    assert "<script>alert" not in answer
    assert "&lt;script&gt;alert(1)" in answer
