"""What goes with the loss of one deal: each theme with its share, and whether it is clear over all deals."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from winward.engine.stakes import Range
from winward.records.deals import Deal
from winward.records.stakes import Attribution, Stake
from winward.usecases.heard import Heard
from winward.usecases.quotes import Quote
from winward.usecases.theme_rows import COSTS, NOT_WEIGHED


@dataclass(frozen=True, slots=True)
class Cost:
    """share: of the loss, 0 to 1, with its 90% interval (null where it can't be had); null where no share goes to it.
    value: the same in the company's currency. clear: over all deals it is clearly associated with losing. deals: the
    closed ones in which it came up, of which so many were lost."""

    theme_id: int
    theme: str
    mentions: int
    share: float | None
    low: float | None
    high: float | None
    value: float | None
    verdict: str
    clear: bool
    deals: int
    lost: int
    quote: Quote | None


def costs(deal: Deal, heard: Heard) -> tuple[Cost, ...]:
    """Every theme that customers brought up before the outcome: the largest share first, then what was said most."""
    counted = Counter(one.theme for one in heard.before if one.theme in heard.titles)
    shares = {one.theme_id: one for one in Attribution.objects.filter(deal=deal)}
    stakes = {one.theme_id: one for one in Stake.objects.filter(theme__in=[theme for theme in counted if theme])}
    found = [
        _cost(theme, count, shares.get(theme), stakes.get(theme), heard) for theme, count in counted.items() if theme
    ]
    return tuple(sorted(found, key=lambda one: (-(one.share or 0.0), not one.clear, -one.mentions, one.theme)))


def with_ranges(found: tuple[Cost, ...], ranges: Mapping[int, Range]) -> tuple[Cost, ...]:
    """The shares' intervals; a share that was stored by an earlier weighing stays inside."""
    return tuple(_ranged(one, ranges.get(one.theme_id)) for one in found)


def _cost(theme: int, mentions: int, share: Attribution | None, stake: Stake | None, heard: Heard) -> Cost:
    verdict = stake.verdict if stake else NOT_WEIGHED
    return Cost(
        theme_id=theme,
        theme=heard.titles[theme],
        mentions=mentions,
        share=share.share if share else None,
        low=None,
        high=None,
        value=share.value if share else None,
        verdict=verdict,
        clear=verdict == COSTS,
        deals=stake.won_with + stake.lost_with if stake else 0,
        lost=stake.lost_with if stake else 0,
        quote=heard.strongest(one for one in heard.before if one.theme == theme),
    )


def _ranged(cost: Cost, found: Range | None) -> Cost:
    if cost.share is None or found is None:
        return cost
    return replace(cost, low=min(found.low, cost.share), high=max(found.high, cost.share))
