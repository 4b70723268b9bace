"""An initiative on one page: the need with its quotes, the package, who needs what, and the decision that is asked."""

from datetime import date
from io import BytesIO

import pytest
from pdfminer.pdfpage import PDFPage

from tests.aligning import Aligning
from winward.faces.printed.alignment import alignment_sheet
from winward.faces.printed.html import as_html
from winward.faces.printed.pdf import as_pdf
from winward.records.action_plans import ActionPlan, PlanStep
from winward.records.agreements import Agreement
from winward.records.initiatives import Initiative, Risk
from winward.records.stakeholders import Ground, Seat, Stakeholder, Stance
from winward.records.themes import Theme
from winward.usecases.initiatives.alignment_brief import alignment_brief
from winward.usecases.value.start_chain import started
from winward.usecases.value.value_chains import keep

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 1)


def test_it_holds_what_a_decision_needs(aligning: Aligning) -> None:
    number = aligning.initiative.pk
    keep(started("win-rate", TODAY, number), "new", "ana", number)
    Ground.objects.create(stakeholder=aligning.seats["Mara"].stakeholder, moves="fewer nights on call")
    brief = alignment_brief(number, TODAY)
    assert brief.page.quotes
    assert [wants.seat.name for wants in brief.wants if "fewer nights" in " ".join(wants.moves)] == ["Mara"]
    assert brief.risks[0].what == "Conflicts when two edit"
    assert brief.worth
    assert brief.timeline[0].on == date(2026, 12, 1), "Acme decides then"
    page = as_html(alignment_sheet(brief))
    for said in ("we can’t export", "Export that works offline", "What each gains and gives", "Mara (tech lead)"):
        assert said in page


def test_until_something_is_agreed_the_fairest_package_is_suggested(aligning: Aligning) -> None:
    brief = alignment_brief(aligning.initiative.pk, TODAY)
    assert brief.proposed.how == "suggested"
    assert {term for term, _ in brief.proposed.package} == set(aligning.terms)
    assert dict(brief.proposed.package)["Scope"] != "Everything offline", "Otto can't accept it"
    assert any("gives on" in wants.says for wants in brief.wants)
    assert brief.decision.startswith("Ines, Mara, Otto and Sol: a yes to this package")


def test_who_says_yes_already_is_not_asked(aligning: Aligning) -> None:
    for name in ("Ines", "Sol", "Mara"):
        Stance.objects.create(seat=aligning.seats[name], stance=1, on=date(2026, 9, 20), by="ana")
    assert alignment_brief(aligning.initiative.pk, TODAY).decision.startswith("Otto: a yes")


def test_what_was_agreed_stands(aligning: Aligning) -> None:
    package = [["Scope", "Reading only"], ["Date", "June"], ["Support", "Shared"]]
    Agreement.objects.create(
        initiative=aligning.initiative, agreed_on=date(2026, 9, 25), package=package, people=["Mara", "Otto"],
        open_points="Who pays for support", by="ana",
    )  # fmt: skip
    brief = alignment_brief(aligning.initiative.pk, TODAY)
    assert brief.proposed.how == "agreed"
    assert brief.proposed.sentence.startswith("Agreed on 25 September 2026 by Mara and Otto.")
    assert brief.proposed.package == (("Scope", "Reading only"), ("Date", "June"), ("Support", "Shared"))
    assert brief.decision == "None any more: it is agreed. Left to settle: Who pays for support"


def test_a_plan_sets_the_day_of_the_decision(aligning: Aligning) -> None:
    plan = ActionPlan.objects.create(
        name="Acme live",
        outcome="Acme exports on site",
        customer_day=date(2026, 11, 30),
        initiative=aligning.initiative,
    )
    PlanStep.objects.create(plan=plan, name="Build it", side="us", days=20)
    brief = alignment_brief(aligning.initiative.pk, TODAY)
    assert brief.decide_by == date(2026, 11, 3)
    assert "by 3 November 2026" in brief.decision
    assert (date(2026, 11, 30), "Acme exports on site") in [(one.on, one.what) for one in brief.timeline]


def test_nothing_known_is_said_to_be_so(db: None) -> None:
    bare = Initiative.objects.create(name="A thought")
    brief = alignment_brief(bare.pk, TODAY)
    assert brief.proposed.how == "nothing negotiated"
    assert brief.decision.startswith("Name first whose yes is needed")
    assert as_pdf(alignment_sheet(brief))


def test_however_much_there_is_it_stays_one_page(aligning: Aligning) -> None:
    long = "Everything that anybody has ever said about it, " * 60
    Initiative.objects.update(hypothesis=long, need=long, goal=long, metric=long, name=long, owner=long)
    Theme.objects.update(name=long)
    Stakeholder.objects.update(name=long[:300], metric=long)
    for at in range(25):
        one = Stakeholder.objects.create(name=f"{at} {long[:200]}", kind="legal", metric=long)
        Seat.objects.create(stakeholder=one, initiative=aligning.initiative)
        Risk.objects.create(initiative=aligning.initiative, what=long, reduced=long, owner=long)
    made = as_pdf(alignment_sheet(alignment_brief(aligning.initiative.pk, TODAY)))
    assert len(list(PDFPage.get_pages(BytesIO(made)))) == 1
