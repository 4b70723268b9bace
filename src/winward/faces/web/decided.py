"""Telling a person what their decision did, with the way to undo it."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from winward.usecases.decide import Decision

Value = TypeVar("Value")


def told(request: HttpRequest, decision: Decision | None) -> None:
    if decision is not None:
        messages.success(request, decision.sentence, extra_tags=str(decision.audit))


def attempt(request: HttpRequest, decision: Callable[[str], Value]) -> Value | None:
    """Let the signed-in person decide; where that can't be, say why and decide nothing."""
    try:
        return decision(request.user.get_username())
    except ValueError as problem:
        messages.error(request, str(problem))
        return None


def back(request: HttpRequest, otherwise: str) -> HttpResponse:
    """To the page that the form stood on, if it is one of ours."""
    place = request.POST.get("back", "")
    ours = url_has_allowed_host_and_scheme(place, {request.get_host()}, require_https=request.is_secure())
    return redirect(place if ours else otherwise)
