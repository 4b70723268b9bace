"""The choice of a package as a mixed-integer program, with who says yes decided along with it."""

import numpy as np

from winward.engine.bargaining.choosing import GAIN, Aim, can_gain
from winward.engine.bargaining.game import ROUNDING, Flags, Game, Package, Points
from winward.engine.bargaining.solver import INFINITE, Columns, Program, Solved, Unsettled

TANGENT_ROUNDS = 20
FIRST_TANGENTS = (0.02, 0.05, 0.1, 0.2, 0.35, 0.6, 1.0)
SMALLEST_SHARE = 1e-6
# The sum of logarithms may miss the best by so much: a ten-thousandth of the product.
EXACT_LOG = 5e-5
# What solving may cost, in nodes times columns times people.
EFFORT = 400_000


class Choice:
    """options: whole columns, one of each term's is 1. yes: whole columns, 1 where a person must accept. totals: points
    of each.

    Whoever says yes gets no option that they refuse and no less than the least they accept. The rule is not yet in it.
    """

    def __init__(self, game: Game, exact: float = 0.0, allowed: Flags | None = None) -> None:
        """allowed: (columns,), the options among which to choose; all by default."""
        self.game = game
        columns = sum(game.sizes)
        self.program = Program(exact, max(1, EFFORT // (columns * game.people)))
        high = np.ones(columns) if allowed is None else allowed.astype(float)
        self.options = self.program.columns(np.zeros(columns), high, whole=True)
        one = np.ones(len(game.sizes))
        of_term = (game.term_of == np.arange(len(one))[:, None]).astype(float)
        self.program.rows(one, one, np.tile(self.options, (len(one), 1)), of_term)
        people = np.zeros(game.people)
        self.totals = self.program.columns(people - INFINITE, people + INFINITE)
        own = np.hstack([np.tile(self.options, (game.people, 1)), self.totals[:, None]])
        self.program.rows(people, people, own, np.hstack([game.points, -np.ones((game.people, 1))]))
        self.yes = self.program.columns(people, people + 1, whole=True)
        self.at_least(self.yes, game.least - ROUNDING * game.span)
        for person, column in zip(*np.nonzero(game.refused), strict=True):
            self.program.row(-INFINITE, 1, np.array([self.yes[person], self.options[column]]), np.ones(2))

    def at_least(self, flags: Columns, least: Points) -> None:
        """Where a person's flag is 1 their total reaches `least`."""
        worst = self.game.most - self.game.span
        slack = np.maximum(least - worst, 0.0) + self.game.span * ROUNDING
        pairs = np.stack([self.totals, flags], axis=1)
        self.program.rows(
            least - slack, np.full(len(least), INFINITE), pairs, np.stack([np.ones(len(least)), -slack], axis=1)
        )

    def hold_rule(self) -> None:
        people, rule = self.game.people, self.game.rule
        self.program.row(people - rule.may_refuse, people, self.yes, np.ones(people))
        self.hold_yes(sorted(rule.vetoes))

    def hold_yes(self, people: list[int]) -> None:
        self.program.bound(self.yes[people], np.ones(len(people)), np.ones(len(people)))

    def package(self, solved: Solved) -> Package:
        return tuple(
            int(solved.values[self.options[self.game.term_of == t]].argmax()) for t in range(len(self.game.sizes))
        )

    def most(self, flags: Columns) -> int | None:
        """As many flags as can be 1, which from now on they must. None where the rows can't all hold.

        Raises Unsettled where the search was given up before it was sure.
        """
        self.program.aim(flags, np.ones(len(flags)))
        solved = self.program.solve()
        if solved is None:
            return None
        count = round(float(solved.values[flags].sum()))
        if solved.bound >= count + 1 - 1e-6:
            raise Unsettled
        self.program.row(count, len(flags), flags, np.ones(len(flags)))
        return count


def solve_choice(game: Game, aim: Aim, allowed: Flags | None = None) -> tuple[Package, float] | None:
    """The package that is best for the aim by the rule, first by how many accept it, and a bound in the aim's worth.

    None where the rule lets none through. allowed: (columns,), the options among which to choose.
    """
    choice = Choice(game, EXACT_LOG if aim == "nash" else ROUNDING * float(game.span.max()), allowed)
    choice.hold_rule()
    if choice.most(choice.yes) is None:
        return None
    if aim == "nash":
        return _nash(choice)
    return _egalitarian(choice) if aim == "egalitarian" else _utilitarian(choice)


def _utilitarian(choice: Choice) -> tuple[Package, float] | None:
    choice.program.aim(choice.totals, np.ones(choice.game.people))
    solved = choice.program.solve()
    return (choice.package(solved), solved.bound) if solved else None


def _egalitarian(choice: Choice) -> tuple[Package, float] | None:
    """The most for whoever, of those who accept, gains least; then the largest total."""
    game, program = choice.game, choice.program
    floor = program.columns([-ROUNDING * game.span.max()], [float(game.at_stake.max())])
    slack = game.at_stake.max() + game.span
    rows = np.stack([choice.totals, choice.yes, np.repeat(floor, game.people)], axis=1)
    factors = np.stack([np.ones(game.people), -slack, -np.ones(game.people)], axis=1)
    program.rows(game.least - slack, np.full(game.people, INFINITE), rows, factors)
    program.aim(floor, np.ones(1))
    solved = program.solve()
    if solved is None:
        return None
    reached = float(solved.values[floor[0]])
    program.bound(floor, np.array([reached - ROUNDING * game.span.max()]), np.array([reached]))
    total = _utilitarian(choice)
    return (total[0] if total else choice.package(solved)), solved.bound


def _nash(choice: Choice) -> tuple[Package, float] | None:
    """As many as can gain; then the sum of logarithms, by tangents at each found package until one touches."""
    game, program = choice.game, choice.program
    people = np.arange(game.people)
    gains = program.columns(np.zeros(len(people)), can_gain(game).astype(float), whole=True)
    choice.at_least(gains, game.least + 2 * GAIN * game.span)
    program.rows(
        np.full(len(people), -INFINITE), np.zeros(len(people)), np.stack([gains, choice.yes], axis=1),
        np.tile([1.0, -1.0], (len(people), 1)),
    )  # fmt: skip
    choice.most(gains)
    logs = program.columns(np.full(len(people), np.log(SMALLEST_SHARE)), np.zeros(len(people)))
    program.aim(logs, np.ones(len(people)))
    for share in FIRST_TANGENTS:
        _add_tangents(choice, gains, logs, np.full(len(people), share))
    best: tuple[float, Package] | None = None
    bound = 0.0
    for _ in range(TANGENT_ROUNDS):
        solved = program.solve()
        if solved is None:
            break
        gaining = solved.values[gains] > 0.5
        shares = np.clip((solved.values[choice.totals] - game.least) / game.at_stake, SMALLEST_SHARE, 1.0)
        value = float(np.log(shares[gaining]).sum())
        bound = solved.bound
        if best is None or value > best[0]:
            best = value, choice.package(solved)
        if bound - best[0] <= 2 * EXACT_LOG:
            break
        _add_tangents(choice, gains, logs, np.where(gaining, shares, 1.0))
    return (best[1], bound) if best else None


def _add_tangents(choice: Choice, gains: Columns, logs: Columns, at: Points) -> None:
    """log ≤ log(at) + (share − at)/at where a person gains; where not, nothing is asked (and the logarithm is 0)."""
    game, able = choice.game, np.flatnonzero(can_gain(choice.game))
    at, least = at[able], game.least[able]
    slope = 1 / (at * game.at_stake[able])
    lowest = ((game.most - game.span)[able] - least) * slope
    slack = np.maximum(1.0 - np.log(at) - lowest, 0.0)
    rows = np.stack([logs[able], choice.totals[able], gains[able]], axis=1)
    factors = np.stack([np.ones(len(at)), -slope, slack], axis=1)
    choice.program.rows(np.full(len(at), -INFINITE), np.log(at) - 1 - least * slope + slack, rows, factors)
