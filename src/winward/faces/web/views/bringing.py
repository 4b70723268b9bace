"""Bringing files in: upload, look at how they will be read, confirm. And starting a run."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from winward import jobs
from winward.faces.web import uploads
from winward.faces.web.permissions import needs
from winward.sources.limits import Unreadable
from winward.sources.tables.vocabulary import TABLE_KINDS, fields_of
from winward.usecases.bring_in import ORDER
from winward.usecases.preview_import import FilePreview, preview_file


@dataclass(frozen=True, slots=True)
class Look:
    """How one file would be read. refused: why it can't be. columns, spare: of the file, and the fields still free."""

    number: int
    name: str
    preview: FilePreview | None
    refused: str
    columns: tuple[str, ...] = ()
    spare: tuple[str, ...] = ()


@require_POST
@needs("contributor")
def upload(request: HttpRequest) -> HttpResponse:
    files = request.FILES.getlist("files")
    if not files:
        messages.error(request, "Choose at least one file.")
        return redirect("sources")
    return redirect("preview", uploads.keep(files))


@needs("contributor")
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """The form posts here, either to look again with other columns or to bring the files in."""
    paths = uploads.kept(token)
    chosen = [_chosen(request.POST, number) for number in range(len(paths))]
    looks = [_look(number, path, chosen[number]) for number, path in enumerate(paths)]
    readable = [look for look in looks if look.preview]
    if request.method == "POST" and request.POST.get("do") == "bring" and readable:
        return _bring_in(request, paths, chosen, readable)
    context = {"looks": looks, "readable": len(readable), "token": token}
    return render(request, "pages/preview.html", context)


@require_POST
@needs("contributor")
def start_run(request: HttpRequest) -> HttpResponse:
    return redirect("run", jobs.run_later(by=request.user.get_username()))


def _bring_in(
    request: HttpRequest, paths: list[Path], chosen: list[dict[str, str]], readable: list[Look]
) -> HttpResponse:
    """Each file with its own columns, in the order in which they refer to one another."""
    begun: list[int] = []
    for look in sorted(readable, key=_rank):
        begun += jobs.bring_in_later([paths[look.number]], chosen[look.number], by=request.user.get_username())
    return redirect("import", begun[0]) if len(begun) == 1 else redirect("sources")


def _rank(look: Look) -> int:
    kind = look.preview.kind if look.preview else ""
    return ORDER.index(kind) if kind in ORDER else len(ORDER)


def _chosen(form: Mapping[str, str], number: int) -> dict[str, str]:
    """field -> column as the form has them for this file; empty unless somebody changed one."""
    prefix = f"{number}|"
    fields = {name.removeprefix(prefix): form[name] for name in form if name.startswith(prefix) and form[name]}
    extra = {name: column for column, name in _added(form, number).items()}
    changed = extra or any(form.get(f"was|{number}|{name}") != column for name, column in fields.items())
    return fields | extra if changed else {}


def _added(form: Mapping[str, str], number: int) -> dict[str, str]:
    """column -> field for the columns that had none and got one."""
    prefix = f"extra|{number}|"
    return {name.removeprefix(prefix): form[name] for name in form if name.startswith(prefix) and form[name]}


def _look(number: int, path: Path, overrides: dict[str, str]) -> Look:
    try:
        found = preview_file(path, overrides)
    except (Unreadable, ValueError) as problem:
        return Look(number, path.name, None, str(problem))
    if found.table is None:
        return Look(number, path.name, found, "")
    used = {column.field: column.column for column in found.table.columns}
    kind = next((kind for kind in TABLE_KINDS if kind == found.kind), None)
    spare = tuple(name for name in fields_of(kind) if name not in used) if kind else ()
    return Look(number, path.name, found, "", tuple(dict.fromkeys([*used.values(), *found.table.extra])), spare)
