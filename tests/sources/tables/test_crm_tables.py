from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.real_data import REAL_DATA, needs_real_data
from tests.sources.tables.conftest import Read
from winward.sources.evidence import (
    AccountRow,
    ContactRow,
    CrmRow,
    DealRow,
    Document,
    OwnerRow,
    ProductRow,
    StageRow,
)
from winward.sources.limits import Unreadable
from winward.sources.tables import open_table, preview, propose_mapping, read_table

Write = Callable[[str, str | bytes], Path]
ReadFile = Callable[[Path], Read]

HUBSPOT = """Record ID,Deal Name,Deal Stage,Is Closed Won,Pipeline,Amount,Currency,Create Date,Close Date,Deal owner,\
Associated Company,Associated Company IDs,Closed Lost Reason,Deal probability
901,Alpha rollout,Closed won,true,Sales,"125,000",USD,2024-01-02 09:15,2024-03-04 17:00,Dana Reed,Acme Inc,71;72,,1.0
902,Beta,Kein Interesse,false,Sales,8000,EUR,2024-01-05 10:00,2024-02-01 12:00,Dana Reed,Globex,73,Too expensive,0.0
903,Gamma,Contract sent,false,Sales,,,2024-02-05 10:00,2024-06-30 12:00,Lee Park,Initech,74,,0.9
"""
SALESFORCE = """Opportunity ID,Opportunity Name,Account Name,StageName,Amount,CurrencyIsoCode,CreatedDate,CloseDate,\
IsClosed,IsWon,Loss Reason,Opportunity Owner,Main Competitor(s)
0061,Alpha,Acme,Signed and filed,"$1,500.00",USD,1/15/2024,3/20/2024,1,1,,Dana Reed,
0062,Beta,Globex,Dropped,$900,USD,1/16/2024,2/20/2024,1,0,Price,Lee Park,Rivalsoft
0063,Gamma,Initech,Proposal,,USD,1/17/2024,9/20/2024,0,0,,Lee Park,
Grand Totals (3 records),,,,,,,,,,,,
"Confidential Information - Do Not Distribute",,,,,,,,,,,,
"""


def test_a_hubspot_export_reads_as_deals(written: Write, read: ReadFile) -> None:
    rows, problems = read(written("hubspot-crm-exports-all-deals.csv", HUBSPOT))
    won, lost, open_ = (row for row in rows if isinstance(row, DealRow))
    assert (won.external_id, won.state, won.amount, won.currency, won.account) == ("901", "won", 125000, "USD", "71")
    assert (won.created_on, won.closed_on) == (date(2024, 1, 2), date(2024, 3, 4))
    assert won.extra == {"Pipeline": "Sales", "account_name": "Acme Inc"}
    assert (lost.state, lost.stage, lost.stated_reason) == ("lost", "Kein Interesse", "Too expensive")
    assert (open_.state, open_.amount, open_.currency) == ("open", None, "")
    assert not problems


def test_a_salesforce_export_reads_as_deals_and_its_footer_is_left_out(written: Write, read: ReadFile) -> None:
    rows, problems = read(written("report1709.csv", SALESFORCE))
    assert [row.state for row in rows if isinstance(row, DealRow)] == ["won", "lost", "open"]
    lost = rows[1]
    assert isinstance(lost, DealRow)
    assert (lost.competitor, lost.stated_reason, lost.created_on) == ("Rivalsoft", "Price", date(2024, 1, 16))
    assert [problem.row for problem in problems] == [5, 6]


def recurring(rows: list[CrmRow | Document]) -> list[tuple[Decimal | None, Decimal | None]]:
    return [(row.amount, row.recurring) for row in rows if isinstance(row, DealRow)]


def test_what_of_a_deal_comes_again_every_year_is_kept_beside_its_amount(written: Write, read: ReadFile) -> None:
    head = "Deal Name,Deal Stage,Amount,"
    yearly, _ = read(written("deals.csv", f"{head}ARR\nAlpha,Won,1200,900\nBeta,Lost,,500\nGamma,Lost,300,\n"))
    assert recurring(yearly) == [(1200, 900), (None, None), (300, None)]
    monthly, _ = read(written("deals.csv", f"{head}Monthly recurring revenue\nAlpha,Won,1200,50\n"))
    assert recurring(monthly) == [(1200, 600)]


