"""One cast for every test: Pinefield Software, which sells to five accounts, with what was said and what it costs.

Offline export cost it deals and its helpdesk didn't; nobody has sorted what Ada said about the weather.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import numpy as np
import pytest
from django.contrib.auth.models import User
from pytest_django import Settings

from winward.records.accounts import Account
from winward.records.company import Company
from winward.records.deals import Deal, StageChange
from winward.records.documents import Document, Passage
from winward.records.imports import Import, ImportProblem, Source
from winward.records.signal_rows import as_halfvec, signs_of
from winward.records.signals import VECTOR_SIZE, Signal, SignalVector
from winward.records.stakes import Attribution, Stake, Weighing
from winward.records.themes import Lineage, Theme
from winward.usecases import roles

PASSWORD = "correct horse battery"
TODAY = date(2026, 9, 30)
EXPORT, HELPDESK = 0, 1


@dataclass
class Cast:
    """accounts, deals, documents, signals: by the short names below."""

    source: Source
    export: Theme
    helpdesk: Theme
    accounts: dict[str, Account] = field(default_factory=dict)
    deals: dict[str, Deal] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    signals: dict[str, Signal] = field(default_factory=dict)


def direction(axis: int, tilt: float = 0.0) -> list[float]:
    """A vector along an axis, tilted a little towards the next but one."""
    vector = [0.0] * VECTOR_SIZE
    vector[axis], vector[axis + 2] = 1.0, tilt
    return vector


def say(document: Document, speaker: str, text: str, side: str = "customer", **more: object) -> Passage:
    """The document's next passage."""
    before = list(document.passages.order_by("ordinal"))
    start = sum(len(one.text) + 1 for one in before)
    values = {"side": side, "speaker": speaker, **more}
    return Passage.objects.create(document=document, ordinal=len(before), start=start, text=text, **values)


def signal(passage: Passage, quote: str, kind: str, theme: Theme | None, vector: list[float], **more: object) -> Signal:
    start = passage.text.index(quote)
    values = {"kinds": [0.0] * 11, "strength": 0.8, "side": passage.side, "fit": 0.9 if theme else 0.0, **more}
    made = Signal.objects.create(
        passage=passage,
        document=passage.document,
        start=start,
        end=start + len(quote),
        quote=quote,
        kind=kind,
        theme=theme,
        signs=signs_of(as_halfvec(np.array(vector))),
        **values,
    )
    SignalVector.objects.create(signal=made, vector=vector)
    return made


def make_cast() -> Cast:
    Company.objects.update_or_create(id=1, defaults={"name": "Pinefield Software", "currency": "EUR"})
    source = Source.objects.create(name="files")
    cast = Cast(source, _theme("Export without a network", EXPORT), _theme("Helpdesk answers late", HELPDESK))
    _accounts(cast)
    _deals(cast)
    _documents(cast)
    _stakes(cast)
    _imports(cast)
    return cast


def _theme(name: str, axis: int) -> Theme:
    return Theme.objects.create(name=name, terms=name.lower().split(), centre=direction(axis), floor=0.4)


def _accounts(cast: Cast) -> None:
    for name in ("Acme", "Birch", "Cobalt", "Dune", "Elm"):
        cast.accounts[name] = Account.objects.create(
            source=cast.source, external_id=f"A-{name}", name=name, name_key=name.lower(), domain=f"{name.lower()}.test"
        )


def _deals(cast: Cast) -> None:
    rows = [
        ("ACME-1", "Acme", "lost", date(2026, 9, 10), 40_000, "Enterprise", "Price"),
        ("ACME-2", "Acme", "open", date(2026, 12, 1), 60_000, "Enterprise", ""),
        ("BIRCH-1", "Birch", "won", date(2026, 8, 3), 25_000, "Mid-market", ""),
        ("COBALT-1", "Cobalt", "lost", date(2026, 6, 20), 90_000, "Enterprise", "Timing"),
        ("DUNE-1", "Dune", "won", date(2026, 3, 9), None, "Small", ""),
        ("ELM-1", "Elm", "open", None, 15_000, "Small", ""),
    ]
    for reference, account, state, closed, value, segment, reason in rows:
        cast.deals[reference] = Deal.objects.create(
            source=cast.source,
            external_id=reference,
            name=f"{account} {reference[-1]}: platform",
            account=cast.accounts[account],
            state=state,
            closed_on=closed,
            created_on=date(2026, 1, 15),
            amount=value,
            currency="EUR",
            value=value,
            value_note="" if value else "no amount",
            segment=segment,
            stated_reason=reason,
        )
    StageChange.objects.create(deal=cast.deals["ACME-1"], stage="Demo", entered_on=date(2026, 5, 2))


def _document(cast: Cast, name: str, deal: str, kind: str, day: date, **more: object) -> Document:
    linked = cast.deals[deal] if deal else None
    values = {"link": "sure", "link_why": "its participants are of the account", "link_confidence": 0.9, **more}
    document = Document.objects.create(
        source=cast.source,
        external_id=name,
        content_hash=name,
        kind=kind,
        title=name,
        happened_at=datetime(day.year, day.month, day.day, 9, tzinfo=UTC),
        deal=linked,
        account=linked.account if linked else None,
        file=f"{name}.vtt",
        **values,
    )
    cast.documents[name] = document
    return document


def _documents(cast: Cast) -> None:
    _call_with_acme(cast)
    _mail_of_cobalt(cast)
    _others(cast)
    for theme in (cast.export, cast.helpdesk):
        theme.typical = list(Signal.objects.filter(theme=theme).order_by("id").values_list("pk", flat=True)[:3])
        theme.save(update_fields=["typical"])


