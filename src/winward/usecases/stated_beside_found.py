"""The reason that the CRM states beside what the evidence shows, in words that blame nobody."""

from collections.abc import Sequence
from dataclasses import dataclass

from winward.engine.stakes import stated
from winward.engine.stakes.stated import (
    DESCRIBED,
    Kind,
    Need,
    has_words_of_its_own,
    judged,
    kinds_of,
    kinds_of_theme,
    says_nothing,
)
from winward.records import post_mortem_rows
from winward.usecases.deal_shares import Cost
from winward.usecases.heard import Heard
from winward.usecases.quotes import Quote
from winward.usecases.rival_names import known_rivals

# Which themes are about these is told by their meaning, which a page doesn't wait for.
BY_MEANING: frozenset[Kind] = frozenset(DESCRIBED)
BOTH_CAN_HOLD = "Both can hold: a reason is what was said at the end, and this is what goes with losing over all deals."


@dataclass(frozen=True, slots=True)
class Stated:
    """reason: as the CRM has it, "" where it has none. differs: null where nothing is clear enough to compare, or the
    reason is of a sort that themes say nothing of. afterwards: what they said when asked after the decision."""

    reason: str
    differs: bool | None
    sentence: str
    afterwards: Quote | None


def beside(reason: str, found: Sequence[Cost], heard: Heard) -> Stated:
    """found: the deal's themes, the largest share first. It never says else than the list of all stated reasons, which
    also compares meanings; it only knows less often."""
    reason = reason.strip()
    clear = [one for one in found if one.clear and one.share]
    leading = clear[0] if clear else None
    differs = _differs(reason, clear)
    return Stated(reason, differs, _sentence(reason, leading, differs, heard), _afterwards(leading, heard))


def _differs(reason: str, clear: Sequence[Cost]) -> bool | None:
    kinds = kinds_of(reason, known_rivals())
    needs = [Need(one.theme_id, kinds_of_theme(post_mortem_rows.price_share(one.theme_id), {})) for one in clear]
    verdict = judged(stated.Stated(kinds, frozenset(), says_nothing(reason)), needs)
    if verdict == "same":
        return False
    sure = verdict == "differs" and not kinds & BY_MEANING and not has_words_of_its_own(reason)
    return True if sure else None


def _sentence(reason: str, leading: Cost | None, differs: bool | None, heard: Heard) -> str:
    if not reason:
        return "The CRM states no reason. Whoever led the deal may remember one: a sentence in the CRM is enough."
    says = f"The CRM says “{reason}”"
    if not heard.before:
        return f"{says}. Nothing that was said before the decision is here to set beside it."
    if leading is None:
        return f"{says}. Nothing that came up is clearly associated with losing, so that nothing stands against it."
    if differs:
        return f"{says}. What was said before the decision points elsewhere: to “{leading.theme}”. {BOTH_CAN_HOLD}"
    if differs is None:
        return f"{says}. What was said before the decision points to “{leading.theme}”."
    return f"{says}, and what was said before the decision agrees: it points to “{leading.theme}”."


def _afterwards(leading: Cost | None, heard: Heard) -> Quote | None:
    """About what stands out, else about any theme: other talk explains nothing."""
    themed = [one for one in heard.afterwards if one.theme in heard.titles]
    about = [one for one in themed if leading is not None and one.theme == leading.theme_id]
    return heard.strongest(about or themed)
