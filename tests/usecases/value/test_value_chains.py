"""Chains in the workspace: evidence that links, ranges that follow the stakes, changes that can be undone."""

from datetime import date

import pytest

from tests.aligning import Aligning
from tests.cast import Cast
from winward.records.decisions import Audit
from winward.records.documents import Document
from winward.records.signals import Signal
from winward.records.stakes import Stake
from winward.records.themes import Theme
from winward.records.value_chains import ValueChain
from winward.sources.yaml_files import FileProblems
from winward.usecases import decide
from winward.usecases.quotes import NotFound
from winward.usecases.value.chain_history import history
from winward.usecases.value.start_chain import main_theme, offers, started
from winward.usecases.value.value_chains import (
    chains_of,
    change_quantity,
    keep,
    linked_worth,
    list_chains,
    remove,
    rewrite,
    show_chain,
)
from winward.usecases.value.work_out_value import TEMPLATES, work_out_value

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 1)
CHAIN = """name: Exports without a network
result: won
quantities:
  deals:
    unit: deal/year
    range: [20, 30]
    source: {signals: ["export when the line is down"]}
  gained:
    unit: pp
    source: {stake: Export without a network, from: win_rate_difference}
  amount:   # of a won deal
    unit: EUR/deal
    range: [10000, 20000]
    source: {document: Mail of Cobalt}
  share:
    unit: "%"
    range: [20, 70]
    source: {assumption: a guess, owner: Ana, review: 2026-09-01}
  won:
    unit: EUR/year
    formula: deals * gained * amount * share
"""


def refused(text: str) -> list[tuple[int, str]]:
    with pytest.raises(FileProblems) as error:
        keep(text, "chain.yaml", "ana")
    return [(one.line, one.message) for one in error.value.problems]


def test_evidence_is_linked(cast: Cast) -> None:
    found = linked_worth(CHAIN, "chain.yaml", TODAY)
    assert [quote.words for quote in found.linked["deals"].quotes] == ["we can’t export when the line is down"]
    assert found.quotes[0] == found.linked["deals"].quotes[0]
    assert {quote.theme_id for quote in found.quotes} == {cast.export.pk}
    assert found.linked["gained"].theme
    assert found.linked["gained"].theme.id == cast.export.pk
    assert found.linked["amount"].document == (cast.documents["Mail of Cobalt"].pk, "Mail of Cobalt")
    assert [part.name for part in found.overdue] == ["share"]
    assert "We won 6 of 29 deals where this came up, 9 to 31 points less often" in found.worth.part("gained").source


def test_a_range_follows_the_stake(cast: Cast) -> None:
    before = linked_worth(CHAIN, "chain.yaml", TODAY).worth
    assert (before.part("gained").low, before.part("gained").high) == pytest.approx((9, 31))
    Stake.objects.filter(theme=cast.export).update(low=-0.60, high=-0.40)
    after = linked_worth(CHAIN, "chain.yaml", TODAY).worth
    assert (after.part("gained").low, after.part("gained").high) == pytest.approx((40, 60))
    assert after.result.low > before.result.median


def test_what_takes_no_stake_is_worth_the_same_with_and_without_a_workspace(cast: Cast) -> None:
    text = CHAIN.replace(
        "source: {stake: Export without a network, from: win_rate_difference}", "range: [9, 31]"
    ).replace("range: [9, 31]", "range: [9, 31]\n    source: {stake: Export without a network}")
    assert work_out_value(text, "a").result == linked_worth(text, "b", TODAY).worth.result


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('["export when', '[99, "export when', 7, "no signal 99"),
        ("the line is down", "the line is up", 7, "no signal that says"),
        ("{stake: Export without a network,", "{stake: Wishes,", 10, "no theme"),
        ("{stake: Export without a network,", "{stake: 99,", 10, "no theme"),
        ("unit: pp", "unit: hour", 10, "“gained” is in hour, what the stake gives is in share"),
        ("win_rate_difference}", "deal_amount}", 10, "“gained” is in pp, what the stake gives is in EUR/deal"),
        ("win_rate_difference}", "wishes}", 10, "is not one of"),
        ("win_rate_difference}", "win_rate_difference}\n    value: 3", 11, "leave value out"),
        ("{signals: [", "{from: accounts, signals: [", 7, "name the theme as well"),
        ("Export without a network, from", "Helpdesk answers late, from", 0, ""),
    ],
)
def test_a_dead_link_is_told_at_its_line(cast: Cast, old: str, new: str, line: int, said: str) -> None:
    assert old in CHAIN
    if not line:
        assert keep(CHAIN.replace(old, new), "chain.yaml", "ana")[1], "an unclear stake is a range, too"
        return
    assert [at for at, message in refused(CHAIN.replace(old, new)) if said in message] == [line]


def test_a_stake_that_cannot_be_told_from_nothing_is_no_share(cast: Cast) -> None:
    text = CHAIN.replace("Export without a network, from", "Helpdesk answers late, from").replace("pp", '"%"')
    assert "unit pp" in refused(text)[0][1]


