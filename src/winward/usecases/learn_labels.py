"""learn from a single file: a head for the labels in one column, of the texts in another."""

from dataclasses import dataclass
from pathlib import Path

from winward.engine.reading import Quality, learn
from winward.engine.reading.views import Embed
from winward.sources.limits import Unreadable
from winward.text_models.label_heads import write_head
from winward.usecases.labelled_rows import rows_of


@dataclass(frozen=True, slots=True)
class Learnt:
    """quality: on folds that were held out. without: rows passed over because text or label is empty."""

    model: str
    quality: Quality
    too_few: tuple[str, ...]
    without: int


def learn_labels(path: Path, text_column: str, label_column: str, model: Path, embed: Embed, seed: int = 0) -> Learnt:
    """Writes the folder `model`. Raises Unreadable where the file can't be learnt from, UnusableHead for the folder."""
    rows = rows_of(path, text_column, label_column)
    pairs = [cells for _, cells in rows if all(cells)]
    texts, labels = [text for text, _ in pairs], [label for _, label in pairs]
    _check(path, text_column, label_column, texts, labels)
    head, quality = learn(texts, labels, embed, seed)
    write_head(head, model)
    return Learnt(str(model), quality, quality.too_few, len(rows) - len(pairs))


def _check(path: Path, text_column: str, label_column: str, texts: list[str], labels: list[str]) -> None:
    if not texts:
        raise Unreadable(f"{path.name} has no row with both {text_column!r} and {label_column!r}.")
    if len(set(labels)) < 2:
        raise Unreadable(
            f"{path.name}: every text has the label {labels[0]!r} in {label_column!r}; learning takes at least two."
        )
    if len(set(labels)) == len(labels):
        raise Unreadable(f"{path.name}: no two texts share a label in {label_column!r}; is that the right column?")
