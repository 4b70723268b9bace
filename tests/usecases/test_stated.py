"""Stated reasons beside what was found, over a company that loses over offline and states what comes to mind."""

from datetime import UTC, datetime

import pytest

from tests.usecases.losing import Losing, losing
from winward.engine.reading import Reader
from winward.records.accounts import Owner
from winward.records.deals import Deal
from winward.text_models import default_reader
from winward.usecases.stated import FEWEST_TO_NAME, stated_beside_found
from winward.usecases.weigh import weigh


@pytest.fixture(scope="module")
def reader() -> Reader:
    return default_reader(threads=1)


@pytest.fixture
def company(db: None) -> Losing:
    made = losing()
    weigh(datetime(2026, 9, 30, tzinfo=UTC), seed=3)
    return made


def lost_over_offline() -> list[Deal]:
    return list(Deal.objects.filter(state="lost", attributions__theme__name="Offline", attributions__share__gt=0))


def test_it_counts_what_agrees_what_differs_and_what_says_nothing(company: Losing, reader: Reader) -> None:
    deals = lost_over_offline()
    for at, reason in enumerate(["Price", "Missing functionality", "Other", "Lost to competitor"]):
        Deal.objects.filter(pk__in=[deal.pk for deal in deals[at::4]]).update(stated_reason=reason)
    found = stated_beside_found(reader)
    counted = {verdict: found.verdicts[verdict] for verdict in ("differs", "same", "says nothing", "who, not why")}
    assert counted == {
        "differs": len(deals[0::4]), "same": len(deals[1::4]),
        "says nothing": len(deals[2::4]), "who, not why": len(deals[3::4]),
    }  # fmt: skip
    assert found.all.compared == len(deals[0::4]) + len(deals[1::4])
    assert found.sentence.startswith(f"In {found.all.differ} of {found.all.compared} lost deals the form and")
    assert {(one.reason, one.theme) for one in found.hidden} == {
        ("Price", "Offline"), ("Other", "Offline"), ("Lost to competitor", "Offline"),
    }  # fmt: skip
    by_reason = {rate.name: rate for rate in found.reasons}
    assert (by_reason["Other"].unsaid, by_reason["Other"].rate) == (len(deals[2::4]), None)
    assert by_reason["Price"].rate > 0.7 > 0.3 > by_reason["Missing functionality"].rate


def test_each_deal_that_differs_shows_the_need_and_its_quote(company: Losing, reader: Reader) -> None:
    deals = lost_over_offline()
    Deal.objects.filter(pk__in=[deal.pk for deal in deals]).update(stated_reason="Timing")
    found = stated_beside_found(reader)
    assert {one.deal.id for one in found.deals} == {deal.pk for deal in deals}
    for one in found.deals:
        assert one.sentence == "The form says “Timing”; the evidence holds “Offline”."
        assert one.found[0].quote is not None
        assert 0 < one.found[0].share <= 1
    assert found.differ_value == sum(float(deal.value or 0) for deal in deals)
    assert len(stated_beside_found(reader, reason="timing", theme=company.themes["offline"].pk).deals) == len(deals)
    assert stated_beside_found(reader, reason="Price", theme=company.themes["offline"].pk).deals == ()


def test_a_reason_in_their_own_words_names_the_theme_that_it_means(company: Losing, reader: Reader) -> None:
    offline = company.themes["offline"]
    text = "They need it to work without an internet connection"
    offline.centre = reader.embed([text, "No offline mode for our crews"])[:, :384].mean(axis=0).tolist()
    offline.save(update_fields=["centre"])
    deals = lost_over_offline()
    Deal.objects.filter(pk__in=[deal.pk for deal in deals]).update(stated_reason="no offline mode at all")
    assert stated_beside_found(reader).verdicts["same"] == len(deals)
    Deal.objects.filter(pk=deals[0].pk).update(stated_reason="Der Chef war krank")
    assert stated_beside_found(reader).verdicts["not understood"] == 1


def test_owners_with_few_lost_deals_are_not_named(company: Losing, reader: Reader) -> None:
    rare = Owner.objects.create(source=company.source, external_id="Rae", name="Rae")
    few = [deal.pk for deal in lost_over_offline()[: FEWEST_TO_NAME - 1]]
    Deal.objects.filter(pk__in=few).update(owner=rare)
    found = stated_beside_found(reader)
    assert {rate.name for rate in found.owners} == {"Sam", "Kim"}
    assert found.few is not None
    assert found.few.lost == len(few)
    assert "Rae" not in repr((found.owners, found.few))
    assert all(rate.low < rate.rate < rate.high for rate in found.owners if rate.rate is not None)


def test_an_empty_workspace_has_nothing_to_compare(db: None, reader: Reader) -> None:
    found = stated_beside_found(reader)
    assert (found.sentence, found.lost, found.deals) == ("No deal has been lost yet.", 0, ())