def _call_with_acme(cast: Cast) -> None:
    people = [
        {"name": "Ada Field", "email": "ada@acme.test", "side": "customer", "role": "Head of operations"},
        {"name": "Sam Seller", "email": "sam@pinefield.test", "side": "us", "role": "Seller"},
    ]
    call = _document(cast, "Second call with Acme", "ACME-1", "call", date(2026, 8, 20), participants=people)
    say(call, "Sam Seller", "Thanks for coming back. How did the trial go?", side="us", start_ms=0)
    wish = say(
        call,
        "Ada Field",
        "Honestly we can’t export when the line is down, and on site it is always down. The weather, too. 🙂",
        start_ms=4_000,
    )
    said = signal(wish, "we can’t export when the line is down", "pain", cast.export, direction(EXPORT))
    cast.signals["acme export"] = said
    cast.signals["acme weather"] = signal(
        wish, "The weather, too.", "pain", None, direction(5), unsorted_why="nobody else said anything like it"
    )
    slow = say(call, "Ada Field", "Your helpdesk took three days to answer.", start_ms=65_000)
    cast.signals["acme helpdesk"] = signal(slow, slow.text, "pain", cast.helpdesk, direction(HELPDESK), fit=0.8)


def _mail_of_cobalt(cast: Cast) -> None:
    mail = _document(cast, "Mail of Cobalt", "COBALT-1", "email", date(2026, 6, 1))
    plea = say(mail, "Carl Stone", "Without export on a plane this is no use to us.")
    cast.signals["cobalt export"] = signal(
        plea,
        "Without export on a plane this is no use to us.",
        "objection",
        cast.export,
        direction(EXPORT, 0.5),
        fit=0.85,
    )
    say(mail, "Carl Stone", "> On Monday Sam wrote: shall we talk?", spoken=False)


def _others(cast: Cast) -> None:
    visit = _document(cast, "Interview with Birch", "BIRCH-1", "interview", date(2026, 7, 7))
    glad = say(visit, "Bea Wood", "Export works fine for us, we are always online.")
    cast.signals["birch praise"] = signal(
        glad, "Export works fine for us", "praise", cast.export, direction(EXPORT, -0.8), fit=0.7
    )
    renewal = _document(cast, "Renewal call with Acme", "ACME-2", "call", date(2026, 9, 20))
    again = say(renewal, "Ada Field", "As I said, we can’t export when the line is down.", start_ms=1_000)
    cast.signals["acme export again"] = signal(
        again, "we can’t export when the line is down", "pain", cast.export, direction(EXPORT, 0.1), fit=0.88
    )
    unsure = {"link": "unsure", "link_why": "its title is like the account’s name", "link_confidence": 0.55}
    note = _document(cast, "Note on Elm", "ELM-1", "note", date(2026, 9, 1), **unsure)
    say(note, "", "They asked for a quote by Friday.", side="")


def _stakes(cast: Cast) -> None:
    Weighing.objects.create(
        id=1, at=datetime(2026, 9, 29, tzinfo=UTC), won=2, lost=2, open=2, lost_value=130_000, unexplained=50_000
    )
    shared = {"quarters": ["2026 Q2", "2026 Q3"]}
    Stake.objects.create(
        theme=cast.export,
        verdict="costs",
        difference=-0.2,
        low=-0.31,
        high=-0.09,
        raw_difference=-0.3,
        won_with=6,
        lost_with=23,
        won_without=40,
        lost_without=31,
        lost_value=80_000,
        lost_value_low=30_000,
        lost_value_high=120_000,
        open_deals=1,
        open_value=60_000,
        signals=4,
        accounts=3,
        deals=4,
        by_quarter=[1, 3],
        **shared,
    )
    Stake.objects.create(
        theme=cast.helpdesk,
        verdict="can't tell",
        difference=-0.03,
        low=-0.18,
        high=0.12,
        won_with=5,
        lost_with=6,
        won_without=41,
        lost_without=48,
        more_deals=60,
        signals=1,
        accounts=1,
        deals=1,
        by_quarter=[0, 1],
        **shared,
    )
    for reference, share, value in (("ACME-1", 0.5, 20_000), ("COBALT-1", 0.66, 60_000)):
        Attribution.objects.create(deal=cast.deals[reference], theme=cast.export, share=share, value=value)
    Lineage.objects.create(theme=cast.export, event="born", shared=4, share=1.0, at=datetime(2026, 9, 28, tzinfo=UTC))


def _imports(cast: Cast) -> None:
    brought = Import.objects.create(
        source=cast.source,
        file="deals.csv",
        kind="deals",
        state="done",
        done=7,
        added=6,
        problems=1,
        by="eda",
        started_at=datetime(2026, 9, 28, tzinfo=UTC),
        finished_at=datetime(2026, 9, 28, tzinfo=UTC),
    )
    ImportProblem.objects.create(
        brought_by=brought, file="deals.csv", row=5, column="Amount", reason="“n/a” is no sum."
    )


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def quick_passwords(settings: Settings) -> None:
    """A real password hash takes longer than most tests."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def editor(db: None, quick_passwords: None) -> User:
    return roles.add_user("eda", PASSWORD, "editor")


@pytest.fixture
def viewer(db: None, quick_passwords: None) -> User:
    return roles.add_user("vic", PASSWORD, "viewer")
