"""bargain: which packages everyone needed can accept, which is best, who blocks, and what would win them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from winward.engine.bargaining import (
    Aim,
    Concession,
    Demand,
    Game,
    Package,
    Rule,
    Solution,
    Trade,
    Unsettled,
    blockers,
    concessions,
    game_of,
    relaxation,
    robustness,
    solve,
    trades,
)
from winward.sources.games import GameFile, load_game, rule_of
from winward.usecases.sentences import listed

# Of long lists of packages so many are told, beside how many there are.
TOLD = 200
PACKAGES_TOO_MANY = "There are {:,} packages, too many to look at each: how many are acceptable is not counted."
PARETO_TOO_MANY = "Packages that nobody can better without someone losing are too many to count here."


@dataclass(frozen=True, slots=True)
class Standing:
    """How a package is for one person. surplus: points over the least that they accept. robust: of all weights that
    agree with what they ranked, the share under which they accept; None where they gave scores."""

    person: str
    points: float
    surplus: float
    accepts: bool
    robust: float | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """options: one index a term, from 0. named: the same by name. product: of the surpluses of all who accept. least:
    the smallest of them. total: everyone's points. gap: by what share of its aim a better package could exceed it at
    most, None where that is not known. stays_best: the share of all weights under which it remains the best."""

    options: Package
    named: dict[str, str]
    product: float
    least: float
    total: float
    people: list[Standing]
    gap: float | None
    method: str
    stays_best: float | None = None


@dataclass(frozen=True, slots=True)
class Blocker:
    """option: what they can't accept; empty where the point is the least that they accept."""

    person: str
    term: str
    option: str
    says: str


