"""Warnings on open deals: raised once, followed while the deal is open, and counted when it closes."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.dump import differences, dump
from tests.usecases.losing import PROMISE, SAID, Losing, losing, speak
from winward.records.deals import Deal
from winward.records.decisions import Audit
from winward.records.losses import LossWarning
from winward.records.signals import Signal
from winward.usecases import decide
from winward.usecases.list_decisions import list_decisions
from winward.usecases.list_warnings import answer_warning, list_warnings, live_precision
from winward.usecases.quotes import NotFound
from winward.usecases.warn import warn
from winward.usecases.warning_reasons import open_warnings, warning_of
from winward.usecases.weigh import weigh

NOW = datetime(2026, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(days=7)


@pytest.fixture
def company(db: None) -> Losing:
    made = losing()
    weigh(NOW, seed=3)
    warn(NOW, seed=3)
    return made


def offline(company: Losing) -> set[int]:
    """The open deals in which offline came up."""
    told = Signal.objects.filter(theme=company.themes["offline"], document__deal__state="open")
    return set(told.values_list("document__deal", flat=True))


def test_it_warns_of_the_open_deals_that_show_what_lost_ones_showed(company: Losing) -> None:
    assert {row.deal_id for row in LossWarning.objects.all()} == offline(company)
    assert len(offline(company)) == 2


def test_each_warning_has_its_reasons(company: Losing) -> None:
    for row in open_warnings():
        assert [reason.theme for reason in row.reasons] == ["Offline"]
        assert "“Offline” came up in it" in row.sentence
        assert [quote.words for quote in row.reasons[0].here] == [SAID["offline"]]
        assert row.reasons[0].before
        assert {one.deal.state for one in row.earlier} == {"lost"}
        assert all("“Offline” came up, too" in one.why for one in row.earlier)
        assert {one.deal.state for one in row.won} == {"won"}
        assert "Won in 90 days over 1 stage, in 1 talk with 1 of theirs and 1 of ours." in row.won[0].how
        assert [quote.words for quote in row.won[0].promised] == [PROMISE]


def test_a_second_run_changes_no_row(company: Losing) -> None:
    before = dump()
    raised = set(LossWarning.objects.values_list("pk", "raised_at", "lapsed_at"))
    assert warn(LATER, seed=3) == (0, 0, 0)
    assert not differences(before, dump())
    assert raised == set(LossWarning.objects.values_list("pk", "raised_at", "lapsed_at"))


def test_it_follows_the_evidence_while_the_deal_is_open(company: Losing) -> None:
    deal = Deal.objects.get(pk=min(offline(company)))
    speak(deal, ("offline",), date(2026, 9, 20), company)
    assert warn(LATER, seed=3).changed == 1
    assert len(LossWarning.objects.get(deal=deal).quotes) == 2
    assert LossWarning.objects.get(deal=deal).raised_at == NOW
    said = Signal.objects.filter(document__deal=deal, theme=company.themes["offline"])
    said.update(dismissed=True)
    assert warn(LATER, seed=3).lapsed == 1
    row = warning_of(deal.pk)
    assert row is not None
    assert row.lapsed_at == LATER
    assert "shows it no longer" in row.sentence
    assert deal.pk not in {one.deal.id for one in open_warnings()}
    said.update(dismissed=False)
    warn(LATER, seed=3)
    assert LossWarning.objects.get(deal=deal).lapsed_at is None


def test_when_the_deals_close_it_counts_and_stays_as_it_was(company: Losing) -> None:
    assert "No deal that was warned of has closed yet" in live_precision().sentence
    first, second = sorted(offline(company))
    other, *others = Deal.objects.filter(state="open").exclude(pk__in=[first, second]).values_list("pk", flat=True)
    Deal.objects.filter(pk__in=[first, other]).update(state="lost", closed_on=LATER.date())
    Deal.objects.filter(pk__in=[second, *others]).update(state="won", closed_on=LATER.date())
    Signal.objects.filter(document__deal=first).update(dismissed=True)
    before = dict(LossWarning.objects.filter(deal__in=[first, second]).values_list("deal", "quotes"))
    warn(LATER, seed=3)
    assert before == dict(LossWarning.objects.filter(deal__in=[first, second]).values_list("deal", "quotes"))
    found = live_precision()
    assert (found.warned.lost, found.warned.of, found.others.lost, found.others.of) == (1, 2, 1, 4)
    assert found.sentence.startswith("1 of the 2 deals that closed after a warning was lost (90% interval")
    assert "Of 4 deals without a warning, 1 was lost (25%)." in found.sentence
    assert {one.deal.id for one in list_warnings().ended} == {first, second}


def test_an_answer_stays_and_can_be_undone(company: Losing) -> None:
    deal = min(offline(company))
    made = answer_warning(deal, " Showed them the offline plan. ", "eda")
    assert made is not None
    assert answer_warning(deal, "Showed them the offline plan.", "eda") is None
    warn(LATER, seed=3)
    row = warning_of(deal)
    assert row is not None
    assert (row.answer, row.answered_by) == ("Showed them the offline plan.", "eda")
    assert list_decisions().rows[0].words == "about its warning: Showed them the offline plan."
    assert (list_decisions().rows[0].page, list_decisions().rows[0].id) == ("deal", deal)
    decide.undo(made.audit, "eda")
    assert LossWarning.objects.get(deal=deal).answer == ""
    assert Audit.objects.filter(subject=f"warning:{deal}").count() == 2


def test_only_a_deal_that_was_warned_of_takes_an_answer(company: Losing) -> None:
    with pytest.raises(NotFound):
        answer_warning(company.deals[0].pk, "Called them.", "eda")


def test_without_a_clear_theme_nothing_is_said(db: None) -> None:
    losing(closed=10)
    assert warn(NOW, seed=3) == (0, 0, 0)
    found = list_warnings()
    assert (found.rows, found.sentence) == ((), "No open deal looks like the ones we lost.")


def test_an_empty_workspace_has_nothing_to_warn_of(db: None) -> None:
    assert warn(NOW, seed=3) == (0, 0, 0)
    assert list_warnings().tested.sentence == "Too few deals have closed to try the rule on the past."