def test_a_deal_whose_only_sum_is_the_recurring_one_is_worth_that(written: Write, read: ReadFile) -> None:
    rows, _ = read(written("deals.csv", "Deal Name,Deal Stage,MRR (USD)\nAlpha,Won,$50\n"))
    assert recurring(rows) == [(600, 600)]
    assert [row.currency for row in rows if isinstance(row, DealRow)] == ["USD"]


def test_a_german_file_with_semicolons_and_commas(written: Write, read: ReadFile) -> None:
    text = "Verkaufschance;Firma;Phase;Betrag;Erstellt am;Verlustgrund\n" + (
        "Ausbau;Müller;Gewonnen;1.250,00 €;03.04.2024;\nNeubau;Schmidt;Verloren;12.000 €;25.04.2024;zu teuer\n"
    )
    rows, problems = read(written("chancen.csv", text.encode("cp1252")))
    assert [(row.state, row.amount, row.currency, row.created_on) for row in rows if isinstance(row, DealRow)] == [
        ("won", Decimal("1250.00"), "EUR", date(2024, 4, 3)),
        ("lost", 12000, "EUR", date(2024, 4, 25)),
    ]
    assert not problems


def test_a_bad_cell_loses_the_cell_and_not_the_deal(written: Write, read: ReadFile) -> None:
    rows, problems = read(
        written("deals.csv", "Deal ID,Stage,Amount,Close Date\n1,Won,lots,2024-01-01\n2,Won,5,2024-01-02\n")
    )
    assert [row.amount for row in rows if isinstance(row, DealRow)] == [None, 5]
    assert [(problem.file, problem.row, problem.column) for problem in problems] == [("deals.csv", 2, "Amount")]
    assert "lots" in problems[0].reason


def test_a_row_that_cannot_be_a_deal_is_reported_and_the_rest_lands(written: Write, read: ReadFile) -> None:
    rows, problems = read(written("deals.csv", "Deal ID,Status,Amount\n1,Won,1\n2,Closed,2\n,Lost,3\n4,Lost,4\n"))
    assert [row.external_id for row in rows if isinstance(row, DealRow)] == ["1", "4"]
    assert [problem.row for problem in problems] == [3, 4]


def test_of_rows_with_one_id_the_last_counts(written: Write, read: ReadFile) -> None:
    rows, problems = read(written("deals.csv", "Deal ID,Stage,Amount\n1,Proposal,1\n2,Won,2\n1,Won,3\n"))
    assert [(row.external_id, row.row) for row in rows if isinstance(row, DealRow)] == [("2", 3), ("1", 4)]
    assert [problem.row for problem in problems] == [2]


def test_deals_without_ids_keep_the_same_ones_in_the_next_export(written: Write, read: ReadFile) -> None:
    first = (
        "Deal Name,Account,Created,Stage\nA,Acme,2024-01-01,Won\nA,Acme,2024-01-01,Won\nB,Globex,2024-01-02,Proposal\n"
    )
    later = first.replace("Proposal", "Lost") + "C,Initech,2024-02-01,Won\n"
    ids = [
        [row.external_id for row in read(written("deals.csv", text))[0] if isinstance(row, DealRow)]
        for text in (first, later)
    ]
    assert ids[1][:3] == ids[0]
    assert len(set(ids[1])) == 4


def test_zero_of_lost_deals_counts_as_an_amount_where_won_deals_have_it_too(written: Write, read: ReadFile) -> None:
    unknown = "Deal ID,Stage,Amount\n1,Won,10\n2,Lost,0\n"
    rows, _ = read(written("deals.csv", unknown))
    assert [row.amount for row in rows if isinstance(row, DealRow)] == [10, None]
    rows, _ = read(written("deals.csv", unknown + "3,Won,0\n"))
    assert [row.amount for row in rows if isinstance(row, DealRow)] == [10, 0, 0]