@dataclass(frozen=True, slots=True)
class LetGo:
    """The least that would have to be let go for a package to pass, and that package."""

    says: list[str]
    options: Package
    named: dict[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    term: str
    was: str
    becomes: str


@dataclass(frozen=True, slots=True)
class CheapestConcession:
    """What wins the yes of a person who refuses the package on the table. options: None where no package does. loses,
    gains: points by person. refuses_then: whose yes it would cost. instead: what they could let go themselves."""

    person: str
    options: Package | None
    changes: list[Change]
    loses: dict[str, float]
    gains: dict[str, float]
    refuses_then: list[str]
    instead: list[str]
    says: str


@dataclass(frozen=True, slots=True)
class TradeOff:
    """first gains by the first change and gives by the second, second the other way round."""

    first: str
    second: str
    changes: list[Change]
    gains: dict[str, float]
    loses: dict[str, float]


@dataclass(frozen=True, slots=True)
class Suggested:
    """packages that pass, and the best of them, or who blocks; the fields as in Bargain."""

    acceptable: int | None
    acceptable_packages: list[Package]
    pareto: int | None
    pareto_packages: list[Package]
    nash: Suggestion | None
    egalitarian: Suggestion | None
    utilitarian: Suggestion | None
    blockers: list[Blocker]
    let_go: LetGo | None
    gap: float | None
    method: str
    notes: list[str]


@dataclass(frozen=True, slots=True)
class Ways:
    """From a package on the table: what would win each no, and trades."""

    cheapest_concessions: list[CheapestConcession]
    trades: list[TradeOff]
    notes: list[str]


@dataclass(frozen=True, slots=True)
class Bargain:
    """packages: how many there are; acceptable: how many the rule lets through; pareto: how many nobody can better
    without someone losing. None: not counted. table: the package that concessions and trades start from, proposed or
    else the one of the largest total. gap, method: of the three suggestions together."""

    name: str
    terms: dict[str, tuple[str, ...]]
    rule: str
    packages: int
    acceptable: int | None
    acceptable_packages: list[Package]
    pareto: int | None
    pareto_packages: list[Package]
    nash: Suggestion | None
    egalitarian: Suggestion | None
    utilitarian: Suggestion | None
    blockers: list[Blocker]
    let_go: LetGo | None
    table: Suggestion
    proposed: bool
    cheapest_concessions: list[CheapestConcession]
    trades: list[TradeOff]
    gap: float | None
    method: str
    notes: list[str]


def bargain(path: Path, all_but: int | None = None, vetoes: Sequence[str] = (), seed: int = 0) -> Bargain:
    """all_but, vetoes: a rule in place of the file's. Raises FileProblems, OSError or UnicodeDecodeError for a file
    that can't be read, ValueError for a rule that doesn't fit its people."""
    file = load_game(path)
    if all_but is not None or vetoes:
        file = replace(file, rule=_other_rule(file, all_but, vetoes))
    return bargain_over(file, seed)


def bargain_over(file: GameFile, seed: int = 0) -> Bargain:
    game = game_of(file.sizes, file.positions, file.rule)
    found = suggest(file, seed)
    table = file.proposal or largest_total(game)
    ways = ways_from(file, table)
    return Bargain(
        name=file.name,
        terms=dict(zip(file.terms, file.options, strict=True)),
        rule=rule_in_words(file),
        packages=game.packages,
        acceptable=found.acceptable,
        acceptable_packages=found.acceptable_packages,
        pareto=found.pareto,
        pareto_packages=found.pareto_packages,
        nash=found.nash,
        egalitarian=found.egalitarian,
        utilitarian=found.utilitarian,
        blockers=found.blockers,
        let_go=found.let_go,
        table=_Teller(file, game).told(table, math.inf, "proposed" if file.proposal else "largest total"),
        proposed=file.proposal is not None,
        cheapest_concessions=ways.cheapest_concessions,
        trades=ways.trades,
        gap=found.gap,
        method=found.method,
        notes=[*found.notes, *ways.notes],
    )


def suggest(file: GameFile, seed: int = 0) -> Suggested:
    """What depends on the positions and the rule alone, whatever is on the table."""
    game = game_of(file.sizes, file.positions, file.rule)
    teller = _Teller(file, game)
    solution = solve(game)
    efficient = solution.efficient
    best = {aim: teller.suggestion(solution, aim, seed) for aim in solution.best}
    notes = [PACKAGES_TOO_MANY.format(game.packages)] if solution.acceptable is None else []
    notes += [PARETO_TOO_MANY] if efficient is None else []
    blocking, let_go = ([], None) if any(best.values()) else teller.blocked(notes)
    gaps = [one.gap for one in best.values() if one]
    return Suggested(
        acceptable=solution.acceptable,
        acceptable_packages=solution.first[:TOLD],
        pareto=None if efficient is None else len(efficient),
        pareto_packages=[] if efficient is None else [tuple(map(int, row)) for row in efficient[:TOLD]],
        nash=best["nash"],
        egalitarian=best["egalitarian"],
        utilitarian=best["utilitarian"],
        blockers=blocking,
        let_go=let_go,
        gap=None if None in gaps else max((gap for gap in gaps if gap is not None), default=0.0),
        method=listed(sorted({one.method for one in solution.best.values()})),
        notes=notes,
    )


def ways_from(file: GameFile, table: Package) -> Ways:
    """What could be changed about the package on the table."""
    game = game_of(file.sizes, file.positions, file.rule)
    teller, notes = _Teller(file, game), list[str]()
    conceding = teller.concessions(table, notes)
    return Ways(conceding, [teller.trade(table, one) for one in trades(game, table)], notes)


def rule_in_words(file: GameFile) -> str:
    rule = file.rule
    vetoes = listed([file.people[number] for number in sorted(rule.vetoes)])
    if not rule.may_refuse:
        return "everyone must say yes"
    if rule.may_refuse >= len(file.people) - len(rule.vetoes) and vetoes:
        return f"{vetoes} must say yes; the others may say no"
    few = f"at most {rule.may_refuse} of {len(file.people)} may say no"
    return f"{vetoes} must say yes, and {few}" if vetoes else few


def _other_rule(file: GameFile, all_but: int | None, vetoes: Sequence[str]) -> Rule:
    unknown = [name for name in vetoes if name not in file.people]
    if unknown:
        raise ValueError(f"There is no “{unknown[0]}” in this negotiation; there is {listed(list(file.people))}.")
    if all_but is not None and not 0 <= all_but < len(file.people):
        raise ValueError(f"Of {len(file.people)} people 0 to {len(file.people) - 1} may say no.")
    return rule_of(len(file.people), all_but, frozenset(file.people.index(name) for name in vetoes))


def largest_total(game: Game) -> Package:
    """Whether acceptable or not; in shares of each person's span, so that nobody's scale weighs more."""
    worth = (game.points / game.span[:, None]).sum(axis=0)
    return tuple(int(worth[game.term_of == term].argmax()) for term in range(len(game.sizes)))


class _Teller:
    """Puts names to the engine's numbers."""

    def __init__(self, file: GameFile, game: Game) -> None:
        self.file, self.game = file, game

    def named(self, package: Package) -> dict[str, str]:
        return {term: own[at] for term, own, at in zip(self.file.terms, self.file.options, package, strict=True)}

    def suggestion(self, solution: Solution, aim: Aim, seed: int) -> Suggestion | None:
        best = solution.best[aim]
        if best.package is None:
            return None
        told = self.told(best.package, best.gap, best.method)
        return self.robust(told, seed) if aim == "nash" else told

    def told(self, package: Package, gap: float, method: str) -> Suggestion:
        row = np.array([package])
        totals, accepted = self.game.totals(row)[0], self.game.accepted(row)[0]
        surplus = totals - self.game.least
        standings = [
            Standing(person, _clean(points), _clean(over), bool(yes), None)
            for person, points, over, yes in zip(self.file.people, totals, surplus, accepted, strict=True)
        ]
        gains = np.maximum(surplus[accepted], 0.0)
        return Suggestion(
            options=package,
            named=self.named(package),
            product=_clean(float(gains.prod())) if accepted.any() else 0.0,
            least=_clean(float(gains.min(initial=math.inf))) if accepted.any() else 0.0,
            total=_clean(float(totals.sum())),
            people=standings,
            gap=gap if math.isfinite(gap) else None,
            method=method,
        )

    def robust(self, told: Suggestion, seed: int) -> Suggestion:
        """With what would be if other weights stood behind the same ranks."""
        if all(position.ranks is None for position in self.file.positions):
            return told
        found = robustness(self.file.sizes, self.file.positions, self.file.rule, told.options, seed)
        people = [
            replace(one, robust=float(share)) if position.ranks else one
            for one, share, position in zip(told.people, found.accepts, self.file.positions, strict=True)
        ]
        return replace(told, people=people, stays_best=found.best)

    def blocked(self, notes: list[str]) -> tuple[list[Blocker], LetGo | None]:
        try:
            blocking, relaxed = blockers(self.game), relaxation(self.game)
        except Unsettled:
            notes.append("Who blocks could not be settled: there are too many people and options.")
            return [], None
        lower = [self._lower(p, float(points)) for p, points in enumerate(relaxed.lower) if points]
        says = [*lower, *(self._lift(one.person, one.column or 0) for one in relaxed.lifted)]
        return [self._blocker(one) for one in blocking], LetGo(says, relaxed.package, self.named(relaxed.package))

    def _blocker(self, demand: Demand) -> Blocker:
        person = self.file.people[demand.person]
        if demand.column is None:
            least = in_points(float(self.game.least[demand.person]))
            return Blocker(person, "", "", f"{person} accepts no less than {least} points.")
        term, option = self._option(demand.column)
        return Blocker(person, term, option, f"{person} can't accept “{option}” for {term}.")

    def _lower(self, person: int, points: float) -> str:
        least = float(self.game.least[person])
        down = f"from at least {in_points(least)} points down to {in_points(least - points)}"
        return f"{self.file.people[person]} goes {down}"

    def _lift(self, person: int, column: int) -> str:
        term, option = self._option(column)
        return f"{self.file.people[person]} can accept “{option}” for {term} after all"

    def _option(self, column: int) -> tuple[str, str]:
        term = int(self.game.term_of[column])
        return self.file.terms[term], self.file.options[term][column - int(self.game.starts[term])]

    def concessions(self, table: Package, notes: list[str]) -> list[CheapestConcession]:
        try:
            return [self._concession(table, one) for one in concessions(self.game, table)]
        except Unsettled:
            notes.append("The cheapest concessions could not be settled: there are too many people and options.")
            return []

    def _concession(self, table: Package, one: Concession) -> CheapestConcession:
        person = self.file.people[one.person]
        changes = self._changes(table, one.package) if one.package else []
        instead = [self._lower(one.person, one.lower)] if one.lower else []
        instead += [self._lift(one.person, column) for column in one.lifted]
        loses, gains = self._moved(one.change)
        lost = [self.file.people[number] for number in one.lost]
        ways = listed([f"{change.term}: “{change.becomes}” for “{change.was}”" for change in changes])
        says = f"{person} says yes with {ways}" if changes else f"No package wins {person}"
        dear = listed([f"{who} {in_points(points)}" for who, points in loses.items()])
        costs = f", which costs {dear} points" if loses else ""
        unsaid = f"; {listed(lost)} would then say no" if lost else ""
        return CheapestConcession(
            person, one.package, changes, loses, gains, lost, instead, f"{says}{costs if changes else ''}{unsaid}."
        )  # fmt: skip

    def _changes(self, table: Package, package: Package) -> list[Change]:
        before, after = self.named(table), self.named(package)
        return [Change(term, before[term], after[term]) for term in before if before[term] != after[term]]

    def _moved(self, change: "np.typing.NDArray[np.float64]") -> tuple[dict[str, float], dict[str, float]]:
        """Who loses and who gains how many points, the most first."""
        by_size = sorted(
            zip(self.file.people, map(_clean, map(float, change)), strict=True), key=lambda one: -abs(one[1])
        )
        loses = {person: -points for person, points in by_size if points < 0}
        return loses, {person: points for person, points in by_size if points > 0}

    def trade(self, table: Package, one: Trade) -> TradeOff:
        moved = list(table)
        for term, option in one.changes:
            moved[term] = option
        loses, gains = self._moved(one.change)
        first, second = self.file.people[one.first], self.file.people[one.second]
        return TradeOff(first, second, self._changes(table, tuple(moved)), gains, loses)


def in_points(value: float) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _clean(value: float) -> float:
    """Without the dust of adding fractions."""
    return float(round(float(value), 9)) + 0.0
