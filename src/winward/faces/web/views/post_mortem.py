"""The post-mortem of a lost deal: as a page, on paper, as a file, with its lesson; and all lessons."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from winward.faces.printed import html, pdf
from winward.faces.printed.post_mortem import post_mortem_sheet
from winward.faces.web.decided import told
from winward.faces.web.drawing import Axis
from winward.faces.web.kept import kept
from winward.faces.web.permissions import needs
from winward.usecases import lesson
from winward.usecases.list_lessons import list_lessons
from winward.usecases.post_mortem import PostMortem, post_mortem

SHARES = Axis(0.0, 1.0)
FIELDS = ("text", "condition", "owner", "state")


def page(request: HttpRequest, deal_id: int) -> HttpResponse:
    found, drawn = kept(request, lambda: _drawn(request, deal_id))
    taken = lesson.lesson_of(deal_id)
    context = {"page": found, "drawn": drawn, "lesson": taken, "states": lesson.STATES, "longest": lesson.LONGEST}
    return render(request, "pages/post_mortem.html", context)


def _drawn(request: HttpRequest, deal_id: int) -> tuple[PostMortem, str]:
    """The deal, and the part of its page without forms. Lessons are decided more often than evidence comes in."""
    found = post_mortem(deal_id)
    ours = [one for one in found.people if one.side == "us"]
    return found, render_to_string("parts/post_mortem.html", {"page": found, "axis": SHARES, "ours": ours}, request)


def as_pdf(request: HttpRequest, deal_id: int) -> HttpResponse:
    found = post_mortem(deal_id)
    return _file(pdf.as_pdf(post_mortem_sheet(found)), "application/pdf", f"post-mortem-{found.row.id}.pdf", "inline")


def as_html(request: HttpRequest, deal_id: int) -> HttpResponse:
    found = post_mortem(deal_id)
    body = html.as_html(post_mortem_sheet(found)).encode()
    return _file(body, "text/html; charset=utf-8", f"post-mortem-{found.row.id}.html", "attachment")


def _file(body: bytes, kind: str, name: str, how: str) -> HttpResponse:
    return HttpResponse(body, content_type=kind, headers={"Content-Disposition": f'{how}; filename="{name}"'})


@require_POST
@needs("editor")
def learn(request: HttpRequest, deal_id: int) -> HttpResponse:
    """Keep what the form says of the deal's lesson."""
    given = {name: request.POST[name] for name in FIELDS if name in request.POST}
    try:
        told(request, lesson.learn(deal_id, request.user.get_username(), **given))
    except ValueError as problem:
        messages.error(request, str(problem))
    return redirect("post-mortem", deal_id)


def lessons(request: HttpRequest) -> HttpResponse:
    found = list_lessons()
    return render(request, "pages/lessons.html", {"page": found, "asked": any(one.owner for one in found.waiting)})
