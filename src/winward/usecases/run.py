"""run: everything that evidence brings about, in order, doing only what is new."""

from dataclasses import dataclass
from datetime import datetime

from winward.engine.reading import Reader
from winward.records import signal_rows, valuing
from winward.records.company import Company
from winward.records.locks import alone
from winward.records.stake_rows import Weighed
from winward.text_models.language import Report
from winward.usecases.find_trends import find_trends
from winward.usecases.group_themes import Grouped, group_themes
from winward.usecases.language import answer_writer, language_model
from winward.usecases.learn_from_corrections import learn_from_corrections
from winward.usecases.link_documents import link_documents, settle_sides
from winward.usecases.name_themes import Proposed, name_themes
from winward.usecases.progress import OnProgress, silent
from winward.usecases.read_evidence import Read, read_evidence
from winward.usecases.readers import of_workspace
from winward.usecases.rivals import suggest_rivals
from winward.usecases.warn import warn
from winward.usecases.weigh import weigh


@dataclass(frozen=True, slots=True)
class Ran:
    linked: int
    read: Read
    language: Report | None
    grouped: Grouped
    weighed: Weighed
    named: Proposed | None = None


def run(reader: Reader, now: datetime, on_progress: OnProgress = silent, again: bool = False) -> Ran:
    """learn → link → read → theme → weigh → warn. One process at a time; another waits, and finds little left to do.

    again: read all documents anew, with what people's answers taught about sentences that were passed over before.
    """
    seed = Company.objects.get().seed
    with alone("run", on_wait=lambda: on_progress("waiting for another run to end", 0, 0)):
        learn_from_corrections(reader, on_progress)
        if again:
            signal_rows.forget_reading()
        on_progress("linking", 0, 0)
        linked = link_documents()
        settle_sides()
        knowing = of_workspace(reader)
        language = language_model(knowing)
        read = read_evidence(knowing, on_progress, language)
        if read.documents:
            suggest_rivals()
        on_progress("theming", 0, 0)
        grouped = group_themes(now, seed, reader.embed)
        find_trends()
        on_progress("weighing", 0, 0)
        valuing.revalue()
        weighed, writer = weigh(now, seed), answer_writer()
        warn(now, seed)
        named = name_themes(writer, on_progress) if writer else None
        return Ran(linked, read, language.report if language else None, grouped, weighed, named)


@dataclass(frozen=True, slots=True)
class Summary:
    linked: int
    documents_read: int
    passages_read: int
    signals_found: int
    language: Report | None
    themes: int
    signals_sorted: int
    signals_unsorted: int
    rebuilt: bool
    deals_won: int
    deals_lost: int
    deals_open: int
    note: str
    named: Proposed | None


def summary(ran: Ran) -> Summary:
    return Summary(
        linked=ran.linked,
        documents_read=ran.read.documents,
        passages_read=ran.read.passages,
        signals_found=ran.read.signals,
        language=ran.language,
        themes=ran.grouped.themes,
        signals_sorted=ran.grouped.signals,
        signals_unsorted=ran.grouped.unsorted,
        rebuilt=ran.grouped.rebuilt,
        deals_won=ran.weighed.won,
        deals_lost=ran.weighed.lost,
        deals_open=ran.weighed.open,
        note=ran.weighed.note,
        named=ran.named,
    )
