from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winward.sources.money import Money, Rates, decimal_mark, parse_money

RATES = Rates.from_csv('date,currency,rate\n2024-01-01,USD,0.90\n2024-03-01,USD,0.92\n2024-03-01,gbp,"1,17"\n', "EUR")


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("$125,000", "125000", "USD"),
        ("1.250,00 €", "1250.00", "EUR"),
        ("USD 12k", "12000", "USD"),
        ("(1,200)", "-1200", ""),
        ("1 250,00", "1250.00", ""),
        ("1\u202f250,00\u00a0€", "1250.00", "EUR"),
        ("CHF 1'250.50", "1250.50", "CHF"),
        ("-€3.5m", "-3500000", "EUR"),
        ("2,5 Mio. EUR", "2500000", "EUR"),
        ("1,25,000", "125000", ""),
        ("1.2E+05", "120000", ""),
        ("US$ 99", "99", "USD"),
        ("1.200-", "-1.200", ""),
        (".5", "0.5", ""),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, amount: str, currency: str) -> None:
    assert parse_money(text) == Money(Decimal(amount), currency)


@pytest.mark.parametrize("text", ["", "n/a", "12 apples", "1.2.3,4,5", "--5", "USD", "2024-03-04", "1" * 60, "12k34"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not an? (amount|number)"):
        parse_money(text)


def test_the_column_decides_what_one_cell_leaves_open() -> None:
    assert parse_money("1.250", ",").amount == 1250
    assert parse_money("1.250", ".").amount == Decimal("1.250")
    assert decimal_mark(["1.250", "99,50"])[0] == ","
    assert decimal_mark(["1.250", "99.50"])[0] == "."
    assert decimal_mark(["1.250", "12.000"])[0] == ","
    assert decimal_mark(["1,250", "12,000"])[0] == "."


@given(
    st.decimals(min_value=-(10**12), max_value=10**12, places=2),
    st.sampled_from([(",", "."), (".", ","), (" ", ","), ("'", "."), ("", ".")]),
    st.sampled_from(["{} €", "€{}", "{}", "EUR {}", "{}EUR"]),
)
def test_an_amount_written_in_any_style_reads_back(amount: Decimal, marks: tuple[str, str], style: str) -> None:
    thousands, fraction = marks
    plain = f"{amount:,.2f}".replace(",", "\0").replace(".", fraction).replace("\0", thousands)
    assert parse_money(style.format(plain)).amount == amount


@given(st.text(max_size=60))
def test_any_text_is_an_amount_or_a_value_error(text: str) -> None:
    with suppress(ValueError):
        assert parse_money(text).amount.is_finite()


def test_rates_are_in_the_order_of_their_dates() -> None:
    assert RATES.currency == "EUR"
    assert RATES.dated["USD"] == ((date(2024, 1, 1), Decimal("0.90")), (date(2024, 3, 1), Decimal("0.92")))
    assert RATES.dated["GBP"] == ((date(2024, 3, 1), Decimal("1.17")),)


@pytest.mark.parametrize(
    "table", ["a,b\n1,2\n", "date,currency,rate\n2024-13-01,USD,1\n", "date,currency,rate\n2024-01-01,USD,0\n"]
)
def test_a_bad_rate_table_says_what_is_wrong(table: str) -> None:
    with pytest.raises(ValueError, match="rate table"):
        Rates.from_csv(table, "EUR")
