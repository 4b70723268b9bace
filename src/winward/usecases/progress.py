"""How a long verb says how far it is, without knowing who listens."""

from collections.abc import Callable

# step, done, total; total is 0 while it isn't known.
OnProgress = Callable[[str, int, int], None]


def silent(step: str, done: int, total: int) -> None:
    """For callers that don't listen."""
