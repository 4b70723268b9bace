"""The phrase that a sentence is about, picked from its own words."""

import re

from winward.engine.reading.vocabulary import vocabulary

LONGEST_PHRASE = 4

_TOKEN = re.compile(r"[^\W_]+(?:[-/&'’.][^\W_]+)*|[,;:.!?()\"“”—–]")

# Words that no phrase may hold: grammar, talk about talking, and the verbs and adjectives that surround what is meant.
_OUTSIDE = vocabulary(
    """
    a an the this that these those my your our their his her its i you he she it we they me him us them who
    whom which what whose where when why how there here and or but so because if then than as at by for from
    in into of off on onto out over to up with without within about across after again against all almost
    already also always am any anything are around back be became been before being below better best
    between big bit both can cannot could did do does doing done down during each easy easily either else
    enough even ever every everyone everybody everything exactly far few find first fine former found gave
    get gets getting give given gives go goes going gone good got great had half happen happens happy hard
    has have having help helps high however huge instead issue issues just keep keeps kept kind know knows
    known last late lately least less let lets like likes likely little live long longer look looking looks
    lot lots made main make makes making many may maybe mean means might mine more most much must need
    needed needs neither never new next nice no nobody none nor not nothing now often ok okay old once one
    only other others otherwise own part people perhaps place point possible pretty probably problem
    problems put quick quickly quite rather real really right said same saw say saying says see seem seems
    seen several shall should show since slow slower small some somebody someone something sometimes soon
    sort still such sure take taken takes taking talk tell thank thanks thing things think thought through
    time times today together told tomorrow too took tried try trying twice two under understand until upon
    use used uses using usually very via want wanted wants was way ways week weeks well went were whatever
    while will wish won work worked working works worse worst worth would yes yesterday yet yeah uh um hmm
    mm able actual actually anyway apparently asked ask asking basically bad become believe bring brought
    buy call called came care come comes coming currently decide decided definitely different difficult feel
    feels felt honestly hope important impossible love loved loves missing lack lacks moment obviously
    please prefer run running send sent simple simply spend spent start started stop stopped support
    supports supported supposed terrible awful expensive cheap worry worried wrong useless frankly literally
    completely totally absolutely concern concerned concerns key fact guess let's there's that's it's i'm
    we're you're they're i've we've you've don't doesn't didn't can't won't isn't aren't wasn't weren't
    wouldn't couldn't shouldn't haven't hasn't i'd we'd you'd i'll we'll you'll they'll he's she's what's
    here's cant dont im ive won’t can’t don’t doesn’t didn’t isn’t it’s i’m we’re that’s there’s we’ve i’ve
    add added allow allows build change changed check click crash crashes crashed fail fails failed breaks
    broke broken fix fixed three four five six seven eight nine ten unable whole full entire entirely single
    sign signing switch switched switching move moving moved leave leaving left lose lost losing pay paying
    paid miss missed read reading write open close closed set setting end ends ending happening loading
    loads wait waiting waits needing compared day days month months year years hour hours minute minutes
    morning deal-breaker dealbreaker
    """
)
_NOUN_ENDINGS = (
    "tion",
    "sion",
    "ment",
    "ity",
    "ness",
    "ing",
    "er",
    "or",
    "ance",
    "ence",
    "ship",
    "age",
    "ics",
    "board",
    "log",
)
_BEFORE_OBJECT = vocabulary(
    "need needs want without no for with lacks lack missing about of add support on our your the"
)


def about(sentence: str) -> str:
    """The most telling run of up to four content words, as written, or "" when there is none.

    Source: Rose et al. (2010), RAKE: content words between stop words; here scored by length, by noun endings,
    by capitals and by what stands before.
    """
    runs = _runs(_TOKEN.findall(sentence))
    if not runs:
        return ""
    return " ".join(max(runs, key=lambda run: _score(*run))[1])


def _runs(tokens: list[str]) -> list[tuple[str, list[str]]]:
    """Each run of content words with the word before it."""
    runs: list[tuple[str, list[str]]] = []
    before, run = "", list[str]()
    for token in [*tokens, "."]:
        if _content(token):
            run.append(token)
            continue
        if run:
            runs.append((before, run[-LONGEST_PHRASE:]))
        before, run = token.lower(), []
    return runs


def _content(token: str) -> bool:
    word = token.lower()
    adverb = word.endswith("ly") and len(word) > 4
    return word not in _OUTSIDE and word[0].isalpha() and not adverb and (len(word) > 2 or token.isupper())


def _score(before: str, run: list[str]) -> float:
    last = run[-1]
    named = any(word[0].isupper() for word in run[1:]) or any(word.isupper() and len(word) > 1 for word in run)
    ending = last.lower().removesuffix("s").endswith(_NOUN_ENDINGS)
    return min(len(run), 3) + 0.8 * named + 0.6 * ending + 0.7 * (before in _BEFORE_OBJECT) + 0.05 * min(len(last), 10)
