"""Text set in the fonts that ship with Winward; signs that they lack come from the reader's own fonts, or say so."""

import unicodedata
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont

FONTS = Path(__file__).parent.parent / "fonts"
PLAIN, BOLD, QUOTE = "DejaVuSans", "DejaVuSans-Bold", "DejaVuSerif-Italic"
# Far too large to ship; every PDF reader for these languages has one of its own that stands in.
CHINESE, JAPANESE, KOREAN = "STSong-Light", "HeiseiMin-W3", "HYSMyeongJo-Medium"
NO_GLYPH = "□"
NOT_PRINTED = "[in a script that this sheet can’t print; the words stand on the page]"
# Past this share of signs without a glyph a text is not worth printing.
TOO_MANY = 0.25


def register_fonts() -> None:
    """Once a process."""
    if PLAIN in pdfmetrics.getRegisteredFontNames():
        return
    for name in (PLAIN, BOLD, QUOTE):
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{name}.ttf")))
    for name in (CHINESE, JAPANESE, KOREAN):
        pdfmetrics.registerFont(UnicodeCIDFont(name))


def markup(text: str, font: str = PLAIN) -> str:
    """For a paragraph in that font: every sign as it is, escaped, in a font that has it."""
    shown = _printable(text, font)
    japanese = any(_is_kana(sign) for sign in shown)
    runs = groupby(shown, key=lambda sign: _font_of(sign, font, japanese) or font)
    parts = ((name, escape("".join(signs))) for name, signs in runs)
    return "".join(part if name == font else f'<font name="{name}">{part}</font>' for name, part in parts)


def _printable(text: str, font: str) -> str:
    """The text without control signs; a note in its place where it can't be set as it is read."""
    clean = [sign for sign in unicodedata.normalize("NFC", text) if not _is_silent(sign)]
    letters = [sign for sign in clean if not sign.isspace()]
    missing = sum(not _font_of(sign, font, False) for sign in letters)
    if any(map(_runs_to_the_left, letters)) or missing > TOO_MANY * len(letters):
        return NOT_PRINTED
    return "".join(sign if sign.isspace() or _font_of(sign, font, False) else NO_GLYPH for sign in clean)


@lru_cache(10_000)
def _is_silent(sign: str) -> bool:
    """A control, a mark for the direction, a half of a sign, or one that Unicode doesn't know."""
    return unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn")


@lru_cache(10_000)
def _runs_to_the_left(sign: str) -> bool:
    return unicodedata.bidirectional(sign) in ("R", "AL")


@lru_cache(10_000)
def _font_of(sign: str, font: str, japanese: bool) -> str:
    """The first font that has the sign, "" where none has."""
    for name in (font, PLAIN):
        if ord(sign) in pdfmetrics.getFont(name).face.charToGlyph:
            return name
    return _of_the_east(sign, japanese)


def _of_the_east(sign: str, japanese: bool) -> str:
    name = unicodedata.name(sign, "")
    if _is_kana(sign):
        return JAPANESE
    if name.startswith("HANGUL SYLLABLE"):
        return KOREAN
    if name.startswith(("CJK UNIFIED", "FULLWIDTH", "IDEOGRAPHIC")) and ord(sign) < 0x10000:
        return JAPANESE if japanese else CHINESE
    return ""


@lru_cache(10_000)
def _is_kana(sign: str) -> bool:
    return unicodedata.name(sign, "").startswith(("HIRAGANA", "KATAKANA"))
