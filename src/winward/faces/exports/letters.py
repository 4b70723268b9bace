"""Text drawn as shapes from the packaged fonts, so that a picture looks the same wherever it is opened.

Source: the OpenType specification's tables cmap (format 4), glyf, head, hhea, hmtx and loca.
"""

from functools import cache
from importlib.resources import files
from itertools import pairwise
from struct import unpack_from

Point = tuple[float, float, bool]
Contour = list[Point]

WORDS, OFFSETS, SCALE, MORE, TWO_SCALES, MATRIX = 0x1, 0x2, 0x8, 0x20, 0x40, 0x80


class Letters:
    """A TrueType font."""

    def __init__(self, file: bytes) -> None:
        tables = unpack_from(">H", file, 4)[0]
        rows = [unpack_from(">4sLLL", file, 12 + 16 * at) for at in range(tables)]
        self._file = file
        self._at = {name.decode(): offset for name, _, offset, _ in rows}
        self._em: int = unpack_from(">H", file, self._at["head"] + 18)[0]
        self._long: bool = unpack_from(">h", file, self._at["head"] + 50)[0] == 1
        self._measured: int = unpack_from(">H", file, self._at["hhea"] + 34)[0]
        self._segments = self._characters()

    def width(self, text: str, size: float) -> float:
        return sum(map(self._advance, map(self._glyph, text))) * size / self._em

    def path(self, text: str, x: float, y: float, size: float) -> str:
        """The text's outline as an SVG path; x, y: where its base line begins."""
        scale, drawn = size / self._em, []
        for glyph in map(self._glyph, text):
            drawn += [_curve(contour, x, y, scale) for contour in self._contours(glyph)]
            x += self._advance(glyph) * scale
        return "".join(drawn)

    def fitted(self, text: str, size: float, room: float) -> str:
        """As much of the text as there is room for."""
        if self.width(text, size) <= room:
            return text
        while text and self.width(f"{text}…", size) > room:
            text = text[:-1]
        return f"{text.rstrip()}…"

    def wrapped(self, text: str, size: float, room: float) -> list[str]:
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(longer, size) <= room:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def _characters(self) -> list[tuple[int, int, int, int, int]]:
        """Segments of the Unicode table: first, last, shift, where its list of glyphs begins, 0 where it has none."""
        table = self._at["cmap"]
        count = unpack_from(">H", self._file, table + 2)[0]
        rows = [unpack_from(">HHL", self._file, table + 4 + 8 * at) for at in range(count)]
        start = table + next(offset for platform, coding, offset in rows if (platform, coding) == (3, 1))
        half = unpack_from(">H", self._file, start + 6)[0] // 2
        lasts, firsts, shifts, lists = (start + 14 + jump for jump in (0, 2 * half + 2, 4 * half + 2, 6 * half + 2))
        found = []
        for at in range(half):
            last, first, shift, offset = (
                unpack_from(">H", self._file, place + 2 * at)[0] for place in (lasts, firsts, shifts, lists)
            )
            found.append((first, last, shift, lists + 2 * at + offset, offset))
        return found

    def _glyph(self, character: str) -> int:
        """0, the font's sign for what it lacks, where it has no such letter."""
        code = ord(character)
        for first, last, shift, place, offset in self._segments:
            if first <= code <= last:
                if not offset:
                    return (code + shift) % 65_536
                glyph = int(unpack_from(">H", self._file, place + 2 * (code - first))[0])
                return (glyph + shift) % 65_536 if glyph else 0
        return 0

    def _advance(self, glyph: int) -> int:
        return int(unpack_from(">H", self._file, self._at["hmtx"] + 4 * min(glyph, self._measured - 1))[0])

    @cache  # noqa: B019 - there are three fonts, each made once
    def _contours(self, glyph: int) -> list[Contour]:
        size, places = (4, ">LL") if self._long else (2, ">HH")
        first, last = unpack_from(places, self._file, self._at["loca"] + size * glyph)
        if first == last:
            return []
        start = self._at["glyf"] + (first if self._long else 2 * first)
        contours = unpack_from(">h", self._file, start)[0]
        return self._simple(start + 10, contours) if contours >= 0 else self._composed(start + 10)

    def _simple(self, at: int, contours: int) -> list[Contour]:
        ends = unpack_from(f">{contours}H", self._file, at)
        count = ends[-1] + 1
        at += 2 * contours
        at += 2 + unpack_from(">H", self._file, at)[0]
        flags: list[int] = []
        while len(flags) < count:
            flag = self._file[at]
            times = 1 + (self._file[at + 1] if flag & 8 else 0)
            at += 2 if flag & 8 else 1
            flags += [flag] * times
        xs, at = self._coordinates(at, flags, 2, 16)
        ys, _ = self._coordinates(at, flags, 4, 32)
        points = [(float(x), float(y), bool(flag & 1)) for x, y, flag in zip(xs, ys, flags, strict=False)]
        return [points[first + 1 : last + 1] for first, last in pairwise((-1, *ends))]

    def _coordinates(self, at: int, flags: list[int], short: int, same: int) -> tuple[list[int], int]:
        found, value = [], 0
        for flag in flags:
            if flag & short:
                value += self._file[at] if flag & same else -self._file[at]
                at += 1
            elif not flag & same:
                value += unpack_from(">h", self._file, at)[0]
                at += 2
            found.append(value)
        return found, at

    def _composed(self, at: int) -> list[Contour]:
        """Of other glyphs, such as a letter and its accent."""
        found: list[Contour] = []
        flags = MORE
        while flags & MORE:
            flags, glyph = unpack_from(">HH", self._file, at)
            dx, dy = unpack_from(">hh" if flags & WORDS else ">bb", self._file, at + 4)
            at += 8 if flags & WORDS else 6
            (a, b, c, d), at = self._matrix(at, flags)
            dx, dy = (dx, dy) if flags & OFFSETS else (0, 0)
            found += [
                [(a * x + c * y + dx, b * x + d * y + dy, on) for x, y, on in contour]
                for contour in self._contours(glyph)
            ]
        return found

    def _matrix(self, at: int, flags: int) -> tuple[tuple[float, float, float, float], int]:
        count = 1 if flags & SCALE else 2 if flags & TWO_SCALES else 4 if flags & MATRIX else 0
        values = [value / 16_384 for value in unpack_from(f">{count}h", self._file, at)]
        at += 2 * count
        if count == 4:
            return (values[0], values[1], values[2], values[3]), at
        across, up = (values[0], values[-1]) if values else (1.0, 1.0)
        return (across, 0.0, 0.0, up), at


def _curve(contour: Contour, x: float, y: float, scale: float) -> str:
    """Points off the curve bend it; between two of them lies one that is on it."""
    whole: Contour = []
    for (ax, ay, on), (bx, by, following) in pairwise([*contour, contour[0]]):
        whole.append((ax, ay, on))
        if not on and not following:
            whole.append(((ax + bx) / 2, (ay + by) / 2, True))
    start = next(at for at, point in enumerate(whole) if point[2])
    turned = [*whole[start:], *whole[: start + 1]]
    drawn, bend = "", ""
    for at, (px, py, on) in enumerate(turned):
        place = f"{x + px * scale:.2f} {y - py * scale:.2f}"
        drawn += (f"M{place}" if not at else f"Q{bend} {place}" if bend else f"L{place}") if on else ""
        bend = "" if on else place
    return f"{drawn}Z"


@cache
def letters(bold: bool = False) -> Letters:
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return Letters((files("winward.faces") / "fonts" / name).read_bytes())
