"""Where things stand on a drawing, in percent of its width, so that the browser may stretch it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor

STEP = 0.1


@dataclass(frozen=True, slots=True)
class Axis:
    """A shared axis. low, high: of the values that it holds."""

    low: float
    high: float

    def at(self, value: float) -> str:
        inside = min(max(value, self.low), self.high)
        return f"{100 * (inside - self.low) / (self.high - self.low):.2f}%"

    @property
    def ticks(self) -> list[tuple[str, str]]:
        """Place and label of each mark: zero and the ends, in percentage points."""
        values = sorted({self.low, 0.0, self.high})
        return [(self.at(value), f"{round(value * 100):+d}".replace("-", "−") if value else "0") for value in values]


# Of shares and rates.
RATES = Axis(0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Bar:
    x: str
    y: str
    width: str
    height: str


def axis_of(intervals: Iterable[tuple[float, float]]) -> Axis:
    """Holds every interval and zero; its ends are whole tens of points."""
    lows, highs = zip((-STEP, STEP), *intervals, strict=True)
    return Axis(floor(round(min(lows) / STEP, 6)) * STEP, ceil(round(max(highs) / STEP, 6)) * STEP)


def bars(values: Sequence[float]) -> list[Bar]:
    """One bar a value, as high as its part of the largest."""
    most, width = max([*values, 0]) or 1, 100 / max(len(values), 1)
    heights = [_height(value, most) for value in values]
    return [
        Bar(f"{place * width:.2f}%", f"{100 - height:.1f}%", f"{width * 0.8:.2f}%", f"{height:.1f}%")
        for place, height in enumerate(heights)
    ]


def _height(value: float, most: float) -> float:
    return max(4.0, 100 * value / most) if value else 2.0
