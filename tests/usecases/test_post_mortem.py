"""The post-mortem of one lost deal, also where little is known of it."""

from datetime import UTC, date, datetime

import pytest

from tests.cast import EXPORT, Cast, direction, say, signal
from winward.records.accounts import Contact
from winward.records.deals import Deal, StageChange
from winward.records.documents import Document
from winward.records.stakes import Attribution, Weighing
from winward.usecases.lesson import learn
from winward.usecases.post_mortem import post_mortem
from winward.usecases.quotes import NotFound


def test_it_says_what_is_known_of_the_loss(cast: Cast) -> None:
    Document.objects.update(read_by="now")
    found = post_mortem("ACME-1")
    assert found.sentence.startswith("Lost on 10 September 2026 after 238 days. What stands out is “Export without a ")
    shares = [(one.theme, one.mentions, one.share, one.value, one.clear) for one in found.costs]
    assert shares == [
        ("Export without a network", 1, 0.5, 20_000, True),
        ("Helpdesk answers late", 1, None, None, False),
    ]
    assert found.unexplained == 0.5
    assert [(one.what, one.kind) for one in found.course.moments] == [
        ("Demo", "stage"),
        ("Second call with Acme", "call"),
    ]
    assert found.missing == ()


def test_people_come_with_what_they_said_and_cared_about(cast: Cast) -> None:
    Contact.objects.create(
        source=cast.source, external_id="C-1", account=cast.accounts["Acme"], name="Uma Rich", role="Buyer"
    )
    ada, sam = post_mortem("ACME-1").people
    assert (ada.name, ada.role, ada.side, ada.documents, ada.signals) == (
        "Ada Field",
        "Head of operations",
        "customer",
        1,
        3,
    )
    assert [one.theme for one in ada.cared_about] == ["Export without a network", "Helpdesk answers late"]
    assert ada.quote is not None
    assert ada.quote.words == "we can’t export when the line is down"
    assert (sam.side, sam.quote) == ("us", None)
    assert ada.share + sam.share == pytest.approx(1)
    assert post_mortem("ACME-1").never_heard == ("Uma Rich, Buyer",)


def test_a_reason_that_differs_is_set_beside_what_was_found_and_blames_nobody(cast: Cast) -> None:
    price = post_mortem("ACME-1").stated
    assert price.differs is True
    assert price.sentence.startswith(
        "The CRM says “Price”. What was said before the decision points elsewhere: to “Exp"
    )
    assert "Both can hold" in price.sentence
    for reason, differs in (("Missing feature", False), ("Timing", True), ("Lost to a competitor", None),
                            ("Security", None), ("Other", None), ("They liked Ada more", None)):  # fmt: skip
        Deal.objects.update(stated_reason=reason)
        assert post_mortem("ACME-1").stated.differs is differs, reason


def test_what_they_said_afterwards_stands_apart(cast: Cast) -> None:
    interview = Document.objects.create(
        source=cast.source, external_id="i", content_hash="i", kind="interview", title="Interview", link="sure",
        happened_at=datetime(2026, 9, 15, tzinfo=UTC), deal=cast.deals["ACME-1"],
    )  # fmt: skip
    told = say(interview, "Ada Field", "In the end it was export on site.")
    signal(told, told.text, "pain", cast.export, direction(EXPORT))
    found = post_mortem("ACME-1")
    assert found.stated.afterwards is not None
    assert found.stated.afterwards.words == told.text
    assert found.costs[0].mentions == 1
    assert [one.after for one in found.course.moments if one.kind != "stage"] == [False, True]


def test_a_turn_is_told_with_the_quote_that_shows_it(cast: Cast) -> None:
    call = cast.documents["Second call with Acme"]
    for number in range(8):
        glad = say(call, "Ada Field", f"We like part {number} of it.")
        signal(glad, glad.text, "praise", None, direction(9), polarity=0.7 + number / 100)
    for number in range(8):
        cross = say(call, "Ada Field", f"We cannot live with part {number}.")
        signal(cross, cross.text, "objection", None, direction(9), polarity=-0.7 - number / 100)
    found = post_mortem("ACME-1").turning_points
    mood = next(point for point in found if point.of == "mood" and point.worse)
    assert mood.quote is not None
    assert mood.quote.words.startswith("We cannot live with part")
    assert mood.sentence.startswith("What they said went from")
    resistance = next(point for point in found if point.of == "resistance")
    assert resistance.worse
    assert resistance.sentence.startswith("Objections and risks grew")


def test_won_deals_like_it_come_with_reasons_and_differences(cast: Cast) -> None:
    Document.objects.update(customer_words=50)
    Deal.objects.filter(external_id="BIRCH-1").update(segment="Enterprise", value=30_000)
    found = post_mortem("ACME-1")
    alike = [(one.name, one.alike) for one in found.alike]
    assert alike == [("Birch 1: platform", ("same segment (Enterprise)", "about as large"))]
    assert "“Export without a network” didn’t come up" in found.alike[0].differed
    assert found.alike[0].absent == ("Export without a network",)
    assert (found.went.people, found.alike[0].went.people) == (1, 0)
    assert found.condition.computed == "Can’t tell: too little was recorded of it, or too few deals have closed."


def test_a_person_s_words_on_what_had_to_be_true_win(cast: Cast) -> None:
    deal = cast.deals["ACME-1"].pk
    learn(deal, "eda", condition="A man of ours on site in May.", text="Be there.")
    found = post_mortem(deal)
    assert found.condition.words == "A man of ours on site in May."
    assert found.condition.computed
    assert found.lesson is not None
    assert found.lesson.text == "Be there."


def test_a_thin_deal_says_what_to_bring_in(cast: Cast) -> None:
    Attribution.objects.all().delete()
    Weighing.objects.all().delete()
    thin = Deal.objects.create(source=cast.source, external_id="THIN", name="Thin", state="lost")
    found = post_mortem(thin.pk)
    assert found.sentence == "Lost. Nothing that was said in it is here yet."
    assert [sentence.split(":")[0].split("(")[0].strip() for sentence in found.missing] == [
        "No call, mail or note belongs to this deal yet",
        "Nothing was weighed yet",
        "Its value is not known",
        "The CRM lacks the day on which it began or closed.",
        "The CRM’s export holds no history of its stages.",
    ]
    assert found.stated.sentence.startswith("The CRM states no reason.")
    assert (found.costs, found.people, found.turning_points, found.unexplained) == ((), (), (), None)
    assert found.condition.computed.startswith("Can’t tell")


def test_what_waits_for_the_next_run_is_said(cast: Cast) -> None:
    Document.objects.update(read_by="")
    assert any(sentence.startswith("1 of its documents waits to be read") for sentence in post_mortem("ACME-1").missing)


def test_only_a_lost_deal_has_one(cast: Cast) -> None:
    with pytest.raises(NotFound, match="Birch 1: platform is won: only a lost deal has a post-mortem"):
        post_mortem("BIRCH-1")
    with pytest.raises(NotFound, match="no deal X-1"):
        post_mortem("X-1")


def test_a_workspace_with_one_deal_and_nothing_else_has_one_too(cast: Cast) -> None:
    Deal.objects.exclude(external_id="ACME-1").delete()
    StageChange.objects.all().delete()
    found = post_mortem("ACME-1")
    assert found.alike == ()
    assert found.in_common == "No won deal is enough like it to compare it with."
    assert found.row.closed_on == date(2026, 9, 10)
