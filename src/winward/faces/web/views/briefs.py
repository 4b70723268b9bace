"""An initiative on one page, to be printed and handed round."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from winward.faces.printed import html, pdf
from winward.faces.printed.alignment import QUOTES, alignment_sheet, shown_quotes
from winward.faces.printed.sheet import Sheet
from winward.faces.web.kept import kept
from winward.usecases.initiatives.alignment_brief import AlignmentBrief, alignment_brief


def brief(request: HttpRequest, initiative_id: int) -> HttpResponse:
    found, drawn = kept(request, lambda: _drawn(request, initiative_id))
    return render(request, "pages/brief.html", {"page": found.page, "drawn": drawn})


def _drawn(request: HttpRequest, initiative_id: int) -> tuple[AlignmentBrief, str]:
    found = alignment_brief(initiative_id, timezone.localdate())
    sheet = alignment_sheet(found)
    context = {
        "page": found.page,
        "sheet": sheet,
        "sections": html.told(sheet),
        "quotes": QUOTES,
        "said": shown_quotes(found),
    }
    return found, render_to_string("parts/brief.html", context, request)


def as_pdf(request: HttpRequest, initiative_id: int) -> HttpResponse:
    return _file(pdf.as_pdf(_sheet(initiative_id)), "application/pdf", f"brief-{initiative_id}.pdf", "inline")


def as_html(request: HttpRequest, initiative_id: int) -> HttpResponse:
    body = html.as_html(_sheet(initiative_id)).encode()
    return _file(body, "text/html; charset=utf-8", f"brief-{initiative_id}.html", "attachment")


def _sheet(initiative_id: int) -> Sheet:
    return alignment_sheet(alignment_brief(initiative_id, timezone.localdate()))


def _file(body: bytes, kind: str, name: str, how: str) -> HttpResponse:
    return HttpResponse(body, content_type=kind, headers={"Content-Disposition": f'{how}; filename="{name}"'})
