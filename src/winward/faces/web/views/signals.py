"""Signals, and one signal with those related to it."""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from winward.engine.reading.kinds import KINDS
from winward.faces.web.asked import number, numbers, one_of
from winward.faces.web.kept import kept
from winward.faces.web.saying import KEYS
from winward.usecases.list_decisions import said_of_signals
from winward.usecases.list_signals import SIDES, STATES, list_signals
from winward.usecases.quotes import Quote
from winward.usecases.show_signal import ONLY, show_signal

LONGEST_TRAIL = 12


class Step(NamedTuple):
    """A signal that was walked through. address: back to it, with the way that led there."""

    quote: Quote
    address: str


class Choice(NamedTuple):
    """Which of the related one may ask for."""

    name: str
    words: str
    address: str


def signals(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/signals.html", {"drawn": kept(request, lambda: _list(request))})


def _list(request: HttpRequest) -> str:
    asked = {
        "kind": one_of(request, "kind", KINDS),
        "side": one_of(request, "side", SIDES),
        "state": one_of(request, "state", STATES),
        "theme": number(request, "theme"),
    }
    found = list_signals(**asked, after=number(request, "after") or 0)  # type: ignore[arg-type]
    context = {"signals": found, "asked": asked, "kinds": KINDS, "sides": SIDES, "states": STATES}
    return render_to_string("parts/signals_list.html", context, request)


def signal(request: HttpRequest, signal_id: int) -> HttpResponse:
    walked = numbers(request.GET.get("trail", ""))
    only = one_of(request, "only", tuple(ONLY))
    page = show_signal(signal_id, [step for step in walked if step != signal_id][-LONGEST_TRAIL:], only)
    came = [quote.signal for quote in page.trail]
    context = {
        "page": page,
        "trail": ".".join(map(str, [*came, signal_id])),
        "steps": [Step(quote, _address(quote.signal, came[:at])) for at, quote in enumerate(page.trail)],
        "only": only,
        "plain": _address(signal_id, came),
        "choices": [Choice(name, ONLY[name], _address(signal_id, came, name)) for name in page.only],
        "keys": KEYS,
        "said": said_of_signals([signal_id])[signal_id],
    }
    return render(request, "pages/signal.html", context)


def _address(signal_id: int, trail: Sequence[int], only: str = "") -> str:
    asked = {"trail": ".".join(map(str, trail)), "only": only}
    given = {name: value for name, value in asked.items() if value}
    return reverse("signal", args=[signal_id]) + (f"?{urlencode(given)}" if given else "")
