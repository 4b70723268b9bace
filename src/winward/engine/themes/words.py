"""Words of a quote, and which of them carry what it is about."""

import re

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# What a transcriber put in for a noise, a gap or a slip of the tongue: {vocalsound}, [inaudible], <laugh>.
_TRANSCRIBERS_MARK = re.compile(r"\{[^{}]{1,40}\}|\[[^\[\]]{1,40}\]|<[^<>]{1,40}>")

# Function words, and the small change of talk that is said about everything.
_SMALL_WORDS = (
    "a about above actually after again against all also am an and any anything are aren't around as at be because "
    "been before being below between both but by can can't cannot could couldn't did didn't do does doesn't doing "
    "don't down during each either else even ever every everything few for from further get gets getting go goes "
    "going gonna got guess had hadn't has hasn't have haven't having he he'd he'll he's her here here's hers "
    "herself hey hi hello him himself his how how's i i'd i'll i'm i've if in into is isn't it it'd it'll it's its "
    "itself just kind know let let's like literally lot lots maybe me mean mine more most much my myself no nor not "
    "nothing now of off oh ok okay on once one only onto or other our ours ourselves out over own perhaps please "
    "pretty quite really right same say saying she she'd she'll she's should shouldn't so some something sort still "
    "such sure than thank thanks that that's the their theirs them themselves then there there's these they they'd "
    "they'll they're they've thing things think this those though through to too um uh under until up upon us very "
    "want wants was wasn't we we'd we'll we're we've well were weren't what what's whatever when when's where "
    "where's whether which while who who's whom whose why will with without won't would wouldn't yeah yep yes yet "
    "you you'd you'll you're you've your yours yourself "
)
STOPWORDS = frozenset(_SMALL_WORDS.split())

# They turn the meaning round: "refund appeared" names nothing where people say that it hasn't.
NEGATIONS = frozenset(
    {"no", "not", "never", "cannot", "without"} | {word for word in STOPWORDS if word.endswith("n't")}
)


def words(text: str) -> list[str]:
    """The words of `text`, lower case, apostrophes made plain."""
    return [word.casefold() for word in words_as_written(text)]


def words_as_written(text: str) -> list[str]:
    """The words of `text`, apostrophes made plain."""
    return [word.replace("’", "'") for word in _WORD.findall(text)]


def without_marks(text: str) -> str:
    """The text without what a transcriber put in."""
    return _TRANSCRIBERS_MARK.sub(" ", text)


def content_words(text: str) -> list[str]:
    """The words that say what a quote is about: neither function words nor bare single letters or numbers."""
    return [word for word in words(text) if word not in STOPWORDS and len(word) > 1 and not word.isdigit()]
