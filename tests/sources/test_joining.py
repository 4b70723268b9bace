import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.real_data import REAL_DATA, needs_real_data
from winward.sources.joining import NameIndex, bare_name_key, name_key

ACCOUNTS = NameIndex(
    [
        (1, "A-1", "GTX Pro"),
        (2, "A-2", "Acme, Inc."),
        (3, "A-3", "Northwind Traders GmbH & Co. KG"),
        (4, "A-4", "Müller Maschinenbau"),
        (5, "A-5", "Orbital Systems North"),
        (6, "A-6", "Orbital Systems South"),
        (7, "A-7", "Widget 500"),
        (8, "A-8", "Twin Ltd"),
        (9, "A-9", "Twin GmbH"),
    ]
)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("A-3", 3), ("GTXPro", 1), ("gtx-pro", 1), ("ACME Corporation", 2), ("Northwind Traders", 3),
        ("Northwind Tradres", 3), ("Muller Maschinenbau AG", 4), ("  acme ", 2), ("Twin GmbH", 9),
    ],
)  # fmt: skip
def test_the_same_thing_is_found_by_id_name_and_nearest_name(text: str, key: int) -> None:
    match = ACCOUNTS.find(text)
    assert match is not None
    assert match.key == key


@pytest.mark.parametrize("text", ["", "Acme Robotics", "Widget 600", "Twin", "Orbital Systems", "Nor", "Initech"])
def test_what_could_be_two_or_none_is_not_guessed(text: str) -> None:
    assert ACCOUNTS.find(text) is None


def test_confidence_falls_from_id_to_name_to_nearest_name() -> None:
    found = [
        ACCOUNTS.find(text)
        for text in ("A-3", "northwind traders gmbh & co kg", "Northwind Traders", "Northwind Tradres")
    ]
    confidences = [match.confidence for match in found if match]
    assert confidences == sorted(confidences, reverse=True)
    assert len(set(confidences)) == 4


@given(st.text())
def test_keys_are_stable_and_never_empty_for_a_name(text: str) -> None:
    assert name_key(name_key(text)) == name_key(text)
    assert bool(bare_name_key(text)) == bool(text.strip())


@needs_real_data
def test_every_product_and_account_of_the_real_pipeline_joins() -> None:
    folder = REAL_DATA / "crm_maven"

    def column(file: str, name: str) -> list[str]:
        with (folder / file).open(encoding="utf-8", newline="") as lines:
            return [row[name] for row in csv.DictReader(lines)]

    products = NameIndex((name, "", name) for name in column("products.csv", "product"))
    accounts = NameIndex((name, "", name) for name in column("accounts.csv", "account"))
    assert all(products.find(name) for name in column("sales_pipeline.csv", "product"))
    assert all(accounts.find(name) for name in column("sales_pipeline.csv", "account") if name)
    gtx = products.find("GTXPro")
    assert gtx is not None
    assert gtx.key == "GTX Pro"
