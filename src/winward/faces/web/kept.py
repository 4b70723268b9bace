"""Parts of pages that are the same for everybody of a role are drawn once for each state of the workspace."""

from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from winward.faces.web.permissions import role
from winward.records.state import state

Value = TypeVar("Value")
# While an import goes on, a page may lag behind it by this much.
SECONDS = 60


def kept(request: HttpRequest, draw: Callable[[], Value]) -> Value:
    """What `draw` gives for this address, role and state; drawn now, or as it was drawn before.

    What differs between people or requests (a name, a message, a form's token) must not be in it.
    """
    known = (request.get_full_path(), role(request), str(timezone.localdate()), state())
    key = sha256("\x1f".join(known).encode()).hexdigest()
    value: Value | None = cache.get(key)
    if value is None:
        value = draw()
        cache.set(key, value, SECONDS)
    return value
