"""Themes are made by needs, never by tone: what else is said joins them or stays unsorted."""

import pytest

from tests.usecases.growing import Growing
from winward.records.signals import Signal

pytestmark = pytest.mark.django_db


def _say_as(growing: Growing, kind: str, planted_theme: int, part: float = 1.0) -> set[int]:
    """Make a part of a planted theme's signals be of a kind."""
    members = [pk for pk, truth in growing.truth.items() if truth == planted_theme]
    chosen = members[: int(part * len(members))]
    Signal.objects.filter(pk__in=chosen).update(kind=kind)
    return set(chosen)


def test_praise_and_pain_about_one_thing_are_one_theme_and_tone_or_small_talk_makes_none() -> None:
    growing = Growing(themes=6, members=40, noise=20)
    growing.grow(260)
    liked = _say_as(growing, "praise", 0, part=0.5)
    thanked = _say_as(growing, "praise", 1)
    arranged = _say_as(growing, "commitment", 2)
    growing.group()

    complained = growing.theme_of(0)
    praised = Signal.objects.filter(pk__in=liked)
    assert praised.filter(theme_id=complained).count() > 0.5 * len(liked)
    assert praised.exclude(theme_id=complained).exclude(theme=None).count() == 0
    assert not Signal.objects.filter(pk__in=thanked | arranged).exclude(theme=None).exists()
    others = [pk for pk, truth in growing.truth.items() if truth in (3, 4, 5)]
    assert Signal.objects.filter(pk__in=others).exclude(theme=None).count() > 0.9 * len(others)
