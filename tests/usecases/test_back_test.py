"""The warnings tried on the past: only what was known at the time may count."""

from datetime import date, timedelta

import pytest

from tests.usecases.losing import Losing, losing, speak
from winward.records.deals import Deal
from winward.records.documents import Document
from winward.usecases.back_test import BackTest, Judged, back_test
from winward.usecases.list_warnings import list_warnings

CUT = date(2026, 1, 1)


@pytest.fixture
def company(db: None) -> Losing:
    return losing()


def warned(tested: BackTest, before: date = date.max) -> set[tuple[int, date]]:
    return {(one.deal, one.on) for one in tested.deals if one.themes and one.on < before}


def judged(tested: BackTest, deal: int) -> Judged | None:
    return next((one for one in tested.deals if one.deal == deal), None)


def test_it_would_have_warned_of_deals_that_were_lost(company: Losing) -> None:
    tested = back_test(seed=3)
    states = {deal.pk: deal.state for deal in company.deals}
    found = [states[deal] for deal, _ in warned(tested)]
    assert len(found) >= 3
    assert found.count("lost") / len(found) > 0.85
    others = [one for one in tested.deals if not one.themes]
    assert sum(one.state == "lost" for one in others) / len(others) < 0.75
    assert all(one.state == states[one.deal] for one in tested.deals)


def test_later_outcomes_change_no_earlier_warning(company: Losing) -> None:
    before = warned(back_test(seed=3), CUT)
    assert before
    late = Deal.objects.filter(closed_on__gte=CUT).exclude(state="open")
    late.filter(state="lost").update(stage="swapped")
    late.filter(state="won").update(state="lost")
    late.filter(stage="swapped").update(state="won")
    assert warned(back_test(seed=3), CUT) == before


def test_later_evidence_changes_no_earlier_warning(company: Losing) -> None:
    before = warned(back_test(seed=3), CUT)
    for deal in Deal.objects.filter(closed_on__gte=CUT).exclude(state="open"):
        speak(deal, ("offline",), max(CUT, deal.closed_on - timedelta(days=2)), company)
    assert warned(back_test(seed=3), CUT) == before


def test_an_undated_document_and_what_was_said_after_the_outcome_count_nowhere(company: Losing) -> None:
    before = warned(back_test(seed=3))
    quiet = next(deal for deal in company.deals if deal.state == "won" and deal.pk not in dict(before))
    speak(quiet, ("offline",), quiet.closed_on + timedelta(days=3), company)
    Document.objects.filter(pk=speak(quiet, ("offline",), CUT, company).pk).update(happened_at=None)
    assert quiet.pk not in dict(warned(back_test(seed=3)))


def test_open_deals_are_not_judged(company: Losing) -> None:
    tested = back_test(seed=3)
    assert all(judged(tested, deal.pk) is None for deal in company.deals if deal.state == "open")


def test_the_page_tells_it_apart_from_warnings_that_were_raised(company: Losing) -> None:
    found = list_warnings()
    assert found.ended == ()
    assert "No deal that was warned of has closed yet" in found.live.sentence
    assert found.tested.sentence.startswith("Had it run since 2025 Q")
    assert found.tested.warned.of == len(found.would_have) > 0
