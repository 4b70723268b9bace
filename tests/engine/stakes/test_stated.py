import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from winward.engine.stakes.stated import (
    Need,
    Stated,
    has_words_of_its_own,
    judged,
    kinds_of,
    kinds_of_theme,
    says_nothing,
    themes_named,
)


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("Price", "price"),
        ("Too expensive / no budget", "price"),
        ("Lost to competitor", "competitor"),
        ("Went with another vendor", "competitor"),
        ("Timing", "timing"),
        ("Not a priority this year", "timing"),
        ("No decision / non-responsive", "no decision"),
        ("Went silent", "no decision"),
        ("Missing functionality", "features"),
        ("Product gap", "features"),
        ("Security and compliance", "security"),
        ("Customer support", "support"),
    ],
)
def test_the_words_of_usual_picklists_are_known(reason: str, kind: str) -> None:
    assert kind in kinds_of(reason)
    assert not says_nothing(reason)


def test_a_rivals_name_means_a_competitor() -> None:
    assert kinds_of("chose Kestrova", ["Kestrova", ""]) == {"competitor"}
    assert kinds_of("chose Kestrovan steel", ["Kestrova"]) == frozenset()


@pytest.mark.parametrize("reason", ["", "  ", "Other", "Lost", "closed lost", "N/A", "-", "Unknown.", "other reason"])
def test_what_says_nothing_is_said_to_be_that(reason: str) -> None:
    assert says_nothing(reason)
    assert not has_words_of_its_own(reason)


@given(st.text())
def test_any_text_is_read(reason: str) -> None:
    assert not (says_nothing(reason) and has_words_of_its_own(reason))
    kinds_of(reason, ["Kestrova"])


def test_only_words_beyond_a_picklists_are_compared_by_meaning() -> None:
    assert has_words_of_its_own("No offline mode")
    assert has_words_of_its_own("SAP integration missing")
    assert not has_words_of_its_own("Missing functionality")
    assert not has_words_of_its_own("The price was too high")


def test_a_text_names_the_nearest_themes_and_none_where_none_is_near() -> None:
    centres = np.eye(3, dtype=np.float32)
    near, far = np.array([0.8, 0.6, 0.0], np.float32), np.array([0.1, 0.1, 0.2], np.float32)
    both = np.array([0.70, 0.68, 0.1], np.float32)
    assert themes_named(np.array([near, far, both]), centres) == [[0], [], [0, 1]]
    assert themes_named(near[None], np.zeros((0, 3), np.float32)) == [[]]


def test_a_theme_is_price_where_most_quotes_are_and_else_a_feature_and_what_it_is_near_to() -> None:
    assert kinds_of_theme(0.7, {"security": 0.9}) == {"price"}
    assert kinds_of_theme(0.1, {"security": 0.5, "support": 0.1}) == {"features", "security"}


OFFLINE, PRICE = Need(1, frozenset({"features"})), Need(2, frozenset({"price"}))


def stated(*kinds: str, themes: frozenset[int] = frozenset(), empty: bool = False) -> Stated:
    return Stated(frozenset(kinds), themes, empty)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "needs", "verdict"),
    [
        (stated("features"), [OFFLINE], "same"),
        (stated(themes=frozenset({1})), [OFFLINE], "same"),
        (stated("price"), [OFFLINE], "differs"),
        (stated("price"), [OFFLINE, PRICE], "same"),
        (stated("timing"), [OFFLINE], "differs"),
        (stated("competitor"), [OFFLINE], "who, not why"),
        (stated("competitor", "price"), [OFFLINE], "differs"),
        (stated(themes=frozenset({7})), [OFFLINE], "differs"),
        (stated(), [OFFLINE], "not understood"),
        (stated(empty=True), [OFFLINE], "says nothing"),
        (stated("price"), [], "nothing found"),
        (stated(empty=True), [], "nothing found"),
    ],
)
def test_agreement_is_naming_the_same_need(said: Stated, needs: list[Need], verdict: str) -> None:
    assert judged(said, needs) == verdict
