"""label a single file: for each row the label that a learnt head gives its text."""

from dataclasses import dataclass
from pathlib import Path

from winward.engine.reading import label
from winward.engine.reading.views import Embed
from winward.text_models.label_heads import read_head
from winward.usecases.labelled_rows import rows_of


@dataclass(frozen=True, slots=True)
class Labelled:
    """label: None for an empty text. confidence: how often such an answer was right on held-out texts, 0 to 1."""

    label: str | None
    confidence: float


def label_texts(path: Path, text_column: str, model: Path, embed: Embed) -> list[Labelled]:
    """One a row of the file, in its order. Raises Unreadable for the file, UnusableHead for the model's folder."""
    head = read_head(model)
    texts = [cells[0] for _, cells in rows_of(path, text_column)]
    filled = [text for text in texts if text]
    found = zip(*label(head, filled, embed), strict=True) if filled else iter(())
    answers = (Labelled(name, round(float(confidence), 4)) for name, confidence in found)
    return [next(answers) if text else Labelled(None, 0.0) for text in texts]
