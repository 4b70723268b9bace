"""serve, worker, demo: the pages and the background work."""

import os
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from winward import workspace
from winward.faces.boot import open_workspace
from winward.faces.cli.screen import LEFT, RIGHT, console, fail, print_table, progress

Host = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(help="The port to listen on.")]


def register(app: typer.Typer) -> None:
    app.command()(serve)
    app.command(hidden=True)(worker)
    app.command()(demo)


def serve(
    context: typer.Context,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    processes: Annotated[int, typer.Option(help="How many processes answer requests.")] = 2,
) -> None:
    """Serve the pages, with a worker beside them for imports and runs."""
    opened = open_workspace(context.obj)
    _serve(opened.folder, host, port, processes)


def _serve(folder: Path, host: str, port: int, processes: int) -> None:
    """Until Ctrl-C. The worker is a process of its own, so that a long run never slows a page."""
    from granian import Granian
    from granian.constants import Interfaces

    background = subprocess.Popen([sys.executable, "-m", "winward.faces.cli", "--workspace", str(folder), "worker"])
    console.print(f"Serving [bold]http://{host}:{port}[/bold]. Stop with Ctrl-C.")
    try:
        Granian(
            "winward.faces.web.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=processes,
            blocking_threads=4,
            log_level="warning",
            respawn_failed_workers=True,
        ).serve()
    finally:
        background.terminate()
        background.wait(timeout=30)


def worker(context: typer.Context) -> None:
    """Do the queued imports and runs; `serve` starts one."""
    open_workspace(context.obj)
    from winward import jobs

    jobs.work()


def demo(
    folder: Path,
    serve: Annotated[bool, typer.Option(help="Serve the pages at the end.")] = True,
    host: Host = "127.0.0.1",
    port: Port = 8000,
) -> None:
    """The sample company (constructed, and it says so): loaded, run and served."""
    if "DATABASE_URL" in os.environ:
        fail("The sample company goes into a database of its own; unset DATABASE_URL first.", 2)
    made = workspace.create(folder)
    open_workspace(made.folder)
    from winward.usecases import load_sample, prepare

    password = secrets.token_urlsafe(9)
    with progress(quiet=False) as follow:
        loaded = load_sample.load_sample(made.folder / "files", follow)
    prepare.set_user("demo", password, "admin")
    print_table([("stored", LEFT), ("rows", RIGHT)], [(name, f"{count:,}") for name, count in loaded.counts.items()])
    console.print(f"The pipeline took {loaded.seconds:.0f} s. Workspace: {made.folder}")
    if serve:
        console.print(f"Sign in as [bold]demo[/bold] with [bold]{password}[/bold].")
        _serve(made.folder, host, port, processes=2)
