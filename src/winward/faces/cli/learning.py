"""learn, label: anybody's own labels, from a table and for a table, without a workspace."""

from pathlib import Path
from typing import Annotated, Any

import typer

from winward.faces.cli.screen import LEFT, RIGHT, Json, console, fail, print_json, print_table

ROWS_SHOWN = 40

TextColumn = Annotated[str, typer.Option(help="The column that holds the texts.")]
Model = Annotated[Path, typer.Option(help="The folder of the learnt model.")]


def register(app: typer.Typer) -> None:
    app.command()(learn)
    app.command()(label)


def learn(
    file: Path,
    text_column: TextColumn,
    label_column: Annotated[str, typer.Option(help="The column that holds the label of each text.")],
    model: Model,
    json: Json = False,
) -> None:
    """Learn your own labels from a table of labelled texts, and say what to expect of them."""
    from winward.text_models import EmbeddedModel
    from winward.usecases.learn_labels import learn_labels

    learnt = _tried(learn_labels, file, text_column, label_column, model, EmbeddedModel().depths)
    if json:
        print_json(learnt)
        return
    columns = [("label", LEFT), ("texts", RIGHT), ("precision", RIGHT), ("recall", RIGHT)]
    rows = [(one.label, f"{one.texts:,}", f"{one.precision:.2f}", f"{one.recall:.2f}") for one in learnt.quality.labels]
    print_table(columns, rows)
    console.print(
        f"Learnt from {learnt.quality.texts:,} texts into {learnt.model}. On texts held out: "
        f"macro-F1 {learnt.quality.macro_f1:.2f}."
    )
    if learnt.without:
        console.print(f"{learnt.without:,} rows have no text or no label and were passed over.")
    if learnt.too_few:
        console.print(f"Too few texts to be relied on: {', '.join(learnt.too_few)}. Label more of them.", markup=False)


def label(file: Path, text_column: TextColumn, model: Model, json: Json = False) -> None:
    """Give each text of a table the label that a learnt model gives it, in the file's order."""
    from winward.text_models import EmbeddedModel
    from winward.usecases.label_texts import label_texts

    rows = _tried(label_texts, file, text_column, model, EmbeddedModel().depths)
    if json:
        print_json({"rows": rows})
        return
    shown = [(f"{at:,}", row.label or "–", f"{row.confidence:.2f}") for at, row in enumerate(rows[:ROWS_SHOWN], 1)]
    print_table([("row", RIGHT), ("label", LEFT), ("confidence", RIGHT)], shown)
    console.print(f"{len(rows):,} rows; --json gives them all.")


def _tried(verb: Any, *arguments: Any) -> Any:
    from winward.sources.limits import Unreadable
    from winward.text_models.label_heads import UnusableHead

    try:
        return verb(*arguments)
    except (Unreadable, UnusableHead) as error:
        fail(str(error))
