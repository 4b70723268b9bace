"""Sentences made from numbers, the same on every page, in the terminal and for programs."""

import math
from collections.abc import Mapping, Sequence


def stake(
    verdict: str, won: int, lost: int, difference: float, low: float, high: float, more_deals: int | None = None
) -> str:
    """What a theme costs or brings. won, lost: closed deals where it came up. low, high: the 90% interval of the
    adjusted difference of the win rate, −1 to 1."""
    closed = won + lost
    if closed == 0:
        return "Can't tell yet: it has come up in no closed deal so far."
    count = f"we won {won} of {deals(closed)} where this came up"
    if verdict == "costs":
        return f"{capital(count)}, {_span(-high, -low)} points less often than in similar deals."
    if verdict == "helps":
        return f"{capital(count)}, {_span(low, high)} points more often than in similar deals."
    return f"Can't tell yet: {count}; compared with similar deals that is {_unclear(low, high)}{_needed(more_deals)}."


def record(won: int, lost: int) -> str:
    """How many of the closed deals were won."""
    closed = won + lost
    if closed == 0:
        return "no deal has closed yet."
    return f"we won {won:,} of {deals(closed)} ({won / closed:.0%})."


def deals(count: int) -> str:
    return f"{count:,} deal" if count == 1 else f"{count:,} deals"


def said_by(times: int, accounts: int) -> str:
    """How often the same thing was said: "said 14 times by 9 accounts"."""
    often = {1: "once", 2: "twice"}.get(times, f"{times} times")
    if accounts == 0:
        return f"said {often}"
    return f"said {often} by {accounts} account" + ("s" if accounts != 1 else "")


def quoted(names: Sequence[str], most: int = 3) -> str:
    """Names in quotation marks: “A”, “B” and “C”; past `most`, how many more."""
    more = [f"{len(names) - most} more"] if len(names) > most else []
    return listed([f"“{name}”" for name in names[:most]] + more)


def strength(share: float) -> str:
    """In words, how much hangs on what was said: 0 would be nice, 0.4 no cue either way, 1 can't sign without it."""
    bounds = ((0.3, "nice to have"), (0.5, "said plainly"), (0.75, "pressing"))
    return next((words for bound, words in bounds if share < bound), "much hangs on it")


def leaning(kind: str, chances: Mapping[str, float]) -> str:
    """What the reader takes a quote for: "fairly sure: pain; maybe also request". chances: of each kind, 0 to 1."""
    chance = chances.get(kind, 0.0)
    bounds = ((0.35, "only a guess"), (0.6, "not sure"), (0.85, "fairly sure"))
    sure = next((words for bound, words in bounds if chance < bound), "sure")
    others = sorted((name for name, other in chances.items() if name != kind and other >= 0.2), key=chances.__getitem__)
    maybe = " or ".join(others[::-1][:2])
    return f"{sure}: {kind}" + (f"; maybe also {maybe}" if maybe else "")


def worth_checking(doubt: float, chance: float, alike: int, open_deals: int) -> str:
    """Why a person should look at a signal: "The reader may well be wrong; 14 are like it; in 3 open deals".

    doubt: 0 to 1; chance: of the kind that it is taken for. Where that is high, doubt comes from another kind.
    """
    bounds = ((0.4, "The reader is sure, but much hangs on it"), (0.8, "The reader may be wrong"))
    lost = "It may be of two kinds" if chance >= 0.85 else "The reader may well be wrong"
    why = [next((words for bound, words in bounds if doubt < bound), lost)]
    if alike:
        why.append(f"{alike:,} {'is' if alike == 1 else 'are'} like it")
    if open_deals:
        why.append(f"in {open_deals:,} open deal" + ("s" if open_deals != 1 else ""))
    return "; ".join(why)


