"""What something is worth to the business: chains that are kept, one of them, and changing it in place or as text."""

from collections.abc import Callable, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from winward.faces.printed import html, pdf, slide
from winward.faces.printed.quotes import said
from winward.faces.printed.sheet import Sheet
from winward.faces.printed.worth import worth_sheet
from winward.faces.web.asked import number, whole
from winward.faces.web.chain_form import KINDS, MEASURES, Given, fields_of, filled_in, given
from winward.faces.web.decided import told
from winward.faces.web.permissions import needs
from winward.faces.web.value_drawing import columns, distribution, tornado
from winward.sources.yaml_files import FileProblem, FileProblems
from winward.usecases.initiatives.initiative_rows import existing
from winward.usecases.quotes import NotFound
from winward.usecases.shape_themes import theme_called, titles
from winward.usecases.value import start_chain, value_chains
from winward.usecases.value.chain_history import history
from winward.usecases.value.value_chains import Kept, LinkedWorth

WRONG = 422
WRITERS: dict[str, tuple[Callable[[Sheet], bytes], str, str]] = {
    "pdf": (pdf.as_pdf, "application/pdf", "inline"),
    "html": (lambda sheet: html.as_html(sheet).encode(), "text/html; charset=utf-8", "attachment"),
    "pptx": (
        slide.as_slide,
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "attachment",
    ),
}


def values(request: HttpRequest) -> HttpResponse:
    """All chains, and the way to begin one, from a theme if the address names it."""
    theme = number(request, "theme")
    context = {"chains": value_chains.list_chains(timezone.localdate()), **_to_begin(theme)}
    return render(request, "pages/values.html", context)


def of_initiative(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """The initiative's chain, the newest of several, or the way to begin one."""
    initiative, found = existing(initiative_id), value_chains.chains_of(initiative_id)
    if found:
        return chain(request, next(iter(found)))
    context = {"initiative": initiative, **_to_begin(start_chain.main_theme(initiative_id))}
    return render(request, "pages/value_begin.html", context)


def _to_begin(theme: int | None) -> dict[str, object]:
    return {"offers": start_chain.offers(theme), "theme": start_chain.theme_title(theme), "titles": titles()}


def chain(request: HttpRequest, chain_id: int) -> HttpResponse:
    return _page(request, value_chains.show_chain(chain_id, timezone.localdate()))


def _page(
    request: HttpRequest,
    kept: Kept,
    tried: Given | None = None,
    text: str | None = None,
    problems: Sequence[FileProblem] = (),
) -> HttpResponse:
    """tried, text: what somebody sent and what is wrong with it, to be mended."""
    context = {
        "kept": kept,
        "initiative": {"id": kept.initiative_id, "name": kept.initiative} if kept.initiative_id else None,
        "others": _others(kept),
        "text": kept.text if text is None else text,
        "text_problems": problems if text is not None else kept.problems,
        "tried": tried,
        "problems": problems if tried else (),
        **(_drawn(kept.linked, tried) if kept.linked else {}),
    }
    return render(request, "pages/value.html", context, status=WRONG if problems else 200)


def _others(kept: Kept) -> list[tuple[int, str]]:
    """The other chains of its initiative."""
    found = value_chains.chains_of(kept.initiative_id) if kept.initiative_id else {}
    return [(number, name) for number, name in found.items() if number != kept.id]


def _drawn(linked: LinkedWorth, tried: Given | None) -> dict[str, object]:
    worth, sources = linked.worth, linked.sources
    forms = {part.name: given(part, sources.get(part.name)) for part in worth.parts}
    if tried:
        forms[tried.name] = tried
    return {
        "worth": worth,
        "against": worth.part(worth.against) if worth.against else None,
        "linked": linked,
        "columns": columns(worth),
        "distribution": distribution(worth),
        "swings": tornado(worth),
        "quantities": [(part, linked.linked.get(part.name), forms[part.name]) for part in worth.parts],
        "kinds": KINDS.items(),
        "measures": MEASURES.items(),
    }


@require_POST
@needs("editor")
def start(request: HttpRequest) -> HttpResponse:
    """Keep a template, filled with what is known of the initiative and the theme."""
    initiative, named = whole(request.POST.get("initiative", "")), request.POST.get("theme", "").strip()
    try:
        theme = theme_called(named) if named else None
        text = start_chain.started(request.POST.get("template", ""), timezone.localdate(), initiative, theme)
        chain_id, decision = value_chains.keep(text, "new", request.user.get_username(), initiative)
    except (KeyError, ValueError) as problem:
        return render(request, "400.html", {"reason": f"This can’t be begun: {problem}"}, status=400)
    told(request, decision)
    return redirect("value-chain", chain_id)


@require_POST
@needs("editor")
def change(request: HttpRequest, chain_id: int, name: str) -> HttpResponse:
    """One quantity, by its form. What is wrong with it is said beside it, and it stays filled in."""
    form = filled_in(name, request.POST)
    try:
        told(request, value_chains.change_quantity(chain_id, name, fields_of(form), request.user.get_username()))
    except FileProblems as error:
        return _page(request, _kept(chain_id), tried=form, problems=error.problems)
    except ValueError as error:
        return _page(request, _kept(chain_id), tried=form, problems=[FileProblem(0, str(error))])
    return redirect(f"{reverse('value-chain', args=[chain_id])}#q-{name}")


def _kept(chain_id: int) -> Kept:
    return value_chains.show_chain(chain_id, timezone.localdate())


@require_POST
@needs("editor")
def rewrite(request: HttpRequest, chain_id: int) -> HttpResponse:
    """The whole of it. What is wrong is said with its lines, and the text stays as it was sent."""
    text = request.POST.get("text", "")
    try:
        told(request, value_chains.rewrite(chain_id, text, request.user.get_username()))
    except FileProblems as error:
        return _page(request, _kept(chain_id), text=text, problems=error.problems)
    return redirect("value-chain", chain_id)


@require_POST
@needs("editor")
def remove(request: HttpRequest, chain_id: int) -> HttpResponse:
    told(request, value_chains.remove(chain_id, request.user.get_username()))
    return redirect("values")


def versions(request: HttpRequest, chain_id: int) -> HttpResponse:
    """How it came to be what it is: asked for once the page is there."""
    try:
        found = history(chain_id, timezone.localdate())
    except NotFound:
        return HttpResponse()
    return render(request, "parts/value_history.html", {"versions": found})


def brief(request: HttpRequest, chain_id: int, ending: str) -> HttpResponse:
    """For executives: one page as PDF, HTML or a slide."""
    kept = _kept(chain_id)
    if ending not in WRITERS or kept.linked is None:
        raise Http404("There is no brief: the chain can’t be worked out." if ending in WRITERS else "No such file.")
    write, kind, how = WRITERS[ending]
    sheet = worth_sheet(kept.linked.worth, timezone.localdate(), [said(quote) for quote in kept.linked.quotes])
    name = f'{how}; filename="value-{chain_id}.{ending}"'
    return HttpResponse(write(sheet), content_type=kind, headers={"Content-Disposition": name})
