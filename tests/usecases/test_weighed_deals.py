"""What weighing takes of a deal holds nothing that only its outcome tells."""

from datetime import date, timedelta

from tests.cast import Cast
from winward.records import stake_rows
from winward.records.deals import Deal, StageChange

STAGES = ("Discovery", "Proposal", "Negotiation")


def stages(deal: Deal) -> int:
    return next(one.stages for one in stake_rows.deals() if one.id == deal.pk)


def entered(deal: Deal, *named: str) -> None:
    """The deal went through these stages, a day each, long before it closed."""
    StageChange.objects.filter(deal=deal).delete()
    for days, stage in enumerate(named):
        StageChange.objects.create(deal=deal, stage=stage, entered_on=date(2026, 5, 1) + timedelta(days=days))


def test_the_stage_in_which_a_deal_ended_is_not_counted_whenever_it_was_entered(cast: Cast) -> None:
    lost = cast.deals["ACME-1"]
    lost.stage = "Closed Lost"
    lost.save()
    entered(lost, *STAGES, lost.stage)
    assert stages(lost) == len(STAGES)


def test_an_open_deals_stages_all_count(cast: Cast) -> None:
    deal = cast.deals["ELM-1"]
    deal.stage = STAGES[-1]
    deal.save()
    entered(deal, *STAGES)
    assert stages(deal) == len(STAGES)
