"""The verbs that run in the background, each a row that a page can follow."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from winward.records import import_rows
from winward.records.runs import Run
from winward.text_models import default_reader
from winward.usecases import bring_in
from winward.usecases.learn_from_corrections import learn_alone
from winward.usecases.run import run
from winward.usecases.warn import warn_alone
from winward.usecases.weigh import weigh_alone

# One at a time: imports and runs of one workspace wait for each other anyway.
QUEUE = "pipeline"
SECONDS_BETWEEN_MENDING = 15
# Whoever corrects one signal often corrects more.
SECONDS_BEFORE_LEARNING = 60
SECONDS_BEFORE_WEIGHING = 5


def bring_in_later(paths: Sequence[Path], overrides: Mapping[str, str], by: str) -> list[int]:
    """Queue the files for import. Returns the ids of their Import rows, in order."""
    waiting = [import_rows.announce(path.name, by) for path in paths]
    for path in paths:
        bring_in_now.defer(path=str(path), overrides=dict(overrides), by=by)
    return waiting


def run_later(by: str) -> int:
    """Queue a run. Returns the id of its Run row."""
    entry = Run.objects.create(by=by)
    run_now.defer(run_id=entry.pk)
    return entry.pk


def learn_later(seconds: int = SECONDS_BEFORE_LEARNING) -> None:
    """Queue the learning from what people corrected. Many corrections make one job."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        learn_now.configure(queueing_lock=f"learn in {seconds}", schedule_in={"seconds": seconds}).defer()


def weigh_later(seconds: int = SECONDS_BEFORE_WEIGHING) -> None:
    """Queue the weighing of themes that people changed. Many changes make one job."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        weigh_now.configure(queueing_lock="weigh", schedule_in={"seconds": seconds}).defer()


@app.task(queue=QUEUE, lock=QUEUE, retry=False)
def bring_in_now(path: str, overrides: dict[str, str], by: str) -> None:
    bring_in.bring_in([Path(path)], overrides=overrides, by=by)


@app.task(queue=QUEUE, lock=QUEUE, retry=False)
def run_now(run_id: int) -> None:
    entry = Run.objects.filter(pk=run_id)

    def follow(step: str, done: int, total: int) -> None:
        entry.update(state=Run.State.RUNNING, step=step, done=done, total=total)

    try:
        ran = run(default_reader(), timezone.now(), follow)
    except Exception as error:
        entry.update(state=Run.State.FAILED, message=str(error), finished_at=timezone.now())
        raise
    said = f"{ran.read.documents:,} documents read, {ran.read.signals:,} signals found, {ran.grouped.themes:,} themes."
    entry.update(state=Run.State.DONE, message=said, finished_at=timezone.now())


# Without the lock of the others: a job that waits for its hour would hold up all that come after it.
@app.task(queue=QUEUE, retry=False)
def learn_now() -> None:
    learn_alone(default_reader())


@app.task(queue=QUEUE, retry=False)
def weigh_now() -> None:
    weigh_alone(timezone.now())
    warn_alone(timezone.now())


def work() -> None:
    """Do what is queued, until the process is told to stop."""
    with app.replace_connector(app.connector.get_worker_connector()) as working:  # type: ignore[attr-defined]
        asyncio.run(_work(working))


async def _work(working: App) -> None:
    async with working.open_async():
        mending = asyncio.create_task(_queue_stalled_again(working))
        await working.run_worker_async(queues=[QUEUE])
        mending.cancel()


async def _queue_stalled_again(working: App) -> None:
    """What a killed worker left half-done is queued again: every verb makes good what a kill interrupted."""
    while True:
        for stalled in await working.job_manager.get_stalled_jobs(queue=QUEUE):
            await working.job_manager.retry_job(stalled)
        await asyncio.sleep(SECONDS_BETWEEN_MENDING)
