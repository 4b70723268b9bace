"""What the sample company negotiates, brought in once its themes are found."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db.models import Count

from winward.records.initiatives import Initiative
from winward.records.signals import Signal
from winward.sample import Truth
from winward.sample.alignments import Found, alignments, filled
from winward.sources.alignments import read_alignment
from winward.usecases.alignment_files.alignment_names import document_name
from winward.usecases.alignment_files.import_alignment import Aim, import_alignment

CHAINS = ("chain-offline.yaml",)
QUOTES = 3


def load_alignments(truth: Truth, today: date, by: str) -> list[int]:
    """Those initiatives that never stood here; what people made of them since is theirs. Returns their ids."""
    found = _found(truth)
    made = []
    with TemporaryDirectory() as beside:
        for name, text in alignments(truth, found, today).items():
            if Initiative.objects.filter(name=read_alignment(text, name).value["name"]).exists():
                continue
            for file in CHAINS:
                Path(beside, file).write_text(filled(file, truth, found, today), "utf-8")
            made.append(import_alignment(text, name, by, Aim(folder=Path(beside))).initiative)
    return made


def _found(truth: Truth) -> Found:
    """A planted theme is the one found in which most of its sentences are. Only costly ones are negotiated about."""
    sentences = {theme.key: set[str]() for theme in truth.themes if theme.role == "costly"}
    for document in truth.documents:
        for key, sentence in document.sentences:
            if key in sentences:
                sentences[key].add(sentence)
    themes = {key: theme for key, said in sentences.items() if (theme := _theme_of(said))}
    return Found(themes, {key: _said(theme, sentences[key]) for key, theme in themes.items()})


def _theme_of(sentences: set[str]) -> int | None:
    rows = Signal.objects.filter(quote__in=sentences, theme__isnull=False, theme__retired=False)
    return rows.order_by().values_list("theme").annotate(many=Count("pk")).values_list("theme", flat=True).order_by(
        "-many", "theme"
    ).first()  # fmt: skip


def _said(theme: int, sentences: set[str]) -> list[tuple[str, str]]:
    """Before the decision, in the words of a deal's customer; of each document one, and none twice."""
    rows = Signal.objects.filter(theme=theme, quote__in=sentences, side="customer", document__deal__isnull=False)
    rows = rows.filter(document__kind__in=("call", "email")).select_related("document").order_by("-strength", "pk")
    by_document = dict[str, str]()
    for row in rows:
        if row.quote not in by_document.values():
            by_document.setdefault(document_name(row.document), row.quote)
    return list(by_document.items())[:QUOTES]
