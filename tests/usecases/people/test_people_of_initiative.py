"""The people of an initiative: the sentence, who is missing, what to ask, and which answer matters most."""

from datetime import date

import pytest

from tests.aligning import Aligning
from tests.cast import Cast, direction, say, signal
from winward.records.accounts import Owner
from winward.records.agreements import Term
from winward.records.stakeholders import Question, Seat, Stakeholder
from winward.records.themes import Theme
from winward.usecases.people.answers import Answer, Learnt, answer, ask, remove_question
from winward.usecases.people.next_question import Next
from winward.usecases.people.question_templates import TOPICS, templates
from winward.usecases.people.questions_to_ask import GAPS, MOST, ForSeat
from winward.usecases.people.show_stakeholder import asked_text, show_stakeholder
from winward.usecases.people.stakeholder_map import PeoplePage, people_of, sentence
from winward.usecases.people.stakeholders import KINDS, Described, Place, Seated, describe_person, seat_new_person
from winward.usecases.people.stances import take_stance
from winward.usecases.people.who_is_missing import Missing
from winward.usecases.quotes import NotFound

TODAY = date(2026, 9, 30)


def page_of(aligning: Aligning) -> PeoplePage:
    return people_of(aligning.initiative.pk, TODAY)


def missing(page: PeoplePage, kind: str) -> Missing | None:
    return next((one for one in page.missing if one.kind == kind), None)


def of(page: PeoplePage, name: str) -> ForSeat:
    return next(one for one in page.people if one.seat.name == name)


def next_of(aligning: Aligning) -> Next:
    found = page_of(aligning).next
    assert found
    return found


def test_the_sentence_counts_those_whose_yes_is_needed(aligning: Aligning) -> None:
    for name, stance in (("Ines", 1), ("Sol", 2), ("Otto", -1), ("Mara", 0)):
        take_stance(aligning.seats[name].pk, stance, TODAY, "eda")
    seat_new_person(Described("Press", "partner team"), Place(aligning.initiative.pk), Seated(part="is told"), "eda")
    assert page_of(aligning).sentence == (
        "2 of 4 whose yes is needed are for it; Otto (security, veto) is against; Mara (tech lead) is undecided."
    )


def test_the_sentence_of_an_empty_table() -> None:
    assert sentence([]).startswith("Nobody has a seat yet")


def test_those_who_were_not_asked_are_named(aligning: Aligning) -> None:
    assert "of 3 it isn’t known where they stand: Otto (security, veto)" in page_of(aligning).sentence


def test_security_is_missed_where_signals_speak_of_it(cast: Cast, aligning: Aligning) -> None:
    call = cast.documents["Renewal call with Acme"]
    for text in ("We need SOC 2 first.", "Is export encrypted? SOC 2 says so.", "That was a lesson."):
        signal(say(call, "Ada Field", text), text, "need", cast.export, direction(0))
    assert missing(page_of(aligning), "security") is None
    Seat.objects.filter(stakeholder__name="Otto").update(removed=True)
    found = missing(page_of(aligning), "security")
    assert found
    assert found.sentence == "Nobody from security has been asked, and 2 signals mention SOC 2 and encryption."
    assert {one.words for one in found.signals} == {"We need SOC 2 first.", "Is export encrypted? SOC 2 says so."}


def test_one_signal_is_told_as_one_and_dismissed_ones_do_not_count(cast: Cast, aligning: Aligning) -> None:
    call = cast.documents["Renewal call with Acme"]
    for text, dismissed in (("The DPA is open.", False), ("Our contract ends.", True)):
        signal(say(call, "Ada Field", text), text, "risk", cast.export, direction(0), dismissed=dismissed)
    found = missing(page_of(aligning), "legal")
    assert found
    assert found.sentence == "Nobody from legal has been asked, and one signal mentions a DPA."


def test_who_sells_what_is_exposed_and_who_owns_the_theme_are_missed(cast: Cast, aligning: Aligning) -> None:
    deal = cast.deals["ACME-2"]
    deal.owner = Owner.objects.create(source=cast.source, external_id="O-1", name="Sam Seller", name_key="sam seller")
    deal.save()
    Theme.objects.filter(pk=cast.export.pk).update(owner="Pia")
    page = page_of(aligning)
    sellers = missing(page, "sales")
    assert sellers
    assert sellers.sentence == "Sam Seller owns open deals in which it came up, without a seat."
    assert [one.id for one in sellers.deals] == [deal.pk]
    owners = missing(page, "")
    assert owners
    assert owners.sentence == "Pia owns “Export without a network”, without a seat."
    Seat.objects.filter(stakeholder__name="Sol").update(removed=True)
    without = missing(page_of(aligning), "sales")
    assert without
    assert without.sentence == "Nobody from sales has been asked, and it came up in one open deal worth €60k."


