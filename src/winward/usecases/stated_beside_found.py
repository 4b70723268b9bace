"""The reason that the CRM states beside what the evidence shows, in words that blame nobody."""

import re
from dataclasses import dataclass

from winward.records import post_mortem_rows
from winward.usecases.deal_shares import Cost
from winward.usecases.heard import Heard
from winward.usecases.quotes import Quote

PRICE = re.compile(r"\b(pric\w*|cost\w*|budget\w*|expensive|cheap\w*|discount\w*|afford\w*|fees?)\b", re.IGNORECASE)
PRODUCT = re.compile(
    r"\b(product|features?|functional\w*|capabilit\w*|integrations?|missing|gaps?|usability|performance|fit|technical)\b",
    re.IGNORECASE,
)
BOTH_CAN_HOLD = "Both can hold: a reason is what was said at the end, and this is what goes with losing over all deals."


@dataclass(frozen=True, slots=True)
class Stated:
    """reason: as the CRM has it, "" where it has none. differs: null where nothing is clear enough to compare, or the
    reason is of a sort that themes say nothing of. afterwards: what they said when asked after the decision."""

    reason: str
    differs: bool | None
    sentence: str
    afterwards: Quote | None


def beside(reason: str, leading: Cost | None, heard: Heard) -> Stated:
    """leading: the theme with the largest share of those that are clearly associated with losing."""
    reason = reason.strip()
    differs = _differs(reason, leading)
    return Stated(reason, differs, _sentence(reason, leading, differs, heard), _afterwards(leading, heard))


def _differs(reason: str, leading: Cost | None) -> bool | None:
    price, product = bool(PRICE.search(reason)), bool(PRODUCT.search(reason))
    if leading is None or price == product:
        return None
    return (post_mortem_rows.price_share(leading.theme_id) >= 0.5) != price


def _sentence(reason: str, leading: Cost | None, differs: bool | None, heard: Heard) -> str:
    if not reason:
        return "The CRM states no reason. Whoever led the deal may remember one: a sentence in the CRM is enough."
    stated = f"The CRM says “{reason}”"
    if not heard.before:
        return f"{stated}. Nothing that was said before the decision is here to set beside it."
    if leading is None:
        return f"{stated}. Nothing that came up is clearly associated with losing, so that nothing stands against it."
    if differs:
        return f"{stated}. What was said before the decision points elsewhere: to “{leading.theme}”. {BOTH_CAN_HOLD}"
    if differs is None:
        return f"{stated}. What was said before the decision points to “{leading.theme}”."
    return f"{stated}, and what was said before the decision agrees: it points to “{leading.theme}”."


def _afterwards(leading: Cost | None, heard: Heard) -> Quote | None:
    """About what stands out, else about any theme: other talk explains nothing."""
    themed = [one for one in heard.afterwards if one.theme in heard.titles]
    about = [one for one in themed if leading is not None and one.theme == leading.theme_id]
    return heard.strongest(about or themed)