def test_what_is_kept_can_be_changed_and_each_change_undone(aligning: Aligning) -> None:
    number, added = keep(CHAIN, "chain.yaml", "ana", aligning.initiative.pk)
    assert added
    assert keep(CHAIN, "chain.yaml", "ana", aligning.initiative.pk) == (number, None)
    changed = change_quantity(number, "amount", {"range": [30_000, 40_000]}, "ben")
    assert changed
    assert list(chains_of(aligning.initiative.pk)) == [number]
    kept = show_chain(number, TODAY)
    assert "  amount:   # of a won deal\n    unit: EUR/deal\n    range: [30000, 40000]\n" in kept.text
    newest, oldest = history(number, TODAY)
    assert newest.changed == ("amount: 10000 to 20000 became 30000 to 40000",)
    assert newest.result != oldest.result
    decide.undo(changed.audit, "ana")
    assert show_chain(number, TODAY).text == CHAIN
    decide.undo(added.audit, "ana")
    assert list_chains(TODAY) == []


def test_a_text_that_is_wrong_changes_nothing(cast: Cast) -> None:
    number, _ = keep(CHAIN, "chain.yaml", "ana")
    audits = Audit.objects.count()
    with pytest.raises(FileProblems):
        rewrite(number, CHAIN.replace("deals * gained", "deals + gained"), "ana")
    with pytest.raises(FileProblems):
        change_quantity(number, "amount", {"range": [9, 1]}, "ana")
    with pytest.raises(NotFound):
        change_quantity(number, "wishes", {"value": 1}, "ana")
    assert Audit.objects.count() == audits
    assert rewrite(number, CHAIN.replace("\n", "\r\n"), "ana") is None, "a browser's line ends are no change"


def test_evidence_that_goes_is_told_and_the_rest_stands(cast: Cast) -> None:
    number, _ = keep(CHAIN, "chain.yaml", "ana")
    Signal.objects.update(dismissed=True)
    kept = show_chain(number, TODAY)
    assert kept.linked
    assert [problem.line for problem in kept.linked.lost] == [7]
    Stake.objects.all().delete()
    kept = show_chain(number, TODAY)
    assert kept.linked is None
    assert [(one.line, "isn't weighed" in one.message) for one in kept.problems] == [(10, True)]


def test_a_merged_theme_gives_the_stake_of_the_one_it_went_into(cast: Cast) -> None:
    number, _ = keep(CHAIN.replace("Export without a network", str(cast.export.pk)), "chain.yaml", "ana")
    Theme.objects.filter(pk=cast.export.pk).update(merged_into=cast.helpdesk, retired=True)
    kept = show_chain(number, TODAY)
    assert kept.linked
    assert kept.linked.worth.part("gained").low == pytest.approx(-12)


@pytest.mark.parametrize("name", TEMPLATES)
def test_each_template_begins_from_an_initiative(aligning: Aligning, name: str) -> None:
    text = started(name, TODAY, aligning.initiative.pk)
    number, _ = keep(text, "new", "ana", aligning.initiative.pk)
    kept = show_chain(number, TODAY)
    assert kept.name == aligning.initiative.name
    assert kept.linked
    assert {part.owner for part in kept.linked.worth.parts if part.assumed} == {"Ana"}
    assert not kept.linked.overdue


def test_the_stake_fills_what_it_can_tell(aligning: Aligning, cast: Cast) -> None:
    assert main_theme(aligning.initiative.pk) == cast.export.pk
    found = linked_worth(started("win-rate", TODAY, aligning.initiative.pk), "new", TODAY)
    taken = {name: one.taken for name, one in found.linked.items() if one.taken}
    assert set(taken) == {"deals_with_it", "win_rate_gained", "amount"}
    assert {one.template: one.filled for one in offers(cast.export.pk)}["win-rate"] == 3
    assert {one.template: one.filled for one in offers(None)}["win-rate"] == 0


def test_an_owner_with_signs_of_yaml_in_the_name_breaks_nothing(aligning: Aligning) -> None:
    aligning.initiative.owner, aligning.initiative.name = "Ana: {lead}, #1", "Exports: “faster”, [v2] # now"
    aligning.initiative.save()
    found = linked_worth(started("time-saved", TODAY, aligning.initiative.pk), "new", TODAY)
    assert found.worth.name == aligning.initiative.name
    assert {part.owner for part in found.worth.parts if part.assumed} == {"Ana: {lead}, #1"}


def test_a_chain_goes_when_it_is_taken_away_and_comes_back(cast: Cast) -> None:
    number, _ = keep(CHAIN, "chain.yaml", "ana")
    gone = remove(number, "ana")
    with pytest.raises(NotFound):
        show_chain(number, TODAY)
    assert gone
    decide.undo(gone.audit, "ana")
    assert ValueChain.objects.filter(removed=False).count() == 1
    assert Document.objects.count() == 5


def test_a_chain_that_is_begun_takes_no_other_ones_place(aligning: Aligning) -> None:
    number = aligning.initiative.pk
    begun = [keep(started(one, TODAY, number), "new", "ana", number)[0] for one in ("churn", "time-saved", "churn")]
    assert len(set(begun)) == 3
    named, *besides = (show_chain(one, TODAY).name for one in begun)
    assert named == aligning.initiative.name
    assert besides == [f"{named}: time saved", f"{named}: customers kept"]
