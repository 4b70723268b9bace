"""name: what a language model would call the themes, where one is configured. A person accepts it, or nobody does."""

from dataclasses import dataclass

from winward.records.themes import Theme
from winward.text_models.language import Evidence, Wording, Writer
from winward.usecases.progress import OnProgress, silent
from winward.usecases.quotes import quotes_in_order

QUESTION = (
    "What is the one need or complaint that these quotes share? Answer with a single sentence that is its name: two to "
    "seven words, specific, in the customers' own words, in sentence case, without a full stop, such as: Export fails "
    "on large workspaces"
)
# The themes that are spoken of most; what is rare can keep the name that its words gave it.
MOST_THEMES = 200
LONGEST_NAME, MOST_WORDS = 60, 9


@dataclass(frozen=True, slots=True)
class Proposed:
    """proposed: themes with a suggestion. rejected: answers that relied on no quote that was shown, or were no name.
    why_not: why the provider was asked no further, empty where it was."""

    asked: int = 0
    proposed: int = 0
    rejected: int = 0
    why_not: str = ""


def name_themes(writer: Writer, on_progress: OnProgress = silent) -> Proposed:
    """Ask for a name for each theme that nobody has named. The quotes are redacted first; what was answered about the
    same quotes before is not asked again."""
    themes = _unnamed()
    proposed = rejected = 0
    for asked, theme in enumerate(themes):
        on_progress("naming", asked, len(themes))
        wording = writer.word(QUESTION, _evidence(theme))
        if wording.why_not:
            return Proposed(asked, proposed, rejected, wording.why_not)
        name = _name(wording)
        proposed, rejected = proposed + bool(name), rejected + (not name)
        quotes = list(wording.sentences[0].quotes) if name else []
        Theme.objects.filter(pk=theme.pk).update(proposed_name=name, proposed_from=quotes)
    return Proposed(len(themes), proposed, rejected)


def _unnamed() -> list[Theme]:
    found = Theme.objects.filter(retired=False, hidden=False, given_name="", typical__len__gt=0)
    return list(found.order_by("-stake__signals", "pk").only("pk", "typical")[:MOST_THEMES])


def _evidence(theme: Theme) -> list[Evidence]:
    return [Evidence(quote.signal, "", quote.words) for quote in quotes_in_order(theme.typical) if not quote.dismissed]


def _name(wording: Wording) -> str:
    """The name, or nothing where the answer is none."""
    text = wording.sentences[0].text.strip(" .\"“”'") if wording.sentences else ""
    fits = 0 < len(text) <= LONGEST_NAME and len(text.split()) <= MOST_WORDS
    return text[:1].upper() + text[1:] if fits else ""