def test_other_crm_tables(written: Write, read: ReadFile) -> None:
    files = {
        "companies.csv": "Record ID,Company name,Company Domain Name,Industry,Number of Employees\n"
        "7,Acme,https://www.acme.com/en,Steel,51-200\n",
        "contacts.csv": "Record ID,First Name,Last Name,Email,Job Title,Associated Company\n"
        "1,Dana,Reed,Dana@Acme.com,CTO,Acme\n",
        "team.csv": "Sales rep,Manager,Regional office\nLee Park,Kim Doe,East\n",
        "products.csv": "Product,Series,Sales price\nGTX Pro,GTX,4821\n",
        "stages.csv": "Opportunity ID,To Stage,Stage Change Date\n0061,Proposal,2024-02-01\n0061,Won,never\n",
    }
    rows = [row for name, text in files.items() for row in read(written(name, text))[0]]
    assert rows == [
        AccountRow("7", "Acme", 2, domain="acme.com", industry="Steel", employees=51),
        ContactRow("1", "Dana Reed", 2, email="dana@acme.com", role="CTO", account="Acme"),
        OwnerRow(
            rows[2].external_id if isinstance(rows[2], OwnerRow) else "", "Lee Park", 2, team="Kim Doe", region="East"
        ),
        ProductRow(
            rows[3].external_id if isinstance(rows[3], ProductRow) else "",
            "GTX Pro",
            2,
            family="GTX",
            price=Decimal(4821),
        ),
        StageRow("0061", "Proposal", 2, date(2024, 2, 1)),
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(row=st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=15), min_size=6, max_size=6))
def test_any_cells_land_or_are_reported(written: Write, read: ReadFile, row: list[str]) -> None:
    """A good second row always lands, whatever the first one holds."""
    for headings, good in (
        ("Deal ID,Deal Stage,Amount,Close Date,Currency,Is Closed Won", "x1,Won,5,2024-01-02,EUR,"),
        ("Account ID,Account Name,Website,Employees,Industry,Billing Country", "x1,Acme,acme.com,5,Steel,US"),
    ):
        quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in row)
        rows, _ = read(written("any.csv", f"{headings}\n{quoted}\n{good}\n"))
        assert [value.row for value in rows][-1] == 3


def test_a_mapping_finds_its_file_by_signature(written: Write) -> None:
    mapping = propose_mapping(open_table(written("a.csv", HUBSPOT)))
    renamed = open_table(written("b.csv", HUBSPOT.replace("Deal Name", "deal_name")))
    assert propose_mapping(renamed).signature == mapping.signature


def test_overrides_win_and_wrong_ones_list_the_right_ones(written: Write) -> None:
    table = open_table(written("deals.csv", "Deal ID,Stage,Value,Forecast\n1,Won,1,2\n"))
    assert propose_mapping(table, overrides={"amount": "forecast"}).fields["amount"] == "Forecast"
    with pytest.raises(ValueError, match="stated_reason"):
        propose_mapping(table, overrides={"amonut": "Value"})
    with pytest.raises(ValueError, match="Deal ID, Stage, Value, Forecast"):
        propose_mapping(table, overrides={"amount": "Price"})
    with pytest.raises(ValueError, match="deals, accounts"):
        propose_mapping(table, kind="dealz")  # type: ignore[arg-type]


def test_a_table_that_says_nothing_is_refused_with_a_way_on(written: Write) -> None:
    with pytest.raises(Unreadable, match="name the kind of table"):
        propose_mapping(open_table(written("x.csv", "foo,bar\n1,2\n")))


def test_a_mapping_for_another_file_is_refused(written: Write) -> None:
    mapping = propose_mapping(open_table(written("a.csv", HUBSPOT)))
    with pytest.raises(ValueError, match="has no column"):
        list(read_table(open_table(written("b.csv", SALESFORCE)), mapping))


