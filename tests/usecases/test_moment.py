"""A quote opens its own moment in the call, not the beginning of a long turn."""

import pytest

from tests.cast import Cast
from winward.usecases.quotes import moment, quotes_in_order


@pytest.mark.parametrize(
    ("turn", "moment_ms"),
    [((10_000, 100_000, 0, 300), 10_000), ((10_000, 100_000, 150, 300), 55_000), ((10_000, None, 150, 300), 10_000),
     ((None, None, 150, 300), None), ((10_000, 10_000, 150, 300), 10_000)],
)  # fmt: skip
def test_the_moment_lies_within_the_turn(turn: tuple[int | None, int | None, int, int], moment_ms: int | None) -> None:
    assert moment(*turn) == moment_ms


def test_a_quote_carries_its_own_moment(cast: Cast) -> None:
    weather = cast.signals["acme weather"]
    passage = weather.passage
    passage.end_ms = 94_000
    passage.save()
    first, later = quotes_in_order([cast.signals["acme export"].pk, weather.pk])
    assert first.start_ms == 4_000 + round(90_000 * cast.signals["acme export"].start / len(passage.text))
    assert first.start_ms < later.start_ms < 94_000  # type: ignore[operator]
