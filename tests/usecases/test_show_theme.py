import pytest

from tests.cast import Cast
from winward.records import who_rows
from winward.records.documents import Document
from winward.usecases.quotes import NotFound
from winward.usecases.show_theme import show_theme


def test_it_shows_one_quote_an_account_first(cast: Cast) -> None:
    page = show_theme(cast.export.pk)
    assert [quote.account for quote in page.best][:2] == ["Acme", "Cobalt"]
    assert page.best[0].role == "Head of operations"
    assert page.best[0].start_ms == 4_000


def test_what_was_said_after_the_outcome_is_shown_apart(cast: Cast) -> None:
    page = show_theme(cast.export.pk)
    assert [quote.document_kind for quote in page.afterwards] == ["interview"]
    assert page.afterwards[0].signal not in {quote.signal for quote in (*page.best, *page.dissenting)}


def test_the_same_words_are_shown_once(cast: Cast) -> None:
    words = [quote.words for quote in show_theme(cast.export.pk).best]
    assert len(words) == len(set(words)) == 2


def test_its_deals_are_told_by_outcome_with_the_share_of_those_lost(cast: Cast) -> None:
    page = show_theme(cast.export.pk)
    assert [(deal.name, deal.share) for deal in page.lost_deals] == [
        ("Cobalt 1: platform", 0.66),
        ("Acme 1: platform", 0.5),
    ]
    assert [deal.name for deal in page.won_deals] == ["Birch 1: platform"]
    assert [deal.name for deal in page.open_deals] == ["Acme 2: platform"]


def test_its_neighbours_and_lineage(cast: Cast) -> None:
    page = show_theme(cast.export.pk)
    assert [near.title for near in page.neighbours] == ["Helpdesk answers late"]
    assert page.lineage[0].event == "born"


def test_a_dismissed_signal_is_not_quoted(cast: Cast) -> None:
    cast.signals["acme export"].dismissed = True
    cast.signals["acme export"].save(update_fields=["dismissed"])
    shown = [quote.signal for quote in show_theme(cast.export.pk).best]
    assert cast.signals["acme export"].pk not in shown


@pytest.mark.django_db
def test_a_theme_that_is_not_there() -> None:
    with pytest.raises(NotFound, match="no theme 7"):
        show_theme(7)


def test_its_timeline_counts_documents_by_month_and_leaves_no_month_out(cast: Cast) -> None:
    Document.objects.update(customer_words=10)
    months = show_theme(cast.export.pk).timeline.months
    assert [(month.first.month, month.documents, month.of) for month in months] == [
        (6, 1, 1), (7, 1, 1), (8, 1, 1), (9, 1, 2),
    ]  # fmt: skip


def test_who_says_so_is_counted_over_all_signals(cast: Cast) -> None:
    page = show_theme(cast.export.pk)
    assert {(one.name, one.accounts, one.signals) for one in page.segments} == {
        ("Enterprise", 2, 3),
        ("Mid-market", 1, 1),
    }
    assert [(one.name, one.accounts) for one in page.roles] == [("Head of operations", 1), ("role not known", 3)]


def test_praise_comes_first_among_what_dissents(cast: Cast) -> None:
    cast.signals["cobalt export"].polarity = 0.6
    cast.signals["cobalt export"].save(update_fields=["polarity"])
    found = who_rows.dissenting(cast.export.pk, 5)
    assert found == [cast.signals["birch praise"].pk, cast.signals["cobalt export"].pk]