def test_a_preview_shows_each_column_as_read(written: Write) -> None:
    table = open_table(written("deals.csv", 'Deal ID,Stage,Amount,Colour\n1,Won,"$1,200",red\n2,Lost,much,\n'))
    shown = preview(table, propose_mapping(table))
    assert {column.field: column.samples for column in shown.columns} == {
        "id": ("1", "2"),
        "stage": ("Won", "Lost"),
        "amount": ("1200", ""),
    }
    assert shown.extra == ("Colour",)
    assert [problem.row for problem in shown.problems] == [3]


@needs_real_data
def test_the_real_pipeline_reads_whole() -> None:
    table = open_table(REAL_DATA / "crm_maven" / "sales_pipeline.csv")
    mapping = propose_mapping(table)
    deals = [row for row in read_table(table, mapping) if isinstance(row, DealRow)]
    assert Counter(deal.state for deal in deals) == {"won": 4238, "lost": 2473, "open": 2089}
    assert all(deal.amount is None for deal in deals if deal.state == "lost")
    assert any("taken as not recorded" in note for note in mapping.notes)
    assert sum(deal.account == "" for deal in deals) == 1425


@needs_real_data
def test_the_other_real_crm_files_read_as_what_they_are(read: ReadFile) -> None:
    kinds = {"accounts": (AccountRow, 85), "products": (ProductRow, 7), "sales_teams": (OwnerRow, 35)}
    for name, (kind, count) in kinds.items():
        rows, problems = read(REAL_DATA / "crm_maven" / f"{name}.csv")
        assert not problems
        assert [type(row) for row in rows] == [kind] * count


@needs_real_data
def test_the_real_leads_and_their_wins_share_ids(read: ReadFile) -> None:
    folder = REAL_DATA / "funnel_olist"
    leads, _ = read(folder / "olist_marketing_qualified_leads_dataset.csv")
    closed, _ = read(folder / "olist_closed_deals_dataset.csv")
    assert {row.state for row in closed if isinstance(row, DealRow)} == {"won"}
    ids = {row.external_id for row in leads if isinstance(row, DealRow)}
    assert len(ids) == 8000
    assert sum(row.external_id in ids for row in closed if isinstance(row, DealRow)) == 842


def accounts(rows: list[object]) -> dict[str, date | None]:
    return {row.name: row.churned_on for row in rows if isinstance(row, AccountRow)}


@pytest.mark.parametrize(
    "heading",
    ["Churn Date", "churned_on", "Cancelled on", "Date churned", "Kündigungsdatum", "Churned", "Customer until"],
)
def test_the_day_on_which_a_customer_left_is_read(written: Write, read: ReadFile, heading: str) -> None:
    rows, problems = read(written("accounts.csv", f"Account,Industry,{heading}\nAcme,Steel,2026-03-31\nGlobex,Wood,\n"))
    assert accounts(rows) == {"Acme": date(2026, 3, 31), "Globex": None}
    assert not problems


def test_the_end_of_a_contract_is_a_day_of_leaving_only_for_those_who_left(written: Write, read: ReadFile) -> None:
    text = "Account Name,Customer Status,End of contract\n" + (
        "Acme,Churned,31/03/2026\nGlobex,Active,30/09/2026\nInitech,Former customer,\nHooli,,31/12/2026\n"
    )
    rows, problems = read(written("accounts.csv", text))
    assert accounts(rows) == {"Acme": date(2026, 3, 31), "Globex": None, "Initech": None, "Hooli": None}
    assert rows[0].extra == {"Customer Status": "Churned", "End of contract": "31/03/2026"}
    assert [(problem.row, problem.column) for problem in problems] == [(4, "Customer Status")]
    assert "no column says when" in problems[0].reason


def test_a_yes_in_a_column_that_asks_for_churn_goes_with_the_contracts_end(written: Write, read: ReadFile) -> None:
    rows, _ = read(
        written("accounts.csv", "Company,Churned?,Contract end date\nAcme,yes,2026-03-31\nGlobex,no,2026-09-30\n")
    )
    assert accounts(rows) == {"Acme": date(2026, 3, 31), "Globex": None}
