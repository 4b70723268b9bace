"""The models read what is meant; meaning is not touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winward.engine.reading.plain import plain


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Uh we we need the L_C_D_ , {disfmarker} a screen .", "we need the LCD, a screen."),
        ("{vocalsound} Um , it's it's too expensive [inaudible] for us .", "it's too expensive for us."),
        ("I think I think it (laughs) works , mm , well .", "I think it works, well."),
        ("The umbrella, the hummus and Uhura stay.", "The umbrella, the hummus and Uhura stay."),
        ("It costs 12.50 , or <b>less</b> .", "It costs 12.50, or less."),
        ("No, that's not it.", "No, that's not it."),
        ("{gap}", ""),
    ],
)
def test_marks_sounds_and_repetitions_go_and_words_stay(said: str, meant: str) -> None:
    assert plain(said) == meant


@given(st.text(alphabet="abu hm,.? \n'", max_size=80))
def test_what_is_plain_stays_as_it_is(said: str) -> None:
    once = plain(said)
    assert len(once) <= len(said)
    assert plain(plain(once)) == plain(once)
