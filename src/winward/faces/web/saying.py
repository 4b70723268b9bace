"""What a person says of a signal in a form or by a key, and what it is taken for."""

from django.http import HttpRequest

from winward.engine.reading.kinds import KINDS
from winward.usecases import correct
from winward.usecases.decide import Decision

# The key that gives each kind; y, x, b, s and u say the rest.
KEYS = tuple(zip("1234567890q", KINDS, strict=True))


def say(request: HttpRequest, signal_id: int) -> Decision | None:
    """Do what the form asks: right, none, words, other side, or a kind. Raises NotFound and ValueError."""
    verdict, by = request.POST.get("verdict", ""), request.user.get_username()
    if verdict == "right":
        return correct.confirm_signal(signal_id, by)
    if verdict == "none":
        return correct.dismiss_signal(signal_id, by)
    if verdict == "words":
        return correct.bound_signal(signal_id, request.POST.get("words", ""), by)
    if verdict == "other side":
        return correct.other_side(signal_id, by)
    return correct.correct_signal(signal_id, verdict, by)
