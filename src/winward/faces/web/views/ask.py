"""A question, and what customers said on it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from numpy.typing import NDArray

from winward.engine.reading.batches import VECTOR_SIZE
from winward.text_models.language import Misconfigured
from winward.usecases import ask as asking
from winward.usecases import readers
from winward.usecases.ask import Answer
from winward.usecases.language import answer_writer

LONGEST = 300


@dataclass(frozen=True, slots=True)
class Worded:
    """A sentence, and the quotes that say so: (number on the page, signal)."""

    text: str
    quotes: list[tuple[int, int]]


def ask(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("question", "").strip()[:LONGEST]
    if not text:
        return render(request, "pages/ask.html", {"suggestions": asking.suggestions()})
    answer = _answer(text)
    shown = [quote.signal for said in answer.themes for quote in said.quotes]
    worded = [Worded(one.text, [(shown.index(pk) + 1, pk) for pk in one.quotes]) for one in answer.worded]
    context = {"question": text, "answer": answer, "worded": worded, "least": asking.LEAST_QUOTES}
    return render(request, "pages/ask.html", context)


def _answer(text: str) -> Answer:
    """Without wording where the language model is set up wrongly, which the page then says."""
    try:
        return asking.ask(text, embed, answer_writer())
    except Misconfigured as error:
        return replace(asking.ask(text, embed), note=f"The language model is not set up rightly: {error}.")


def embed(texts: Sequence[str]) -> NDArray[np.float32]:
    return np.asarray(readers.shipped().embed(texts)[:, :VECTOR_SIZE], np.float32)
