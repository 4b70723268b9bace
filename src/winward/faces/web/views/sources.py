"""What comes in: imports and runs with their progress, and the links that wait for a person."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from winward.faces.web.asked import number, whole
from winward.faces.web.decided import told
from winward.faces.web.permissions import needs
from winward.usecases import decide
from winward.usecases.list_sources import list_links, list_sources
from winward.usecases.quotes import NotFound
from winward.usecases.show_deal import show_deal
from winward.usecases.show_import import show_import, show_run


def sources(request: HttpRequest) -> HttpResponse:
    found = list_sources(after=number(request, "after") or 0)
    waits = any(one.state in ("waiting", "running") for one in found.imports)
    return _progress(request, "sources", {"sources": found}, unfinished=waits)


def one_import(request: HttpRequest, import_id: int) -> HttpResponse:
    page = show_import(import_id)
    return _progress(request, "import", {"page": page}, unfinished=not page.finished)


def run(request: HttpRequest, run_id: int) -> HttpResponse:
    found = show_run(run_id)
    return _progress(request, "run", {"run": found}, unfinished=found.finished_at is None)


def _progress(request: HttpRequest, name: str, context: dict[str, object], unfinished: bool) -> HttpResponse:
    """The page, or only the part of it that changes when the page itself asks again."""
    asked_again = request.headers.get("HX-Request") == "true"
    template = f"parts/{name}_progress.html" if asked_again else f"pages/{name}.html"
    return render(request, template, context | {"unfinished": unfinished})


def links(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/links.html", {"links": list_links(after=number(request, "after") or 0)})


@require_POST
@needs("editor")
def link(request: HttpRequest, document_id: int) -> HttpResponse:
    """The form says yes to what was found, no to any, or names another deal by its id."""
    try:
        account, deal = _chosen(request)
        told(request, decide.link_document(document_id, account, deal, by=request.user.get_username()))
    except NotFound as problem:
        messages.error(request, str(problem))
    return redirect("links")


def _chosen(request: HttpRequest) -> tuple[int | None, int | None]:
    named = request.POST.get("deal_id", "").strip()
    if named:
        return None, show_deal(named).row.id
    return whole(request.POST.get("account", "")), whole(request.POST.get("deal", ""))
