"""Every file of the sample company can be read by plain means, and says what the truth says it does."""

import csv
import email
import json
import re
from collections import Counter
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from tests.sample.conftest import Sample
from winward.sample import write_sample


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def words_of(sample: Sample, file: str, item: str) -> str:
    """The words of one document, out of the shape of its file."""
    path = sample.folder / file
    if path.suffix == ".eml":
        message = email.message_from_bytes(path.read_bytes(), policy=default)
        assert isinstance(message, EmailMessage)
        return str(message.get_content())
    if file.startswith("tickets/"):
        tickets = json.loads(path.read_text(encoding="utf-8"))["tickets"]
        return next(ticket["description"] for ticket in tickets if str(ticket["id"]) == item)
    if path.suffix == ".csv":
        return next(" ".join(row.values()) for row in rows(path) if item in row.values())
    return path.read_text(encoding="utf-8")


def test_the_same_seed_gives_the_same_bytes(sample: Sample, tmp_path: Path) -> None:
    again = write_sample(tmp_path)
    first = {path.relative_to(sample.folder): path.read_bytes() for path in sample.folder.rglob("*") if path.is_file()}
    second = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert first == second
    assert again == sample.truth


def test_another_seed_gives_another_company_of_the_same_size(sample: Sample, tmp_path: Path) -> None:
    other = write_sample(tmp_path, seed=8)
    assert [deal.outcome for deal in other.deals] != [deal.outcome for deal in sample.truth.deals]
    assert (len(other.deals), len(other.documents)) == (240, 400)


def test_the_crm_has_its_accounts_deals_and_people(sample: Sample) -> None:
    crm = sample.folder / "crm"
    companies, deals, contacts = (rows(crm / f"{name}.csv") for name in ("companies", "deals", "contacts"))
    assert (len(companies), len(deals)) == (120, 240)
    assert len({deal["Record ID"] for deal in deals}) == 240
    assert {deal["Associated Company IDs"] for deal in deals} == {company["Record ID"] for company in companies}
    assert len({contact["Email"] for contact in contacts}) == len(contacts) > 400
    assert Counter(deal["Deal Stage"].startswith("Closed") for deal in deals)[True] in range(185, 201)
    assert all(company["Description"].startswith("Constructed sample") for company in companies)


def test_every_address_ends_in_the_reserved_domain(sample: Sample) -> None:
    found = Counter[bool]()
    for path in sample.folder.rglob("*"):
        if path.is_file():
            addresses = re.findall(r"[\w.+-]+@([\w.-]+\w)", path.read_text(encoding="utf-8"))
            found.update(domain.endswith(".example") for domain in addresses)
    assert set(found) == {True}


def test_stage_histories_run_forward_and_end_where_the_deal_stands(sample: Sample) -> None:
    crm = sample.folder / "crm"
    stands = {deal["Record ID"]: deal["Deal Stage"] for deal in rows(crm / "deals.csv")}
    history: dict[str, list[dict[str, str]]] = {}
    for row in rows(crm / "deal_stage_history.csv"):
        history.setdefault(row["Record ID"], []).append(row)
    assert history.keys() == stands.keys()
    for deal, steps in history.items():
        days = [step["Date entered"] for step in steps]
        assert days == sorted(days)
        assert steps[-1]["Deal Stage"] == stands[deal]


def test_every_currency_of_a_deal_has_a_rate(sample: Sample) -> None:
    crm = sample.folder / "crm"
    rated = {row["currency"] for row in rows(crm / "exchange_rates.csv")} | {"EUR"}
    used = {deal["Currency"] for deal in rows(crm / "deals.csv")}
    assert used <= rated
    assert len(used) == 3


def test_every_planted_sentence_stands_word_for_word_in_its_document(sample: Sample) -> None:
    for document in sample.truth.documents:
        words = words_of(sample, document.file, document.item)
        for theme, sentence in document.sentences:
            assert sentence in words, (document.file, theme, sentence)


def test_every_document_file_is_in_the_truth(sample: Sample) -> None:
    known = {document.file for document in sample.truth.documents}
    written = {path.relative_to(sample.folder).as_posix() for path in sample.folder.rglob("*") if path.is_file()}
    assert known == {file for file in written if not file.startswith("crm/")}


def test_documents_come_in_every_kind_and_with_every_sort_of_link(sample: Sample) -> None:
    kinds = Counter(document.kind for document in sample.truth.documents)
    assert kinds == {
        "call": 165,
        "email": 90,
        "note": 55,
        "interview": 30,
        "ticket": 28,
        "review": 16,
        "survey": 16,
    }
    links = Counter(document.link for document in sample.truth.documents)
    assert 8 <= links["ambiguous"] <= 16
    assert min(links[link] for link in ("explicit", "account", "domain", "title")) >= 5


def test_every_file_says_that_it_is_constructed(sample: Sample) -> None:
    for document in sample.truth.documents:
        if document.kind in ("call", "email", "note", "interview", "ticket"):
            assert "Constructed sample" in (sample.folder / document.file).read_text(encoding="utf-8"), document.file


def test_customers_who_left_had_bought_and_said_nothing_afterwards(sample: Sample) -> None:
    crm = sample.folder / "crm"
    left = {row["Company name"]: row["Churn Date"] for row in rows(crm / "companies.csv") if row["Churn Date"]}
    assert left == {one.account: one.on for one in sample.truth.churned}
    assert len(left) == 12
    bought = {deal["Associated Company"] for deal in rows(crm / "deals.csv") if deal["Deal Stage"] == "Closed Won"}
    still_open = {deal.account for deal in sample.truth.deals if deal.outcome == "open"}
    assert left.keys() <= bought - still_open
    said = {(document.account, theme) for document in sample.truth.documents for theme, _ in document.sentences}
    assert all((one.account, one.true_reason) in said for one in sample.truth.churned if one.true_reason)
