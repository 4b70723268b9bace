"""Files into the store: in any order, any number of times, with whatever is wrong in them."""

from collections.abc import Mapping
from itertools import permutations
from pathlib import Path

import pytest

from tests.dump import differences, dump
from tests.real_data import REAL_DATA, needs_real_data
from winward.records import import_rows
from winward.records.accounts import Account, Contact, Owner, Product
from winward.records.company import Company
from winward.records.deals import Deal, StageChange
from winward.records.documents import Document
from winward.records.imports import Import, ImportProblem, SavedMapping
from winward.usecases.bring_in import BroughtIn, bring_in, summed
from winward.usecases.preview_import import preview_file

PIPELINE = """\
opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value
1C1I7A6R,Moses Frase,GTX Plus Basic,Cancity,Won,2016-10-20,2017-03-01,1054
Z063OYW0,Darcel Schlecht,GTXPro,Isdom,Lost,2016-10-25,2017-03-11,0
EC4QE1BX,Darcel Schlecht,MG Special,Cancity,Won,2016-10-25,2017-03-07,50
MV1LWRNH,Moses Frase,GTX Basic,Acme Corp,Engaging,2016-10-25,,
PE84CX4O,Zane Levy,GTX Basic,Betasolon,Lost,2016-10-25,2017-03-09,0
YY0LWRNH,Zane Levy,GTX Pro,ACME CORPORATION,Prospecting,,,
Q5LWRNHX,Zane Levy,GTXPro,,Won,2016-11-25,2017-04-09,4900
"""
ACCOUNTS = """\
account,sector,year_established,revenue,employees,office_location,subsidiary_of
Acme Corporation,technolgy,1996,1100.04,2822,United States,
Betasoloin,medical,1999,251.41,495,Kenya,
Cancity,retail,2001,718.62,2448,United States,Acme Corporation
Isdom,medical,2002,3178.24,4540,United States,
"""
PRODUCTS = """\
product,series,sales_price
GTX Basic,GTX,550
GTX Pro,GTX,4821
MG Special,MG,55
GTX Plus Basic,GTX,1096
"""
TEAMS = """\
sales_agent,manager,regional_office
Moses Frase,Dustin Brinkmann,Central
Darcel Schlecht,Melvin Marxen,Central
Zane Levy,Summer Sewald,West
"""
FILES = {"sales_pipeline.csv": PIPELINE, "accounts.csv": ACCOUNTS, "products.csv": PRODUCTS, "sales_teams.csv": TEAMS}


@pytest.fixture(autouse=True)
def company(db: None) -> Company:
    return Company.objects.create(pk=1, name="Pinefield Software", currency="EUR")


def write(folder: Path, files: Mapping[str, str]) -> list[Path]:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in files]


def bring(folder: Path, name: str, text: str, **more: object) -> BroughtIn:
    """One file of that text."""
    (brought,) = bring_in(write(folder, {name: text}), **more)  # type: ignore[arg-type]
    return brought


def deals() -> dict[str, Deal]:
    return {deal.external_id: deal for deal in Deal.objects.select_related("account", "owner", "product")}


ORDERS = [("sales_teams.csv", *order) for order in permutations([*FILES][:3])] + [tuple(FILES)]


@pytest.mark.parametrize("order", ORDERS, ids=" ".join)
def test_files_that_name_one_another_end_in_the_same_rows_in_any_order(order: tuple[str, ...], tmp_path: Path) -> None:
    paths = write(tmp_path, FILES)
    for name in order:
        bring_in([tmp_path / name])
    one_by_one = dump()
    bring_in(paths)
    assert not differences(one_by_one, dump())
    assert (Account.objects.count(), Product.objects.count(), Owner.objects.count()) == (4, 4, 3)
    named = {reference: (deal.account and deal.account.name, deal.product and deal.product.name)
             for reference, deal in deals().items()}  # fmt: skip
    assert named["Z063OYW0"] == ("Isdom", "GTX Pro")
    assert named["PE84CX4O"] == ("Betasoloin", "GTX Basic")
    assert named["MV1LWRNH"] == ("Acme Corporation", "GTX Basic")
    assert named["YY0LWRNH"] == ("Acme Corporation", "GTX Pro")
    assert named["Q5LWRNHX"] == (None, "GTX Pro")
    assert Owner.objects.get(name="Zane Levy").region == "West"


def test_a_file_brought_in_again_adds_and_changes_nothing(tmp_path: Path) -> None:
    paths = write(tmp_path, FILES)
    assert [one.added for one in bring_in(paths)] == [3, 4, 4, 7]
    before = dump()
    assert [(one.read, one.added, one.changed) for one in bring_in(paths)] == [
        (3, 0, 0),
        (4, 0, 0),
        (4, 0, 0),
        (7, 0, 0),
    ]
    assert not differences(before, dump())


