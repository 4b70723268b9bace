"""post-mortem: the review of one lost deal, from everything that is known of it; fit to be read in five minutes."""

from collections.abc import Sequence
from dataclasses import dataclass

from winward.records.company import Company
from winward.records.deals import Deal
from winward.records.themes import Theme
from winward.usecases.comparable_deals import AlikeDeal, Went, compare
from winward.usecases.deal_course import Course, course
from winward.usecases.deal_people import Person, never_heard, people
from winward.usecases.deal_shares import Cost, costs, with_ranges
from winward.usecases.had_to_be_true import Condition, condition
from winward.usecases.heard import Heard, hear
from winward.usecases.lesson import LessonKept, lesson_of
from winward.usecases.list_deals import DealRow, deal_row
from winward.usecases.list_themes import currency
from winward.usecases.missing_evidence import missing_evidence
from winward.usecases.quotes import NotFound
from winward.usecases.show_deal import find_deal
from winward.usecases.stated_beside_found import Stated, beside
from winward.usecases.theme_rows import COSTS
from winward.usecases.turning_points import TurningPoint, turning_points


@dataclass(frozen=True, slots=True)
class PostMortem:
    """unexplained: the share of the loss that goes with no theme, null where nothing was weighed. days: from the deal's
    beginning to its loss. went, in_common: to set beside the
    won deals like it. missing: what is not there, and what to bring in, a sentence each."""

    row: DealRow
    currency: str
    days: int | None
    sentence: str
    missing: tuple[str, ...]
    course: Course
    people: tuple[Person, ...]
    never_heard: tuple[str, ...]
    turning_points: tuple[TurningPoint, ...]
    costs: tuple[Cost, ...]
    unexplained: float | None
    stated: Stated
    alike: tuple[AlikeDeal, ...]
    went: Went
    in_common: str
    condition: Condition
    lesson: LessonKept | None


def post_mortem(reference: str | int) -> PostMortem:
    """reference: as in `show_deal`. Raises NotFound where there is no such deal, or it isn't lost."""
    deal = find_deal(reference)
    if deal.state != Deal.State.LOST:
        raise NotFound(f"{deal.name} is {deal.state}: only a lost deal has a post-mortem.")
    costly, titles, seed = _costly(), _titles(), Company.objects.get().seed
    heard = hear(deal, costly)
    compared = compare(deal.pk, costly, titles, seed)
    found = with_ranges(costs(deal, heard), compared.shares)
    leading = next((one for one in found if one.clear and one.share), None)
    turned, met, lesson = turning_points(heard, seed), people(deal, heard), lesson_of(deal.pk)
    days = (deal.closed_on - deal.created_on).days if deal.closed_on and deal.created_on else None
    return PostMortem(
        row=deal_row(deal),
        currency=currency(),
        days=days,
        sentence=_sentence(deal, days, heard, leading),
        missing=missing_evidence(deal, heard, found),
        course=course(deal, heard, [one.at for one in turned]),
        people=met,
        never_heard=never_heard(deal, met),
        turning_points=turned,
        costs=found,
        unexplained=_unexplained(found),
        stated=beside(deal.stated_reason, found, heard),
        alike=compared.alike,
        went=compared.here,
        in_common=compared.sentence,
        condition=condition(compared, titles, lesson),
        lesson=lesson,
    )


def _titles() -> dict[int, str]:
    return {theme.pk: theme.title for theme in Theme.objects.filter(retired=False).only("name", "given_name")}


def _costly() -> list[int]:
    """Those clearly associated with losing, the most harmful first."""
    clear = Theme.objects.filter(retired=False, stake__verdict=COSTS)
    return list(clear.order_by("stake__difference").values_list("pk", flat=True))


def _unexplained(found: Sequence[Cost]) -> float | None:
    shares = [one.share for one in found if one.share is not None]
    return max(0.0, 1 - sum(shares)) if shares else None


def _sentence(deal: Deal, days: int | None, heard: Heard, leading: Cost | None) -> str:
    when = f" on {deal.closed_on.day} {deal.closed_on:%B %Y}" if deal.closed_on else ""
    after = f" after {days:,} day{'s' if days != 1 else ''}" if days else ""
    rival = f", with {deal.competitor} as a rival" if deal.competitor else ""
    lost = f"Lost{when}{after}{rival}."
    if leading is not None and leading.share:
        span = f" ({leading.low:.0%} to {leading.high:.0%})" if leading.low is not None else ""
        return f"{lost} What stands out is “{leading.theme}”: {leading.share:.0%}{span} of the loss goes with it."
    if not heard.said:
        return f"{lost} Nothing that was said in it is here yet."
    return f"{lost} Nothing that came up in it is clearly associated with losing."
