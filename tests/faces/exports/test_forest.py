"""The forest plot as a picture: it needs no font of the machine, and says what it shows."""

import io
from xml.etree import ElementTree

from PIL import Image

from winward.faces.exports.forest import Forest, ForestRow, Mark, png, svg
from winward.faces.exports.letters import letters

COSTS = Mark(-0.31, -0.2, -0.09, "costs", "6 / 23")
UNCLEAR = Mark(-0.1, 0.0, 0.2, "can't tell", "5 / 6")
NOTHING = Mark(-1.0, 0.0, 1.0, "can't tell", "1 / 0")
SVG = "{http://www.w3.org/2000/svg}"


def forest(*rows: ForestRow, panels: tuple[str, ...] = ("Win rate",)) -> Forest:
    return Forest("One theme costs <deals> & more", panels, rows, ("From 29 deals.",))


def drawn(of: Forest) -> ElementTree.Element:
    return ElementTree.fromstring(svg(of))


def test_it_is_drawn_of_shapes_alone() -> None:
    tags = {one.tag.removeprefix(SVG) for one in drawn(forest(ForestRow("Export", (COSTS,)))).iter()}
    assert tags == {"svg", "title", "rect", "path", "circle"}


def test_it_says_its_sentence_to_who_does_not_see_it() -> None:
    root = drawn(forest())
    assert root.get("aria-label") == root.findtext(f"{SVG}title") == "One theme costs <deals> & more"


def test_a_point_lies_on_its_line_and_costs_are_filled() -> None:
    circles = drawn(forest(ForestRow("Export", (COSTS,)), ForestRow("Help", (UNCLEAR,)))).findall(f"{SVG}circle")
    assert [circle.get("fill") for circle in circles] == ["#a83c14", "#ffffff"]
    assert float(circles[0].get("cx", "")) < float(circles[1].get("cx", ""))


def test_what_tells_nothing_has_no_point() -> None:
    rows = ForestRow("Export", (COSTS, NOTHING))
    assert len(drawn(forest(rows, panels=("SMB", "Enterprise"))).findall(f"{SVG}circle")) == 1


def test_its_picture_is_twice_as_wide_on_light_ground() -> None:
    picture = Image.open(io.BytesIO(png(forest(ForestRow("Export", (COSTS,))))))
    assert picture.width == 2_560
    assert picture.convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def test_letters_measure_wrap_and_shorten() -> None:
    font = letters()
    assert font.width("WW", 20) == 2 * font.width("W", 20) > font.width("ii", 20)
    assert font.wrapped("one two three", 20, font.width("one two", 20)) == ["one two", "three"]
    short = font.fitted("a very long name", 20, 80)
    assert short.endswith("…")
    assert font.width(short, 20) <= 80
    assert font.path(" ", 0, 0, 20) == ""
    assert font.path("é", 0, 0, 20) != font.path("e", 0, 0, 20)
    assert font.path("\U0001f600", 0, 0, 20) == font.path("中", 0, 0, 20)