def test_a_changed_row_changes_that_row_and_a_blank_erases_nothing(tmp_path: Path) -> None:
    bring_in(write(tmp_path, FILES))
    before = dump()
    changed = PIPELINE.replace("MV1LWRNH,Moses Frase,GTX Basic,Acme Corp,Engaging,2016-10-25,,",
                               "MV1LWRNH,,,,Won,,2017-05-01,600")  # fmt: skip
    brought = bring(tmp_path, "sales_pipeline.csv", changed)
    assert (brought.added, brought.changed) == (0, 1)
    gone, come = differences(before, dump())["Deal"]
    assert (len(gone), len(come)) == (1, 1)
    deal = deals()["MV1LWRNH"]
    assert (deal.state, deal.amount, deal.value, str(deal.created_on)) == ("won", 600, 600, "2016-10-25")
    assert (deal.account.name, deal.owner.name) == ("Acme Corporation", "Moses Frase")  # type: ignore[union-attr]


def test_columns_of_no_field_are_kept_from_every_file(tmp_path: Path) -> None:
    bring(tmp_path, "deals.csv", "Deal ID,Deal Name,Stage,Amount,Partner,Forecast\nD-1,Roll-out,Won,10,Globex,commit\n")
    bring(tmp_path, "more.csv", "Deal ID,Deal Name,Stage,Amount,Partner,Campaign\nD-1,Roll-out,Won,10,,fair\n")
    assert deals()["D-1"].extra == {"Partner": "Globex", "Forecast": "commit", "Campaign": "fair"}


def test_an_account_known_by_id_only_is_met_again_by_its_row(tmp_path: Path) -> None:
    bring(tmp_path, "deals.csv", "Deal ID,Deal Name,Account ID,Stage,Amount\nD-1,Roll-out,001A7,Won,10\n")
    bring(tmp_path, "accounts.csv", "Account ID,Account Name,Industry\n001A7,Globex GmbH,Retail\n")
    assert [(one.external_id, one.name) for one in Account.objects.all()] == [("001A7", "Globex GmbH")]
    assert deals()["D-1"].account == Account.objects.get()


def test_contacts_and_stages_join_their_accounts_and_deals(tmp_path: Path) -> None:
    files = {
        "contacts.csv": "Contact ID,First Name,Last Name,Email,Account Name,Title\n"
        "C-1,Ada,Field,ADA@isdom.test,Isdom,CTO\n",
        "stages.csv": "Deal ID,Stage,Date entered\n"
        "Z063OYW0,Engaging,2016-10-25\nZ063OYW0,Lost,2017-03-11\nD-99,Won,2017-03-11\n",
    }
    bring_in([*write(tmp_path, FILES), *write(tmp_path, {"contacts.csv": files["contacts.csv"]})])
    brought = bring(tmp_path, "stages.csv", files["stages.csv"], kind="stages")
    contact = Contact.objects.get()
    assert (contact.email, contact.role, contact.account.name) == ("ada@isdom.test", "CTO", "Isdom")  # type: ignore[union-attr]
    assert list(StageChange.objects.order_by("entered_on").values_list("stage", flat=True)) == ["Engaging", "Lost"]
    assert (brought.added, brought.problems) == (2, 1)
    problem = ImportProblem.objects.get()
    assert (problem.row, problem.column) == (4, "deal")
    assert "import the deals first" in problem.reason


ABROAD = """\
Deal ID,Deal Name,Stage,Amount,Currency,Close Date
D-1,At home,Won,100,EUR,2026-03-10
D-2,Across,Won,100,USD,2026-03-10
D-3,Long after,Lost,100,USD,2026-06-30
D-4,Before,Lost,100,USD,2025-12-01
D-5,Unknown,Lost,,USD,2026-03-10
"""
RATES = "date,currency,rate\n2026-03-01,USD,0.9\n"


def test_values_are_in_the_companys_currency_where_a_rate_is_known(tmp_path: Path) -> None:
    bring(tmp_path, "deals.csv", ABROAD)
    without = {reference: (deal.amount, deal.value, deal.value_note) for reference, deal in deals().items()}
    assert without["D-1"] == (100, 100, "")
    assert without["D-2"] == (100, None, "no rate from USD to EUR on 2026-03-10 or before")
    brought = bring(tmp_path, "rates.csv", RATES)
    assert (brought.kind, brought.added) == ("rates", 1)
    known = {reference: (deal.value, deal.value_note) for reference, deal in deals().items()}
    assert known["D-2"] == (90, "")
    assert known["D-3"] == (90, "rate of 2026-03-01, the last before 2026-06-30")
    assert known["D-4"][0] is None
    assert known["D-5"] == (None, "no amount in the CRM")


def test_a_rate_table_that_cannot_be_read_lands_nothing(tmp_path: Path) -> None:
    brought = bring(tmp_path, "rates.csv", "date,currency,rate\n2026-03-01,USD,0.9\nyesterday,GBP,much\n")
    assert brought.failed
    assert "line 3 of the rate table" in brought.message
    assert not dump()["ExchangeRate"]