def test_a_customer_is_missed_where_signals_say_how_they_decide(cast: Cast, aligning: Aligning) -> None:
    text = "Our board decides in May."
    signal(
        say(cast.documents["Renewal call with Acme"], "Ada Field", text), text, "decision", cast.export, direction(0)
    )
    found = missing(page_of(aligning), "customer")
    assert found
    assert "one signal says how customers decide" in found.sentence
    seat_new_person(Described("Ada Field", "customer"), Place(aligning.initiative.pk), Seated(part="advises"), "eda")
    assert missing(page_of(aligning), "customer") is None


def test_an_executive_is_missed_where_money_was_lost(aligning: Aligning) -> None:
    found = missing(page_of(aligning), "product executive")
    assert found
    assert "€80k of lost deals" in found.sentence


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_asked_for_everything(kind: str) -> None:
    """Of each topic at least three questions, one of which needs no more than the initiative's name; no key twice."""
    found = templates(kind)
    for topic in TOPICS:
        of_topic = [one for one in found if one.topic == topic]
        assert len(of_topic) >= 3
        assert any(one.facts <= {"initiative"} for one in of_topic)
    assert len({one.key for one in found}) == len(found)
    assert all(one.gap in (*GAPS, "") and one.text.rstrip().endswith("?") for one in found)


def test_a_list_is_short_concrete_and_only_of_what_is_not_known(aligning: Aligning) -> None:
    otto = of(page_of(aligning), "Otto")
    assert len(otto.questions) == MOST
    assert any("“Export without a network”" in one.text for one in otto.questions)
    # What he can't accept is known; the rest isn't.
    assert "constraints" not in {one.topic for one in otto.questions}
    assert "what they can’t accept" not in otto.gaps
    assert not any("{" in one.text for one in otto.all)


def test_questions_bring_the_customers_words_and_the_terms(aligning: Aligning) -> None:
    ines = of(page_of(aligning), "Ines")
    quoted = next(one for one in ines.all if one.signal)
    assert "“we can’t export when the line is down” (Ada Field, Acme)" in quoted.text
    assert any("Date and Support" in one.text for one in ines.all if one.gap == "ranks")
    mara = of(page_of(aligning), "Mara")
    assert any("Two people left" in one.text for one in mara.questions)
    assert any("3 to 6 person-weeks of backend" in one.text for one in mara.all)


def test_what_becomes_known_is_asked_no_more(aligning: Aligning) -> None:
    before = of(page_of(aligning), "Mara")
    describe_person(aligning.seats["Mara"].stakeholder_id, Described(metric="failed builds"), "eda")
    after = of(page_of(aligning), "Mara")
    assert after.known == before.known + 1
    assert not any(one.gap == "metric" for one in after.all)
    assert any("You watch failed builds" in one.text for one in after.all)


def test_an_answer_is_kept_once_with_its_day_and_updates_the_position(aligning: Aligning) -> None:
    seat = aligning.seats["Sol"]
    asked = next(one for one in of(page_of(aligning), "Sol").all if one.topic == "alternatives")
    given = Answer("alternatives", asked.text, "She would sell the old one", asked.key)
    answer(seat.pk, given, TODAY, "eda", Learnt(otherwise="Sell the old one"))
    seat.refresh_from_db()
    assert seat.otherwise == "Sell the old one"
    sol = of(page_of(aligning), "Sol")
    assert [(one.answer, one.on) for one in sol.answered] == [("She would sell the old one", TODAY)]
    assert not any(one.topic == "alternatives" for one in sol.all)


def test_answers_rank_terms_mark_refusals_and_draw_the_line(aligning: Aligning) -> None:
    seat, terms = aligning.seats["Sol"], aligning.terms
    june = aligning.options["Date", "June"].pk
    ours = aligning.options["Support", "Ours"].pk
    decisions = answer(
        seat.pk,
        Answer("gives", "What would do?", "June would do"),
        TODAY,
        "eda",
        Learnt(
            metric="new revenue",
            moves="Deals of this quarter",
            terms=[[terms["Support"].pk], [terms["Date"].pk, terms["Scope"].pk]],
            refused=[ours],
            line={terms["Date"].pk: june},
        ),
    )
    seat.refresh_from_db()
    assert len(decisions) == 4
    assert seat.ranks["terms"] == [[terms["Support"].pk], [terms["Date"].pk, terms["Scope"].pk]]
    assert (seat.refused, seat.good_enough) == ([ours], {str(terms["Date"].pk): june})
    assert Stakeholder.objects.get(pk=seat.stakeholder_id).metric == "new revenue"
    assert page_of(aligning).people


