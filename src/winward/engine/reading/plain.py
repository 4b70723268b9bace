"""What the models read of a quote: its words without marks, slips and repetitions of speech. The quote keeps them."""

import re

# A noise, a gap or a slip of the tongue, as transcribers write them: {vocalsound}, [inaudible], <laugh>, (crosstalk).
_MARK = re.compile(
    r"\{[^{}]{1,40}\}|\[[^\[\]]{1,40}\]|<[^<>]{1,40}>"
    r"|\((?:inaudible|unintelligible|laugh\w*|laughter|crosstalk|pause|cough\w*|sigh\w*|music|silence)\)",
    re.IGNORECASE,
)
_OPENING = re.compile(r"[{\[<(]")
# "L_C_D_" is how letters said one by one are written down.
_LETTERS = re.compile(r"\b(?:[A-Za-z]_){2,}(?:[A-Za-z]\b)?")
_SOUND = re.compile(r"(?<![\w'’-])(?:u+h+m*|u+m+|e+r+m+|h+m+|mm+|m-?hm+|a+h+)(?![\w'’-])\s*,?", re.IGNORECASE)
_AGAIN = re.compile(r"\b(\w[\w'’]*+(?:\s+\w[\w'’]*+)?)(?:\s*,?\s+\1\b)+", re.IGNORECASE)
_BLANK_BEFORE_MARK = re.compile(r"\s+(?=[.,?!;:](?:\s|$))")
_EMPTY_PAUSES = re.compile(r"(?:^|(?<=[.?!]))\s*[,;]+|(?<=[,;])\s*[,;]+")
_BLANKS = re.compile(r"\s+")


def plain(quote: str) -> str:
    """The words that are meant: "Uh we we need the L_C_D_ , {disfmarker} a screen ." reads "we need the LCD, a screen."

    Source: the kinds of disfluency of Shriberg (1994): filled pauses, repetitions, and cut-off words' marks.
    """
    text = _MARK.sub(" ", quote) if _OPENING.search(quote) else quote
    text = _LETTERS.sub(lambda letters: letters.group().replace("_", ""), text) if "_" in text else text
    text = _BLANKS.sub(" ", _SOUND.sub(" ", text))
    text = _BLANK_BEFORE_MARK.sub("", _AGAIN.sub(r"\1", text))
    return _BLANKS.sub(" ", _EMPTY_PAUSES.sub("", text)).strip()
