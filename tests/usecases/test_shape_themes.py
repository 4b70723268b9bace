"""Merging, splitting, moving and setting aside: seen at once everywhere, and wholly undone."""

from collections.abc import Callable

import pytest

from tests.cast import EXPORT, HELPDESK, Cast, direction, say, signal
from tests.dump import Dump, differences, dump
from winward.records.decisions import Audit
from winward.records.signals import Signal
from winward.records.themes import Lineage, Placement, Theme
from winward.usecases import decide, shape_themes
from winward.usecases.decide import Decision
from winward.usecases.list_decisions import list_decisions
from winward.usecases.list_themes import list_themes
from winward.usecases.quotes import NotFound
from winward.usecases.show_theme import show_theme

Act = Callable[[Cast], Decision | None]


def _merge(cast: Cast) -> Decision | None:
    return shape_themes.merge_themes(cast.helpdesk.pk, cast.export.pk, "eda")


def _split(cast: Cast) -> Decision | None:
    chosen = [cast.signals["birch praise"].pk, cast.signals["cobalt export"].pk]
    return shape_themes.split_theme(cast.export.pk, chosen, "eda", "On a plane")


def _split_by(cast: Cast) -> Decision | None:
    seeds = [cast.signals["acme export"].pk, cast.signals["cobalt export"].pk]
    return shape_themes.split_by(cast.export.pk, seeds, "eda")


def _move(cast: Cast) -> Decision | None:
    moved = [cast.signals["acme weather"].pk, cast.signals["acme export"].pk]
    return shape_themes.move_signals(moved, cast.helpdesk.pk, "eda")


def _unsort(cast: Cast) -> Decision | None:
    return shape_themes.unsort_signals([cast.signals["acme helpdesk"].pk], "eda")


def _make(cast: Cast) -> Decision | None:
    made = [cast.signals["acme weather"].pk, cast.signals["acme helpdesk"].pk]
    return shape_themes.make_theme(made, "eda", "Small talk")


ACTS = [_merge, _split, _split_by, _move, _unsort, _make]


def _of(theme: Theme) -> set[str]:
    return set(Signal.objects.filter(theme=theme).values_list("document__title", flat=True))


def _sorting() -> list[tuple[object, ...]]:
    return list(Signal.objects.order_by("id").values_list("id", "theme_id", "unsorted_why"))


def test_a_merged_theme_is_part_of_the_other_and_leads_there(cast: Cast) -> None:
    decision = _merge(cast)
    assert decision is not None
    assert decision.sentence == "“Helpdesk answers late” is part of “Export without a network” now, with 1 signal."
    cast.helpdesk.refresh_from_db()
    assert (cast.helpdesk.retired, cast.helpdesk.merged_into) == (True, cast.export)
    assert not _of(cast.helpdesk)
    assert [row.id for row in list_themes().rows] == [cast.export.pk]
    page = show_theme(cast.helpdesk.pk)
    assert (page.row.id, page.row.signals) == (cast.export.pk, 5)
    assert "Your helpdesk took three days to answer." in [quote.words for quote in page.best]
    event = Lineage.objects.get(theme=cast.helpdesk)
    assert (event.event, event.other, event.shared, event.by) == ("merged into", cast.export, 1, "eda")
    assert event.quotes == [cast.signals["acme helpdesk"].pk]


def test_chosen_signals_become_a_theme_with_the_name_given(cast: Cast) -> None:
    _split(cast)
    made = Theme.objects.get(given_name="On a plane")
    assert made.name
    assert (made.retired, made.merged_into) == (False, None)
    assert _of(made) == {"Interview with Birch", "Mail of Cobalt"}
    assert _of(cast.export) == {"Second call with Acme", "Renewal call with Acme"}
    row = show_theme(made.pk).row
    assert (row.signals, row.accounts, row.verdict) == (2, 2, "not weighed")
    assert show_theme(cast.export.pk).row.signals == 2
    assert Lineage.objects.get(theme=made).event == "split from"


