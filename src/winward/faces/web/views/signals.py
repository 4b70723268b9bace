"""Signals, and one signal with those related to it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from winward.engine.reading.kinds import KINDS
from winward.faces.web.asked import number, one_of
from winward.faces.web.kept import kept
from winward.faces.web.saying import KEYS
from winward.usecases.list_decisions import said_of_signals
from winward.usecases.list_signals import SIDES, STATES, list_signals
from winward.usecases.show_signal import show_signal

LONGEST_TRAIL = 12


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
    walked = [int(step) for step in request.GET.get("trail", "").split(".") if step.isascii() and step.isdigit()]
    page = show_signal(signal_id, [step for step in walked if step != signal_id][-LONGEST_TRAIL:])
    trail = ".".join(str(step) for step in [*(quote.signal for quote in page.trail), signal_id])
    said = said_of_signals([signal_id])[signal_id]
    return render(request, "pages/signal.html", {"page": page, "trail": trail, "keys": KEYS, "said": said})
