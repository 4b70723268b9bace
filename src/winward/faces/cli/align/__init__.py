"""`winward align <verb>`: win the yes of everyone whose yes is needed."""

from collections.abc import Callable

import typer

from winward.faces.cli.align import briefs, files, initiatives, people, plans, questions, risks, rooms, steps, terms

# Each registers its verbs.
PARTS: tuple[Callable[[typer.Typer], None], ...] = (
    initiatives.register,
    people.register,
    questions.register,
    terms.register,
    rooms.register,
    risks.register,
    steps.register,
    plans.register,
    files.register,
    briefs.register,
)


def register(app: typer.Typer) -> None:
    align = typer.Typer(no_args_is_help=True, help="Win the yes of everyone whose yes is needed.")
    for part in PARTS:
        part(align)
    app.add_typer(align, name="align")