def test_a_split_by_quotes_is_shown_before_it_is_made(cast: Cast) -> None:
    seeds = [cast.signals["acme export"].pk, cast.signals["cobalt export"].pk]
    parts = shape_themes.preview_split(cast.export.pk, seeds)
    assert [(part.seed.signal, part.signals) for part in parts] == [(seeds[0], 3), (seeds[1], 1)]
    assert [quote.account for quote in parts[0].quotes] == ["Birch"]
    _split_by(cast)
    made = Theme.objects.exclude(pk__in=[cast.export.pk, cast.helpdesk.pk]).get()
    assert _of(made) == {"Mail of Cobalt"}
    assert _of(cast.export) == {"Second call with Acme", "Renewal call with Acme", "Interview with Birch"}


def test_a_moved_signal_is_in_its_theme_at_once_and_centres_follow(cast: Cast) -> None:
    _move(cast)
    cast.helpdesk.refresh_from_db()
    assert _of(cast.helpdesk) == {"Second call with Acme"}
    assert show_theme(cast.helpdesk.pk).row.signals == 3
    moved = Signal.objects.get(pk=cast.signals["acme weather"].pk)
    assert (moved.theme, moved.unsorted_why) == (cast.helpdesk, "")
    centre = list(cast.helpdesk.centre)
    assert moved.fit == pytest.approx(centre[5], abs=0.01)
    assert centre[5] == pytest.approx(centre[HELPDESK], abs=0.01)


def test_signals_from_anywhere_make_a_theme(cast: Cast) -> None:
    _make(cast)
    row = show_theme(Theme.objects.get(given_name="Small talk").pk).row
    assert (row.title, row.signals, row.verdict) == ("Small talk", 2, "not weighed")


def test_a_signal_set_aside_says_by_whom(cast: Cast) -> None:
    _unsort(cast)
    aside = Signal.objects.get(pk=cast.signals["acme helpdesk"].pk)
    assert (aside.theme, aside.unsorted_why) == (None, "set aside by eda")


def test_what_was_put_in_from_far_away_leaves_the_floor(cast: Cast) -> None:
    shape_themes.move_signals([cast.signals["acme weather"].pk], cast.export.pk, "eda")
    fits = dict(Signal.objects.filter(theme=cast.export).values_list("pk", "fit"))
    cast.export.refresh_from_db()
    odd = fits.pop(cast.signals["acme weather"].pk)
    making = [fit for pk, fit in fits.items() if pk != cast.signals["birch praise"].pk]
    assert odd < cast.export.floor == pytest.approx(min(making), abs=0.01)


@pytest.mark.parametrize("act", ACTS)
def test_undoing_puts_all_of_it_back(act: Act, cast: Cast) -> None:
    before, decision = _seen(cast), act(cast)
    assert decision is not None
    assert differences(before, _seen(cast))
    decide.undo(decision.audit, "vic")
    assert not differences(before, _seen(cast))


def _seen(cast: Cast) -> Dump:
    """All but what is measured and counted anew, which the cast makes up; a theme that a split made stays, retired."""
    rows = Theme.objects.filter(pk__in=[cast.export.pk, cast.helpdesk.pk]).order_by("pk")
    themes = rows.values_list("name", "given_name", "terms", "retired", "pinned", "merged_into")
    signals = [str(row) for row in _sorting()]
    return {**dump("Stake"), "Theme": [str(row) for row in themes], "Signal": signals}


@pytest.mark.parametrize("act", ACTS)
def test_what_was_undone_can_be_done_again(act: Act, cast: Cast) -> None:
    decision = act(cast)
    assert decision is not None
    done = _sorting()
    undone = decide.undo(decision.audit, "eda")
    assert _sorting() != done
    decide.undo(undone.audit, "eda")
    assert _sorting() == done
    assert all(row.title for row in list_themes().rows)
    assert Placement.objects.count() == len(Audit.objects.get(pk=decision.audit).after["sorted"])


@pytest.mark.parametrize("act", ACTS)
def test_a_later_word_is_not_overwritten(act: Act, cast: Cast) -> None:
    decision = act(cast)
    assert decision is not None
    signals = [cast.signals["acme helpdesk"].pk, cast.signals["acme export"].pk]
    other = Theme.objects.create(name="Another", centre=direction(9))
    later = shape_themes.move_signals(signals, other.pk, "vic")
    assert later is not None
    with pytest.raises(decide.ChangedSince):
        decide.undo(decision.audit, "eda")
    decide.undo(later.audit, "vic")
    decide.undo(decision.audit, "eda")
    with pytest.raises(decide.ChangedSince):
        decide.undo(decision.audit, "eda")