@pytest.mark.parametrize(("given", "words"), [
    (Answer("gives", "What?", "  "), "Write down what they answered"),
    (Answer("gossip", "What?", "No"), "no topic"),
    (Answer("gives", " ", "No"), "needs words"),
])  # fmt: skip
def test_an_empty_answer_is_refused(aligning: Aligning, given: Answer, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        answer(aligning.seats["Sol"].pk, given, TODAY, "eda")
    assert not Question.objects.exists()


def test_a_question_of_one_s_own_comes_first_and_takes_its_answer(aligning: Aligning) -> None:
    seat = aligning.seats["Ines"]
    number, _ = ask(seat.pk, "interests", "Which deal keeps you awake?", "eda")
    first = of(page_of(aligning), "Ines").questions[0]
    assert (first.text, first.written) == ("Which deal keeps you awake?", number)
    answer(seat.pk, Answer("interests", first.text, "Acme", written=number), TODAY, "eda")
    assert Question.objects.get().answer == "Acme"
    with pytest.raises(NotFound):
        answer(aligning.seats["Otto"].pk, Answer("interests", first.text, "No", written=number), TODAY, "eda")
    remove_question(number, "eda")
    assert of(page_of(aligning), "Ines").answered == ()


def test_the_next_question_is_the_one_whose_answer_can_change_most(aligning: Aligning) -> None:
    """Nothing is known of a newcomer who decides; the others said most of it."""
    lines = {str(term.pk): aligning.options[name, option].pk for (name, term), option in zip(
        aligning.terms.items(), ("Everything offline", "September", "Shared"), strict=True)}  # fmt: skip
    Seat.objects.update(good_enough=lines, refused=[aligning.options["Date", "March"].pk])
    whole = {
        "terms": [[term.pk] for term in aligning.terms.values()],
        "options": {
            str(term.pk): [[option.pk] for (of_term, _), option in aligning.options.items() if of_term == name]
            for name, term in aligning.terms.items()
        },
    }
    Seat.objects.update(ranks=whole)
    seat_new_person(Described("Nell", "tech lead"), Place(aligning.initiative.pk), Seated(), "eda")
    found = next_of(aligning)
    assert found.name == "Nell"
    assert found.share
    assert found.share > 0.2
    assert "that Nell could give on" in found.why
    assert found.question.text == of(page_of(aligning), "Nell").questions[0].text


def test_without_terms_it_goes_by_influence_veto_and_what_is_not_known(aligning: Aligning) -> None:
    Term.objects.update(removed=True)
    found = next_of(aligning)
    assert (found.name, found.share) == ("Otto", None)
    assert "a veto" in found.why
    Seat.objects.filter(stakeholder__name="Sol").update(influence=5)
    Seat.objects.filter(stakeholder__name="Otto").update(influence=1)
    assert next_of(aligning).name == "Sol"


def test_nobody_at_the_table_leaves_nobody_to_ask(aligning: Aligning) -> None:
    Seat.objects.update(removed=True)
    page = page_of(aligning)
    assert (page.people, page.next) == ((), None)


def test_a_person_s_page_begins_with_the_question_asked_for(aligning: Aligning) -> None:
    otto, found = aligning.seats["Otto"], of(page_of(aligning), "Otto")
    last = found.all[-1]
    page = show_stakeholder(otto.stakeholder_id, TODAY, last.key)
    assert page.seats[0].asked.questions[0].text == last.text
    assert asked_text(otto.pk, last.key, TODAY) == last.text
    with pytest.raises(ValueError, match="none of the questions"):
        asked_text(otto.pk, "security/gives/nothing", TODAY)


def test_a_person_s_page_says_what_they_said_of_each_term(aligning: Aligning) -> None:
    page = show_stakeholder(aligning.seats["Otto"].stakeholder_id, TODAY)
    by_name = {term.name: term for term in page.seats[0].terms}
    assert [option.refused for option in by_name["Scope"].options] == [False, False, True]
    assert (by_name["Support"].place, by_name["Date"].place) == (1, None)


def test_what_is_not_there_is_not_found(db: None) -> None:
    for missing_one in (lambda: people_of(999, TODAY), lambda: show_stakeholder(999, TODAY)):
        with pytest.raises(NotFound):
            missing_one()
