from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.real_data import REAL_DATA, needs_real_data
from tests.sources.tables.conftest import Read
from winward.sources.evidence import Document, Participant

Write = Callable[[str, str | bytes], Path]
ReadFile = Callable[[Path], Read]


def documents(read: Read) -> list[Document]:
    return [row for row in read[0] if isinstance(row, Document)]


def test_a_review_keeps_its_words_rating_author_and_date(written: Write, read: ReadFile) -> None:
    text = "Review ID,Review,Rating,Date,Reviewer,Company,Plan\n"
    text += 'r1,"  Export is slow,\nvery slow. ",2,2024-03-04,Dana Reed,Acme,Pro\n'
    [review] = documents(read(written("g2_reviews.csv", text)))
    assert review.turns[0].text == "  Export is slow,\nvery slow. "
    assert (review.external_id, review.kind, review.account, review.row) == ("r1", "review", "Acme", 2)
    assert review.happened_at == datetime(2024, 3, 4, tzinfo=UTC)
    assert review.participants == (Participant("Dana Reed", side="customer"),)
    assert review.extra == {"Plan": "Pro", "rating": "2"}


def test_each_answer_of_a_survey_is_a_turn_with_its_question(written: Write, read: ReadFile) -> None:
    text = (
        "Response ID,Email,NPS score,What do you like most about us?,What should we improve first?\n"
        "1,dana@acme.com,9,The team answers within the hour every time,Nothing that I can think of right now\n"
        "2,lee@globex.com,3,,We still can't export our data to the warehouse\n"
    )
    both, second_only = documents(read(written("nps survey.csv", text)))
    assert both.kind == "survey"
    assert [turn.text for turn in both.turns] == [
        "The team answers within the hour every time",
        "Nothing that I can think of right now",
    ]
    assert second_only.extra["question 1"] == "What should we improve first?"
    assert second_only.participants[0].email == "lee@globex.com"


def test_tickets_name_account_and_deal(written: Write, read: ReadFile) -> None:
    text = "Ticket ID,Subject,Description,Requester,Organization,Created at,Deal\n"
    text += "5,Login,It fails,Dana,Acme,2024-03-04T10:00:00Z,D-1\n"
    [ticket] = documents(read(written("tickets.csv", text)))
    assert (ticket.kind, ticket.title, ticket.account, ticket.deal) == ("ticket", "Login", "Acme", "D-1")


def test_two_equal_reviews_are_two_documents_with_stable_ids(written: Write, read: ReadFile) -> None:
    path = written("reviews.csv", "review\nGood app\nGood app\nBad app\n")
    ids = [document.external_id for document in documents(read(path))]
    assert len(set(ids)) == 3
    assert ids == [document.external_id for document in documents(read(path))]


def test_a_row_without_words_is_reported(written: Write, read: ReadFile) -> None:
    rows, problems = read(written("reviews.csv", "review,rating\nGood,5\n,1\n"))
    assert len(rows) == 1
    assert [(problem.row, problem.column) for problem in problems] == [(3, "review")]


@needs_real_data
@pytest.mark.parametrize(
    ("file", "kind", "count"),
    [
        ("requirements_re21/P1-Golden.xlsx", "review", 1000),
        ("requirements_re21/P2-Golden.xlsx", "review", 1242),
        ("requirements_re21/SHAH.xlsx", "review", 5542),
        ("reviews_features/Ground_truth.xlsx", "review", 2062),
        ("nlbse24/issues_train.csv", "ticket", 1499),
        ("banking77/train.csv", "note", 10003),
    ],
)
def test_real_feedback_reads_whole_and_verbatim(read: ReadFile, file: str, kind: str, count: int) -> None:
    found = documents(read(REAL_DATA / "feedback" / file))
    assert {document.kind for document in found} == {kind}
    assert len({document.external_id for document in found}) == len(found) == count