def test_a_theme_in_which_somebody_put_more_since_stays(cast: Cast) -> None:
    decision = _split(cast)
    assert decision is not None
    made = Theme.objects.get(given_name="On a plane")
    shape_themes.move_signals([cast.signals["acme weather"].pk], made.pk, "vic")
    with pytest.raises(decide.ChangedSince):
        decide.undo(decision.audit, "eda")


@pytest.mark.parametrize("act", ACTS)
def test_each_is_listed_among_the_decisions(act: Act, cast: Cast) -> None:
    decision = act(cast)
    assert decision is not None
    listed = list_decisions().rows[0]
    assert (listed.audit, listed.who, listed.undone) == (decision.audit, "eda", False)
    assert listed.words
    assert listed.about
    decide.undo(decision.audit, "eda")
    assert [(one.undone, one.words) for one in list_decisions().rows] == [
        (False, f"took decision {decision.audit} back"),
        (True, listed.words),
    ]


def test_the_same_word_twice_is_said_once(cast: Cast) -> None:
    assert _unsort(cast) is not None
    assert _unsort(cast) is None
    assert Audit.objects.count() == 1


def test_pinning_and_hiding(cast: Cast) -> None:
    for made in (decide.pin_theme(cast.export.pk, True, "eda"), decide.hide_theme(cast.export.pk, True, "eda")):
        assert made is not None
    assert [row.id for row in list_themes().rows] == [cast.helpdesk.pk]
    assert [row.id for row in list_themes(hidden=True).rows] == [cast.export.pk]
    assert [one.words for one in list_decisions().rows] == [
        "hidden from the lists",
        "it stays, whatever later runs find",
    ]
    decide.undo(list_decisions().rows[0].audit, "eda")
    assert len(list_themes().rows) == 2


def test_a_theme_is_found_by_its_number_title_or_part_of_it(cast: Cast) -> None:
    for text in (str(cast.export.pk), "export without a network", " network "):
        assert shape_themes.theme_called(text) == cast.export.pk
    with pytest.raises(NotFound, match="no theme “zeppelin”"):
        shape_themes.theme_called("zeppelin")
    with pytest.raises(ValueError, match="2 themes"):
        shape_themes.theme_called("e")


def test_what_makes_no_sense_is_refused_in_words(cast: Cast) -> None:
    export, helpdesk, weather = cast.export.pk, cast.helpdesk.pk, cast.signals["acme weather"].pk
    everything = list(Signal.objects.filter(theme=export).values_list("pk", flat=True))
    ours = say(cast.documents["Note on Elm"], "Sam", "We can’t export either.", side="us")
    own = signal(ours, "We can’t export either.", "pain", None, direction(EXPORT))
    for refused, why in (
        (lambda: shape_themes.merge_themes(export, export, "eda"), "already"),
        (lambda: shape_themes.split_theme(export, everything, "eda"), "rename"),
        (lambda: shape_themes.split_theme(export, [], "eda"), "Choose"),
        (lambda: shape_themes.split_theme(export, [weather], "eda"), "is not in"),
        (lambda: shape_themes.split_by(export, everything[:1], "eda"), "2 to 5"),
        (lambda: shape_themes.move_signals([own.pk], export, "eda"), "our own side"),
        (lambda: shape_themes.unsort_signals([], "eda"), "Choose"),
    ):
        with pytest.raises(ValueError, match=why):
            refused()
    with pytest.raises(NotFound):
        shape_themes.move_signals([0], export, "eda")
    _merge(cast)
    with pytest.raises(ValueError, match="part of “Export without a network” now"):
        shape_themes.merge_themes(helpdesk, export, "eda")
    assert Audit.objects.count() == 1


def test_undoing_after_the_old_theme_is_gone_leaves_the_signal_to_the_next_run(cast: Cast) -> None:
    decision = shape_themes.move_signals([cast.signals["acme helpdesk"].pk], cast.export.pk, "eda")
    assert decision is not None
    Theme.objects.filter(pk=cast.helpdesk.pk).update(retired=True)
    decide.undo(decision.audit, "eda")
    freed = Signal.objects.get(pk=cast.signals["acme helpdesk"].pk)
    assert (freed.theme, freed.unsorted_why) == (None, "")
