"""Five rebuilds with a tenth of new signals each: ids stay, and every decision of a person survives all of them."""

import pytest
from django.db import connection

from tests.usecases.growing import Growing, sorting
from winward.records.signals import Signal, SignalVector
from winward.records.themes import Lineage, Theme
from winward.usecases import decide, placings, shape_themes

START, REBUILDS, MORE = 300, 5, 1.12


@pytest.fixture
def growing(db: None) -> Growing:
    workspace = Growing()
    workspace.grow(START)
    assert workspace.group().rebuilt
    return workspace


def test_untouched_signals_keep_their_theme(growing: Growing) -> None:
    for _ in range(REBUILDS):
        before = sorting()
        growing.grow(min(int(growing.there * MORE), 520))
        assert growing.group().rebuilt
        now = sorting()
        kept = [now[pk] == theme for pk, theme in before.items() if theme]
        assert sum(kept) >= 0.95 * len(kept)


def test_every_decision_survives(growing: Growing) -> None:
    theme = [growing.theme_of(at) for at in range(12)]
    members = {at: list(Signal.objects.filter(theme=theme[at]).values_list("pk", flat=True)) for at in range(12)}
    decide.rename_theme(theme[0], "As we call it", "eda")
    decide.own_theme(theme[1], "Vic", "eda")
    shape_themes.merge_themes(theme[2], theme[3], "eda")
    shape_themes.split_theme(theme[4], members[4][::2], "eda", "Every other one")
    shape_themes.move_signals(members[5][:1], theme[6], "eda")
    decide.pin_theme(theme[7], True, "eda")
    decide.hide_theme(theme[8], True, "eda")
    shape_themes.unsort_signals(members[9][:2], "eda")
    unsorted = [pk for pk, truth in growing.truth.items() if truth < 0 and sorting()[pk] is None][:3]
    shape_themes.make_theme(unsorted, "eda", "Odd ones")
    split, made = Theme.objects.get(given_name="Every other one"), Theme.objects.get(given_name="Odd ones")
    touched = {*members[2], *members[3], *members[4], *members[5][:1], *members[9][:2], *unsorted}
    for _ in range(REBUILDS):
        before = sorting()
        growing.grow(min(int(growing.there * MORE), 520))
        assert growing.group().rebuilt
        now = sorting()
        assert {now[pk] for pk in members[2] + members[3]} == {theme[3]}
        assert {now[pk] for pk in members[4][::2]} == {split.pk}
        assert {now[pk] for pk in members[4][1::2]} == {theme[4]}
        assert now[members[5][0]] == theme[6]
        assert {now[pk] for pk in members[9][:2]} == {None}
        assert {now[pk] for pk in unsorted} == {made.pk}
        kept = [now[pk] == at for pk, at in before.items() if at and pk not in touched]
        assert sum(kept) >= 0.95 * len(kept)
    rows = {one.pk: one for one in Theme.objects.all()}
    assert (rows[theme[0]].given_name, rows[theme[1]].owner) == ("As we call it", "Vic")
    assert (rows[theme[2]].retired, rows[theme[2]].merged_into_id) == (True, theme[3])
    assert (rows[theme[7]].pinned, rows[theme[8]].hidden) == (True, True)
    lasting = [*theme[:2], *theme[3:], split.pk, made.pk]
    assert not [rows[pk].title for pk in lasting if rows[pk].retired]
    aside = Signal.objects.get(pk=members[9][0])
    assert aside.unsorted_why == "set aside by eda"


