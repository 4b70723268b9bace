"""The whole run over a few dozen documents, with the real reader."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from tests.dump import differences, dump
from winward.engine.reading import Reader
from winward.records.company import Company
from winward.records.deals import Deal
from winward.records.documents import Document
from winward.records.signals import Signal
from winward.records.stakes import Attribution, Stake, Weighing
from winward.records.themes import Lineage, Theme
from winward.text_models import default_reader
from winward.usecases import correct, decide
from winward.usecases.bring_in import bring_in
from winward.usecases.run import Ran, run

NOW = datetime(2026, 9, 30, tzinfo=UTC)
THEMES = {
    "offline": [
        "We need the app to work offline, because there is no network on site.",
        "Our technicians can't use it without a signal in the basement.",
        "The app is useless when the connection drops; we need an offline mode.",
        "It has to work without internet, half our sites have no coverage.",
        "Without an offline mode our crews can't fill in anything on site.",
        "Nothing loads when there is no network, which is most of the day for us.",
    ],
    "sso": [
        "We can't roll it out without single sign-on through our identity provider.",
        "Our security team requires SAML single sign-on for every tool.",
        "We need SSO with Azure, nobody here wants another password.",
        "Single sign-on is missing, and IT won't approve it without that.",
        "Login has to go through our SSO, that is company policy.",
        "Every user needs a separate password because you don't support SSO.",
    ],
    "price": [
        "The price per seat is far too high for a team of our size.",
        "Honestly it is too expensive, we can't justify that cost per user.",
        "Your pricing is double what we pay today for every seat.",
        "We can't afford the licence fee for all our users.",
        "The cost per user goes beyond our budget this year.",
        "It is simply too expensive for what each seat gets.",
    ],
    "reports": [
        "We need to export the monthly report to Excel for our auditors.",
        "Building a report takes hours, because there is no custom export.",
        "The reporting is too rigid, we can't add our own columns to it.",
        "I spend every Friday copying numbers from the reports by hand.",
        "We want custom reports that we can schedule by mail.",
        "The report export breaks with more than a thousand rows.",
    ],
}
HEADER = "Deal ID,Deal Name,Account Name,Stage,Amount,Close Date\n"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return default_reader(threads=1)


@pytest.fixture(autouse=True)
def company(db: None) -> Company:
    with connection.cursor() as cursor:
        # A test is one transaction, in which checks that wait for its end would keep the index from being built.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return Company.objects.create(pk=1, name="Pinefield Software", currency="EUR", domains=["pinefield.test"])


def write_calls(folder: Path, names: list[str], rounds: range = range(6)) -> Path:
    """One call a theme and round, in a deal of its own; offline loses most, reports little."""
    (folder / "calls").mkdir(parents=True, exist_ok=True)
    for at, (name, said) in enumerate(_said(names, rounds)):
        text = f"Account: Company {name} {at}\nDate: 2026-02-03\n\nAda: {said}\n\nSam: I see, thank you.\n\nAda: Good."
        (folder / "calls" / f"{name} {rounds.start + at}.txt").write_text(text, encoding="utf-8")
    return folder / "calls"


def _said(names: list[str], rounds: range) -> Iterator[tuple[str, str]]:
    for at in rounds:
        for name in names:
            yield name, THEMES[name][at]


def write_deals(folder: Path, *states: str) -> Path:
    lines = [
        f"D-{name}-{at},Roll-out {name} {at},Company {name} {at},{states[at % len(states)]},{1_000 + at},2026-03-01\n"
        for at, (name, _) in enumerate(_said([*THEMES], range(6)))
    ]
    (folder / "deals.csv").write_text(HEADER + "".join(lines), encoding="utf-8")
    return folder / "deals.csv"


@pytest.fixture
def ran(tmp_path: Path, reader: Reader) -> Ran:
    bring_in([write_deals(tmp_path, "Won", "Lost", "Lost", "Lost", "Negotiation"), write_calls(tmp_path, [*THEMES])])
    return run(reader, NOW)


def test_every_quote_is_the_exact_text_of_its_passage(ran: Ran) -> None:
    signals = list(Signal.objects.select_related("passage"))
    assert ran.read.documents == 24
    assert len(signals) == ran.read.signals >= 20
    for one in signals:
        assert one.quote == one.passage.text[one.start : one.end]
        assert one.theme_id is not None or one.unsorted_why or one.side == "us"


def test_what_was_said_alike_is_one_theme(ran: Ran) -> None:
    found = defaultdict(set)
    for document, theme in Signal.objects.exclude(theme=None).values_list("document__title", "theme_id"):
        found[theme].add(str(document).split()[0].lower())
    assert ran.grouped.themes >= 2
    assert all(len(names) == 1 for names in found.values()), found


def test_a_second_run_changes_no_row(ran: Ran, reader: Reader) -> None:
    before, ids = dump(), list(Signal.objects.order_by("id").values_list("id", "theme_id"))
    again = run(reader, NOW)
    assert (again.read.documents, again.linked, again.grouped.rebuilt) == (0, 0, False)
    assert not differences(before, dump())
    assert ids == list(Signal.objects.order_by("id").values_list("id", "theme_id"))


def test_only_new_documents_are_read(ran: Ran, reader: Reader, tmp_path: Path) -> None:
    old = dict(Signal.objects.values_list("id", "quote"))
    (tmp_path / "new.txt").write_text("Ada: We need the app offline on site.\n\nSam: Sure.\n\nAda: Good.\n\nSam: Bye.")
    bring_in([tmp_path / "new.txt"])
    assert run(reader, NOW).read.documents == 1
    now = dict(Signal.objects.values_list("id", "quote"))
    assert old.items() <= now.items()
    assert [Signal.objects.get(pk=new).document.file for new in now.keys() - old.keys()] == ["new.txt"]


def test_themes_keep_their_ids_names_and_owners_through_a_rebuild(reader: Reader, tmp_path: Path) -> None:
    bring_in([write_calls(tmp_path, ["offline", "sso"])])
    run(reader, NOW)
    offline = Signal.objects.filter(document__title__icontains="offline").exclude(theme=None)[0].theme
    assert offline is not None
    decide.rename_theme(offline.pk, "No network", by="eda")
    decide.own_theme(offline.pk, "Vic", by="eda")
    bring_in([write_calls(tmp_path, ["price", "reports"])])
    assert run(reader, NOW).grouped.rebuilt
    kept = Theme.objects.get(pk=offline.pk)
    assert (kept.given_name, kept.owner, kept.retired) == ("No network", "Vic", False)
    assert Theme.objects.filter(retired=False).count() > 2
    assert Lineage.objects.filter(event="new").count() >= 2


def test_another_reader_keeps_corrections_and_themes(ran: Ran, reader: Reader) -> None:
    theme = Theme.objects.filter(retired=False).order_by("id")[0]
    decide.rename_theme(theme.pk, "As people call it", by="eda")
    corrected, dismissed = Signal.objects.filter(theme=theme).order_by("id")[:2]
    correct.correct_signal(corrected.pk, "praise", by="eda")
    correct.dismiss_signal(dismissed.pk, by="eda")
    run(reader, NOW)
    members = _sorted(dismissed.quote)
    again = run(replace(reader, version="another"), NOW)
    assert again.read.documents == Document.objects.count() == 24
    assert set(Document.objects.values_list("read_by", flat=True)) == {"another"}
    assert Signal.objects.get(document=corrected.document, quote=corrected.quote).kind == "praise"
    assert Signal.objects.get(document=dismissed.document, quote=dismissed.quote).dismissed
    # What the answers teach is learnt anew for another reader, and may turn a quote that is like them.
    assert len(_sorted(dismissed.quote) & members) >= 0.8 * len(members)
    assert Theme.objects.get(given_name="As people call it").pk == theme.pk


def _sorted(but: str) -> set[tuple[object, ...]]:
    found = Signal.objects.exclude(quote=but).exclude(theme=None)
    return set(found.values_list("id", "quote", "theme_id"))


def test_themes_survive_another_reader_and_a_rebuild_at_once(reader: Reader, tmp_path: Path) -> None:
    bring_in([write_calls(tmp_path, ["offline", "sso", "price"])])
    run(reader, NOW)
    themes = set(Theme.objects.filter(retired=False).values_list("pk", flat=True))
    bring_in([write_calls(tmp_path, ["reports"])])
    assert run(replace(reader, version="another"), NOW).grouped.rebuilt
    assert themes <= set(Theme.objects.filter(retired=False).values_list("pk", flat=True))


def test_no_revenue_is_counted_twice(ran: Ran) -> None:
    attributed: dict[int, float] = defaultdict(float)
    for deal, value in Attribution.objects.values_list("deal_id", "value"):
        attributed[deal] += value or 0.0
    values = dict(Deal.objects.values_list("pk", "value"))
    assert all(total <= float(values[deal] or 0) + 1e-6 for deal, total in attributed.items())
    weighing = Weighing.objects.get()
    assert sum(attributed.values()) + weighing.unexplained == pytest.approx(weighing.lost_value)


def test_a_workspace_without_anything_runs(reader: Reader) -> None:
    ran = run(reader, NOW)
    assert (ran.read.documents, ran.grouped.themes, ran.weighed.stakes) == (0, 0, [])


def test_evidence_without_deals_and_deals_without_evidence_are_weighed(reader: Reader, tmp_path: Path) -> None:
    bring_in([write_calls(tmp_path, ["offline", "sso"])])
    ran = run(reader, NOW)
    assert {stake.verdict for stake in Stake.objects.all()} == {"can't tell"}
    assert (ran.weighed.won, ran.weighed.lost) == (0, 0)
    Document.objects.all().delete()
    bring_in([write_deals(tmp_path, "Won", "Lost")])
    ran = run(reader, NOW)
    assert (ran.weighed.won, ran.weighed.lost, ran.weighed.lost_value) == (0, 0, pytest.approx(12 * 1_012))
    assert "24 closed deals have no recorded words" in ran.weighed.note


@pytest.mark.parametrize("state", ["Won", "Lost", "Negotiation"])
def test_deals_that_all_ended_alike_can_tell_nothing(state: str, reader: Reader, tmp_path: Path) -> None:
    bring_in([write_deals(tmp_path, state), write_calls(tmp_path, ["offline", "sso"])])
    run(reader, NOW)
    stakes = list(Stake.objects.all())
    assert stakes
    assert {stake.verdict for stake in stakes} == {"can't tell"}
    assert all(-1 <= stake.low <= stake.difference <= stake.high <= 1 for stake in stakes)
