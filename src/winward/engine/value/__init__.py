"""What a tactical gain is worth: quantities with units and ranges, formulas between them, and what they come to."""

from winward.engine.value.chain import Chain, ChainError, Checked, Problem, Quantity, check
from winward.engine.value.outcome import DRAWS, BreakEven, Driver, Estimate, Outcome, Shape, work_out

__all__ = [
    "DRAWS",
    "BreakEven",
    "Chain",
    "ChainError",
    "Checked",
    "Driver",
    "Estimate",
    "Outcome",
    "Problem",
    "Quantity",
    "Shape",
    "check",
    "work_out",
]