def moving(trend: str, growth: float | None, low: float | None, high: float | None) -> str:
    """Whether a theme comes up more than it did: "Growing: 2.3 times as often as before (90% interval 1.4 to 3.7)".

    growth, low, high: None where there is no bound, as for what had never come up before. Empty where nothing is known.
    """
    if growth is None:
        return "New: it had not come up before." if trend else ""
    if trend and growth == 0:
        return "Gone quiet: it has not come up lately."
    said = {"growing": "Growing: it comes up", "quiet": "Going quiet: it comes up"}.get(trend, "Steady: it comes up")
    span = f" (90% interval {_times(low or 0.0)} to {_times(high)})" if high is not None else ""
    often = "as often" if f"{growth:.1f}" == "1.0" else f"{_times(growth)} times as often"
    but = "" if trend else ", so that any change may be chance"
    return f"{said} {often} as before, for how much is said{span}{but}."


def moving_in_short(trend: str, growth: float | None) -> str:
    """For a table: "growing ×2.3", "quiet ×0.4", "new"."""
    if not trend:
        return ""
    if growth is None:
        return "new"
    return f"{trend} ×{_times(growth)}" if growth else "gone quiet"


def _times(ratio: float) -> str:
    return f"{ratio:.1f}" if ratio < 10 else f"{ratio:,.0f}"


def listed(names: Sequence[str]) -> str:
    """As in “a”, “a and b”, “a, b and c”."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def turned(turn: str, low: float, high: float, first: str, second: str) -> str:
    """How a theme's difference of the win rate differs between two parts: the second's less the first's."""
    if turn == "more":
        return f"It goes with {_span(-high, -low)} points fewer wins in {second} than in {first}."
    if turn == "less":
        return f"It goes with {_span(low, high)} points fewer wins in {first} than in {second}."
    if low < 0 < high:
        most = f"{points(-low)} points more in {second} and {points(high)} points more in {first}"
        return f"Can't tell: it may cost between {most}."
    least, most_apart = sorted((abs(low), abs(high)))
    return f"Can't tell: {_span(least, most_apart)} points apart, which among so many themes may be chance."


def changed(turn: str, low: float, high: float, first: str, last: str) -> str:
    """How a theme's difference of the win rate changed: the last period's less the first's, along a straight line."""
    when = f"from {first} to {last}"
    if turn == "more":
        return f"It came to cost {_span(-high, -low)} points more {when}."
    if turn == "less":
        return f"It came to cost {_span(low, high)} points less {when}."
    if high - low >= 4:
        return f"Can't tell whether it changed {when}: too few deals with it, or without it."
    if low < 0 < high:
        between = f"between {points(-low)} points more and {points(high)} points less"
        return f"Can't tell whether it changed {when}: it may have come to cost {between}."
    least, most = sorted((abs(low), abs(high)))
    way = "more" if high <= 0 else "less"
    return (
        f"Can't tell whether it changed {when}: {_span(least, most)} points {way}, which among so many may be chance."
    )


def untold(in_first: int, in_second: int, first: str, second: str) -> str:
    """Why a theme can't be compared."""
    said = f"it came up in {deals(in_first)} of {first} and in {deals(in_second)} of {second}"
    return f"Can't tell: {said}; both sides need deals with it and without it."


def points(share: float) -> int:
    """Percentage points, rounded to what can be known."""
    return round(share * 100)


def _span(least: float, most: float) -> str:
    least_points, most_points = points(least), points(most)
    return f"{least_points}" if least_points == most_points else f"{least_points} to {most_points}"


def _unclear(low: float, high: float) -> str:
    """An interval on one side of zero is still unclear where so many themes were looked at that one had to be."""
    if low < 0 < high:
        return f"between {_side(low)} and {_side(high)}"
    span = _span(-high, -low) + " points less" if high <= 0 else _span(low, high) + " points more"
    return f"{span} often, which among so many themes may be chance"


def _side(share: float) -> str:
    size = abs(points(share))
    noun = "point" if size == 1 else "points"
    return f"{size} {noun} {'less' if share < 0 else 'more'} often"


def _needed(more_deals: int | None) -> str:
    return f"; about {more_deals:,} more closed deals would be needed" if more_deals else ""


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def rounded(value: float, digits: int = 2) -> str:
    """To so many significant digits, thousands separated: 1234.5 → "1,200", 0.0123 → "0.012"."""
    if not value:
        return "0"
    places = digits - 1 - math.floor(math.log10(abs(value)))
    return f"{round(value, places):,.{max(places, 0)}f}"
