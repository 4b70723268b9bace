"""Themes put right by people: merged, split, signals moved or set aside, pinned and hidden."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from winward import jobs
from winward.faces.web.asked import number, numbers
from winward.faces.web.decided import back, told
from winward.faces.web.permissions import needs
from winward.usecases import decide, shape_themes
from winward.usecases.decide import Decision
from winward.usecases.quotes import NotFound
from winward.usecases.theme_quotes import theme_quotes


@needs("editor")
def quotes(request: HttpRequest, theme_id: int) -> HttpResponse:
    found = theme_quotes(theme_id, number(request, "page") or 1)
    return render(request, "pages/theme_quotes.html", {"found": found, "titles": shape_themes.titles(theme_id)})


@require_POST
@needs("editor")
def merge(request: HttpRequest, theme_id: int) -> HttpResponse:
    into = request.POST.get("into", "")
    _shape(request, lambda by: shape_themes.merge_themes(theme_id, shape_themes.theme_called(into), by))
    return redirect("theme", theme_id)


@require_POST
@needs("editor")
def keep(request: HttpRequest, theme_id: int) -> HttpResponse:
    """Pin or hide the theme, or no longer."""
    by, verdict = request.user.get_username(), request.POST.get("verdict", "")
    if verdict in ("pin", "unpin"):
        told(request, decide.pin_theme(theme_id, verdict == "pin", by))
    elif verdict in ("hide", "show"):
        told(request, decide.hide_theme(theme_id, verdict == "hide", by))
    return redirect("theme", theme_id)


@require_POST
@needs("editor")
def choose(request: HttpRequest, theme_id: int) -> HttpResponse:
    """What the button says, with the quotes that are ticked."""
    chosen = numbers(".".join(request.POST.getlist("signal")))
    verdict, name = request.POST.get("verdict", ""), request.POST.get("name", "")
    if verdict == "between":
        asked = "&".join(f"signal={signal}" for signal in chosen)
        return redirect(f"{reverse('split-theme', args=[theme_id])}?{asked}")
    acts: dict[str, Callable[[str], Decision | None]] = {
        "move": lambda by: shape_themes.move_signals(chosen, shape_themes.theme_called(name), by),
        "split": lambda by: shape_themes.split_theme(theme_id, chosen, by, name),
        "aside": lambda by: shape_themes.unsort_signals(chosen, by),
    }
    if verdict in acts:
        _shape(request, acts[verdict])
    return back(request, otherwise=reverse("theme", args=[theme_id]))


@needs("editor")
def split(request: HttpRequest, theme_id: int) -> HttpResponse:
    """The parts that a theme would have, and making them."""
    asked = request.POST if request.method == "POST" else request.GET
    seeds = numbers(".".join(asked.getlist("signal")))
    if request.method == "POST":
        _shape(request, lambda by: shape_themes.split_by(theme_id, seeds, by))
        return redirect("theme", theme_id)
    try:
        parts = shape_themes.preview_split(theme_id, seeds)
    except ValueError as problem:
        messages.error(request, str(problem))
        return redirect("theme", theme_id)
    return render(request, "pages/theme_split.html", {"parts": parts, "theme_id": theme_id, "seeds": seeds})


def _shape(request: HttpRequest, decision: Callable[[str], Decision | None]) -> None:
    """Decide, say what that did, and let what the themes cost be weighed again."""
    try:
        made = decision(request.user.get_username())
    except (ValueError, NotFound) as problem:
        messages.error(request, str(problem))
        return
    if made is not None:
        jobs.weigh_later()
    told(request, made)
