"""How long the sample company takes, step by step, against the minute that it may take on two cores.

    python -m bench.pipeline

First `winward demo`, as a process of its own and by its own clock; then its steps one by one, on a fresh workspace.
"""

import re
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from bench.workspaces import WINWARD, load, print_table, throwaway, timed

from winward.faces.boot import open_workspace

TARGET_S = 60.0


def main() -> None:
    with throwaway("demo") as folder:
        whole, told = _demo(folder)
    with throwaway("pipeline") as folder:
        open_workspace(folder)
        steps = [(name, timed(step)) for name, step in _steps(folder / "files")]
    print(f"the sample company ({load()})")
    rows = [*steps, ("all steps", sum(seconds for _, seconds in steps))]
    rows += [("`winward demo`, as it says itself", told), ("`winward demo`, start to end", whole)]
    print_table(("step", "seconds"), [(name, f"{seconds:.1f}") for name, seconds in rows])
    print(f"target for the pipeline: {TARGET_S:.0f} s, {'met' if told <= TARGET_S else 'missed'}")


def _demo(folder: Path) -> tuple[float, float]:
    """Seconds of the whole command, and of the pipeline by its own word."""
    started = time.monotonic()
    run = subprocess.run([*WINWARD, "demo", str(folder), "--no-serve"], check=True, stdout=subprocess.PIPE, text=True)
    told = re.search(r"pipeline took (\d+) s", run.stdout)
    return time.monotonic() - started, float(told[1]) if told else float("nan")


def _steps(files: Path) -> list[tuple[str, Callable[[], object]]]:
    """What loading the sample does, in its order."""
    from django.utils import timezone

    from winward.sample import write_sample
    from winward.text_models import default_reader
    from winward.usecases.bring_in import bring_in
    from winward.usecases.group_themes import group_themes
    from winward.usecases.link_documents import link_documents
    from winward.usecases.read_evidence import read_evidence
    from winward.usecases.weigh import weigh

    return [
        ("write the files", lambda: write_sample(files)),
        ("import", lambda: bring_in([files])),
        ("link", link_documents),
        ("read", lambda: read_evidence(default_reader())),
        ("theme", lambda: group_themes(timezone.now(), 0)),
        ("weigh", lambda: weigh(timezone.now(), 0)),
    ]


if __name__ == "__main__":
    main()