def test_a_theme_that_people_care_for_outlives_what_a_rebuild_finds(growing: Growing) -> None:
    """Its signals are said otherwise now, so that no group is like it any more."""
    named, plain = growing.theme_of(0), growing.theme_of(1)
    decide.rename_theme(named, "Ours", "eda")
    scattered = Signal.objects.filter(theme__in=[named, plain])
    noise = list(SignalVector.objects.filter(signal__theme=None).values_list("vector", flat=True))
    before = sorting()
    for at, one in enumerate(scattered):
        mixed = [
            a + (at % 3) * b for a, b in zip(noise[at % len(noise)], reversed(noise[at // 2 % len(noise)]), strict=True)
        ]
        SignalVector.objects.filter(pk=one.pk).update(vector=mixed)
    growing.grow(400)
    assert growing.group().rebuilt
    assert not Theme.objects.get(pk=named).retired
    assert all(sorting()[pk] == named for pk, theme in before.items() if theme == named)
    assert Theme.objects.get(pk=plain).retired


def test_each_rebuild_leaves_its_rows_with_the_quotes_that_show_it(growing: Growing) -> None:
    growing.grow(400)
    before = Lineage.objects.count()
    growing.group()
    rows = Lineage.objects.order_by("pk")[before:]
    continued = [row for row in rows if row.event == "continued"]
    assert len(continued) >= 10
    for row in continued:
        assert 0 < row.share <= 1
        assert row.other is None
        assert all(sorting()[pk] == row.theme_id for pk in row.quotes)
        assert row.quotes


def test_a_second_run_changes_nothing(growing: Growing) -> None:
    before = sorting(), Lineage.objects.count()
    assert not growing.group().rebuilt
    assert (sorting(), Lineage.objects.count()) == before


def test_what_is_unsorted_joins_a_theme_that_people_bring_nearer(growing: Growing) -> None:
    odd = [pk for pk, truth in growing.truth.items() if truth < 0 and sorting()[pk] is None]
    copies = odd[:4]
    vector = SignalVector.objects.get(pk=copies[0]).vector
    SignalVector.objects.filter(pk__in=copies).update(vector=vector)
    shape_themes.make_theme(copies[:3], "eda", "Odd ones")
    growing.group()
    assert sorting()[copies[3]] == Theme.objects.get(given_name="Odd ones").pk
    assert [pk for pk in odd[4:] if sorting()[pk] is not None] == []


def test_many_new_signals_that_are_like_no_theme_bring_a_rebuild(growing: Growing) -> None:
    """Four in a hundred are new, too few for a rebuild; but all of them wait for a theme."""
    there = Signal.objects.count()
    odd = list(Signal.objects.filter(theme=None).values_list("pk", flat=True)[:12])
    axis = [0.0] * 383 + [1.0]
    Signal.objects.filter(pk__in=odd).update(unsorted_why="")
    SignalVector.objects.filter(pk__in=odd).update(vector=axis)
    assert not growing.group().rebuilt
    assert Signal.objects.filter(unsorted_why="no theme is close enough yet").count() == 12
    assert growing.group().rebuilt
    assert Signal.objects.count() == there


def test_undoing_a_merge_after_a_rebuild_brings_the_theme_back(growing: Growing) -> None:
    one, other = growing.theme_of(2), growing.theme_of(3)
    before = sorting()
    merged = shape_themes.merge_themes(one, other, "eda")
    assert merged is not None
    growing.grow(400)
    growing.group()
    decide.undo(merged.audit, "eda")
    assert not Theme.objects.get(pk=one).retired
    assert all(sorting()[pk] == one for pk, theme in before.items() if theme == one)
    growing.grow(460)
    growing.group()
    now = sorting()
    kept = [now[pk] == theme for pk, theme in before.items() if theme in (one, other)]
    assert sum(kept) >= 0.95 * len(kept)


def test_measuring_after_a_decision_is_measuring_as_a_rebuild_does(growing: Growing) -> None:
    theme = Theme.objects.get(pk=growing.theme_of(5))
    placings.remeasure([theme.pk])
    again = Theme.objects.get(pk=theme.pk)
    assert again.floor == pytest.approx(theme.floor, abs=2e-3)
    assert again.typical == theme.typical
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT centre FROM theme WHERE id = %s) <=> %s::halfvec", [theme.pk, str(list(theme.centre))]
        )
        assert cursor.fetchone()[0] < 1e-3
