"""How values are written: as many digits as are known, signs beside colours, intervals on one axis."""

from datetime import timedelta
from typing import get_args

import pytest
from django.template import Context, Template
from django.utils import timezone
from django.utils.safestring import SafeString

from winward.engine.redaction import Kind
from winward.faces.web.drawing import axis_of, bars
from winward.faces.web.templatetags import winward as written


@pytest.mark.parametrize(
    ("value", "said"),
    [(1_234_567, "€1.2M"), (340_400, "€340k"), (999_600, "€1M"), (4_200, "€4.2k"), (87, "€87"), (0, "€0")],
)
def test_money_has_two_digits(value: float, said: str) -> None:
    assert written.money(value, "EUR") == said


def test_money_that_is_not_known_is_no_zero() -> None:
    assert written.money(None, "EUR") == "—"
    assert written.money(-5_000, "CHF") == "−CHF 5k"


def test_points_carry_their_sign() -> None:
    assert [written.points(share) for share in (-0.18, 0.05, 0.001, None)] == ["−18", "+5", "0", "—"]


def test_times() -> None:
    assert [written.clock(ms) for ms in (0, 65_000, 3_723_000, None)] == ["0:00", "1:05", "1:02:03", ""]
    now = timezone.now()
    for days, said in ((0, "today"), (1, "yesterday"), (5, "5 days ago"), (20, "2 weeks ago"), (100, "3 months ago")):
        assert said in written.ago(now - timedelta(days=days))


def test_a_state_is_told_by_a_sign_too() -> None:
    assert written.outcome("lost") == "✕ lost"


SET_APART = """<span class="redacted" title="a person's name, redacted">[person kxtrb]</span>"""


def test_a_pseudonym_is_set_apart_and_says_what_it_stands_for() -> None:
    assert written.redacted("Ask [person kxtrb].") == f"Ask {SET_APART}."
    assert written.STANDS_FOR.keys() == set(get_args(Kind))


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("<script>[person kxtrb]</script>", f"&lt;script&gt;{SET_APART}&lt;/script&gt;"),
        ('[person <b onclick="x">]', "[person &lt;b onclick=&quot;x&quot;&gt;]"),
        ("[person kx&lt;b]", "[person kx&amp;lt;b]"),
        ("[&quot;[person kxtrb]&quot;]", f"[&amp;quot;{SET_APART}&amp;quot;]"),
        ("[admin kxtrb] [person KXTRB] [person kxtrbb]", "[admin kxtrb] [person KXTRB] [person kxtrbb]"),
    ],
)
def test_what_people_wrote_stays_text(hostile: str, shown: str) -> None:
    assert written.redacted(hostile) == shown
    drawn = Template("{% load winward %}{{ said|truncatechars:90|redacted }}").render(Context({"said": hostile}))
    assert drawn == shown


def test_even_what_was_called_safe_is_escaped() -> None:
    said = SafeString('<i title="[person kxtrb]">')
    assert written.redacted(said) == f"&lt;i title=&quot;{SET_APART}&quot;&gt;"


def test_the_axis_holds_every_interval_and_zero() -> None:
    axis = axis_of([(-0.31, -0.09), (0.02, 0.18)])
    assert (round(axis.low, 2), round(axis.high, 2)) == (-0.4, 0.2)
    assert axis.at(axis.low) == "0.00%"
    assert axis.at(9) == "100.00%"
    assert [label for _, label in axis.ticks] == ["−40", "0", "+20"]


def test_the_tallest_bar_is_the_most() -> None:
    assert [bar.height for bar in bars([0, 2, 4])] == ["2.0%", "50.0%", "100.0%"]
