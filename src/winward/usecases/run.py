"""run: everything that evidence brings about, in order, doing only what is new."""

from dataclasses import dataclass
from datetime import datetime

from winward.engine.reading import Reader
from winward.records import valuing
from winward.records.company import Company
from winward.records.locks import alone
from winward.records.stake_rows import Weighed
from winward.usecases.group_themes import Grouped, group_themes
from winward.usecases.link_documents import link_documents
from winward.usecases.progress import OnProgress, silent
from winward.usecases.read_evidence import Read, read_evidence
from winward.usecases.weigh import weigh


@dataclass(frozen=True, slots=True)
class Ran:
    linked: int
    read: Read
    grouped: Grouped
    weighed: Weighed


def run(reader: Reader, now: datetime, on_progress: OnProgress = silent) -> Ran:
    """link → read → theme → weigh. One process at a time; a second one waits, and then finds little left to do."""
    seed = Company.objects.get().seed
    with alone("run", on_wait=lambda: on_progress("waiting for another run to end", 0, 0)):
        on_progress("linking", 0, 0)
        linked = link_documents()
        read = read_evidence(reader, on_progress)
        on_progress("theming", 0, 0)
        grouped = group_themes(now, seed)
        on_progress("weighing", 0, 0)
        valuing.revalue()
        return Ran(linked, read, grouped, weigh(now, seed))