BROKEN = """\
Deal ID,Deal Name,Stage,Amount,Close Date,Employees
D-1,Good,Won,100,2026-03-10,10
D-2,No sum,Won,a lot,2026-03-10,10
D-3,No day,Lost,100,31.02.2026,10
D-4,Too many cells,Won,100,2026-03-10,10,20,30
D-5,Good too,Lost,100,2026-03-12,10
D-6,More than money,Won,1e30,2026-03-12,10
"""


def test_what_cannot_be_read_is_listed_and_the_rest_lands(tmp_path: Path) -> None:
    brought = bring(tmp_path, "deals.csv", BROKEN)
    assert not brought.failed
    found = {problem.row: problem for problem in ImportProblem.objects.filter(file="deals.csv")}
    assert set(found) == {3, 4, 5, 7}
    assert (found[3].column, found[4].column) == ("Amount", "Close Date")
    assert "cells under 6 headings" in found[5].reason
    assert all(problem.reason for problem in found.values())
    assert set(deals()) == {"D-1", "D-2", "D-3", "D-5", "D-6"}
    assert (deals()["D-2"].amount, deals()["D-6"].amount) == (None, None)


def test_numbers_beyond_what_the_store_holds_are_problems_of_their_row(tmp_path: Path) -> None:
    accounts = "Account ID,Account Name,Employees\nA-1,Acme,99999999999999\nA-2,Birch,12\n"
    brought = bring(tmp_path, "accounts.csv", accounts)
    assert (brought.added, brought.problems) == (2, 1)
    assert list(Account.objects.order_by("name").values_list("employees", flat=True)) == [None, 12]


def test_problems_of_the_last_import_give_way_to_this_ones(tmp_path: Path) -> None:
    bring(tmp_path, "deals.csv", BROKEN)
    bring(tmp_path, "deals.csv", BROKEN.splitlines()[0] + "\nD-1,Good,Won,100,2026-03-10,10\n")
    assert not ImportProblem.objects.exists()
    assert Import.objects.get().problems == 0


def test_a_file_that_was_announced_is_followed_in_that_row_whatever_it_turns_out_to_be(tmp_path: Path) -> None:
    bring(tmp_path, "deals.csv", "")
    for text in (BROKEN, "", BROKEN):
        announced = import_rows.announce("deals.csv", "eda")
        brought = bring(tmp_path, "deals.csv", text, by="eda")
        followed = Import.objects.get(pk=announced)
        assert followed.state == ("failed" if brought.failed else "done")
        assert not Import.objects.filter(state="waiting").exists()


def test_a_mapping_once_given_is_used_again(tmp_path: Path) -> None:
    odd = "Ref,What,How it went,Billing,Contract\nD-1,Roll-out,Won,10,90\n"
    bring(tmp_path, "q1.csv", odd, overrides={"amount": "Contract", "stage": "How it went", "id": "Ref"}, kind="deals")
    assert deals()["D-1"].amount == 90
    assert SavedMapping.objects.count() == 1
    bring(tmp_path, "q2.csv", odd.replace("D-1", "D-2").replace("90", "80"))
    assert deals()["D-2"].amount == 80


def test_a_mapping_that_names_nothing_there_is_refused_before_anything_lands(tmp_path: Path) -> None:
    paths = write(tmp_path, FILES)
    with pytest.raises(ValueError, match="Bogus"):
        bring_in(paths, overrides={"amount": "Bogus"})
    assert not any(dump("Company").values())


def test_a_preview_stores_nothing(tmp_path: Path) -> None:
    (path,) = write(tmp_path, {"sales_pipeline.csv": PIPELINE})
    shown = preview_file(path)
    assert shown.kind == "deals"
    assert not any(dump("Company").values())


@needs_real_data
def test_a_real_pipeline_is_joined_in_spite_of_its_spellings() -> None:
    files = ("sales_pipeline.csv", "accounts.csv", "products.csv", "sales_teams.csv")
    brought = bring_in([REAL_DATA / "crm_maven" / name for name in files])
    assert not any(one.failed or one.problems for one in brought)
    states = [Deal.objects.filter(state=state).count() for state in ("won", "lost", "open")]
    assert states == [4_238, 2_473, 2_089]
    assert (Account.objects.count(), Product.objects.count(), Owner.objects.count()) == (85, 7, 35)
    assert Deal.objects.filter(product__name="GTX Pro").count() == 1_480
    assert not Deal.objects.filter(product=None).exists()
    assert not Deal.objects.filter(owner=None).exists()
    again = bring_in([REAL_DATA / "crm_maven" / name for name in files])
    assert not any(one.added or one.changed for one in again)


def test_many_quiet_files_are_summed_to_a_line_a_kind(tmp_path: Path) -> None:
    write(
        tmp_path,
        {f"calls/{at}.txt": f"Ada: We need report {at}.\n\nSam: Noted, {at}.\n\nAda: Good." for at in range(5)},
    )
    write(tmp_path, {"calls/empty.txt": ""})
    lines = summed(bring_in([tmp_path / "calls"]))
    assert [(line.file, line.added, line.failed) for line in lines] == [
        ("5 files", 5, False),
        ("calls/empty.txt", 0, True),
    ]
    assert Document.objects.count() == 5
