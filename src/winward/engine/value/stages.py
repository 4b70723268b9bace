"""Where in a chain each quantity stands, from the tactical gain to the bottom line, by what rests on what."""

from collections.abc import Mapping

from winward.engine.value.chain import Chain
from winward.engine.value.formulas import parse

GAIN, USERS, TEAM, BUSINESS = STAGES = ("gain", "users", "team", "business")


def stages(chain: Chain, given: Mapping[str, str]) -> dict[str, str]:
    """The stage of every quantity of a chain that adds up. given: what its author says, which holds.

    The result is of the business, what it is made of is what a team is measured by, and what that is made of is what
    users get. An input stands with the formula that needs it first, those of the first formulas are the gain.
    """
    needs = {one.name: parse(one.formula).names if one.formula else () for one in chain.quantities}
    far = _distances(chain, needs)
    made = {name: given.get(name) or (BUSINESS, TEAM, USERS)[min(far.get(name, 0), 2)] for name in needs if needs[name]}
    first = min(made.values(), key=STAGES.index, default=BUSINESS)
    found = {}
    for name in needs:
        users = [made[other] for other in made if name in needs[other]]
        stands = min(users, key=STAGES.index, default=BUSINESS)
        found[name] = given.get(name) or made.get(name) or (GAIN if stands == first and users else stands)
    return found


def _distances(chain: Chain, needs: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """By how many steps, at most, the result needs it."""
    far: dict[str, int] = {}
    waiting = [(chain.result, 0)]
    while waiting:
        name, steps = waiting.pop()
        if steps > far.get(name, -1):
            far[name] = steps
            waiting += [(other, steps + 1) for other in needs[name]]
    return far
