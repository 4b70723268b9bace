"""demo: the sample company, brought in and run like any other, with what its people negotiate."""

import time
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from winward.records.counts import stored
from winward.sample import write_sample
from winward.sample.build import NOTE
from winward.sample.company import VENDOR
from winward.text_models import default_reader
from winward.usecases.alignment_files.sample_alignments import load_alignments
from winward.usecases.bring_in import bring_in
from winward.usecases.prepare import prepare
from winward.usecases.progress import OnProgress, silent
from winward.usecases.run import run


@dataclass(frozen=True, slots=True)
class Loaded:
    """counts: rows by what they are. seconds: of the import and the run together."""

    counts: dict[str, int]
    seconds: float


def load_sample(files: Path, on_progress: OnProgress = silent) -> Loaded:
    """Write the sample's export files into `files`, import them and run everything."""
    prepare(VENDOR, "EUR", [], about=NOTE)
    truth = write_sample(files)
    started = time.monotonic()
    bring_in([files], by="demo", on_progress=on_progress)
    run(default_reader(), timezone.now(), on_progress)
    load_alignments(truth, timezone.localdate(), by="demo")
    return Loaded(stored(), time.monotonic() - started)
