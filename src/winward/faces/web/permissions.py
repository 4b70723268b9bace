"""Which pages and forms a role opens."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from winward.usecases import roles
from winward.usecases.roles import Role

View = Callable[..., HttpResponse]


def role(request: HttpRequest) -> Role:
    """The signed-in person's role, looked up once a request."""
    found: Role | None = getattr(request, "winward_role", None)
    if found is None:
        found = roles.role_of(request.user)
        request.winward_role = found  # type: ignore[attr-defined]
    return found


def needs(least: Role) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if not roles.may(role(request), least):
                raise PermissionDenied(f"This needs the role “{least}”. An admin can give it to you.")
            return view(request, *args, **kwargs)

        return checked

    return decorate
