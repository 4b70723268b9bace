"""How workers share the suite (`pytest -n 2`): a file is one worker's, and the longest work begins first."""

from collections.abc import Sequence
from pathlib import PurePath

import pytest

# What starts servers, browsers and clusters takes longest; begun last, it would keep one worker while others idle.
# Whoever holds the sample company to what was planted in it comes before those who click in it and change it.
PLANTED = tuple(
    f"tests/truth/test_{name}.py"
    for name in ("sample_company", "sample_losses", "sample_alignments", "answering", "asking", "post_mortems")
)
FIRST = (
    "tests/test_kill.py",
    *PLANTED,
    "tests/test_tutorials.py",
    "tests/browser",
    "tests/scale",
    "tests/faces",
    "tests/usecases",
    "tests/truth",
)
ON_THE_SAMPLE = (*PLANTED, "tests/test_tutorials.py", "tests/browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: _place(item.nodeid.split("::")[0]))


def _place(file: str) -> int:
    return next((at for at, start in enumerate(FIRST) if _within(file, start)), len(FIRST))


def _within(file: str, start: str) -> bool:
    return PurePath(file).is_relative_to(start)


def group(nodeid: str, shared: Sequence[str] = ON_THE_SAMPLE) -> str:
    """What one worker does alone: a file, or all that needs the sample company, which is loaded once."""
    file = nodeid.split("::")[0]
    return "the sample company" if any(_within(file, start) for start in shared) else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    from xdist.scheduler import LoadScopeScheduling

    class Files(LoadScopeScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            return group(nodeid)

    config.option.loadscopereorder = False
    return Files(config, log)
