"""A mixed-integer linear program in HiGHS: columns, rows, solve, more rows, solve again."""

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt

from winward.engine.bargaining.game import Points

Columns = npt.NDArray[np.intp]
INFINITE = highspy.kHighsInf
# Nodes are counted and not seconds, so that the same game always gets the same answer.
MOST_NODES = 2_000
# Every column has bounds or is tied to columns that have, so that what is "unbounded or infeasible" is infeasible.
IMPOSSIBLE = (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible)


@dataclass(frozen=True)
class Solved:
    """values: (columns,). duals: (rows,), of a program without whole columns. bound: none can be better."""

    values: Points
    duals: Points
    bound: float


class Unsettled(RuntimeError):
    """The search was given up before it found an answer or that there is none."""


class Program:
    """Maximises. Columns are made first, then rows."""

    def __init__(self, exact: float = 0.0, most_nodes: int = MOST_NODES) -> None:
        """exact: by how much the answer may miss the best, in units of the objective."""
        self.highs = highspy.Highs()  # type: ignore[no-untyped-call]
        self.mixed = False
        options: dict[str, bool | int | float | str] = {
            "output_flag": False, "threads": 1, "mip_rel_gap": 0.0, "mip_abs_gap": exact,
            "mip_max_nodes": most_nodes, "mip_feasibility_tolerance": 1e-7, "random_seed": 0, "parallel": "off",
        }  # fmt: skip
        for name, value in options.items():
            self.highs.setOptionValue(name, value)
        self.highs.changeObjectiveSense(highspy.ObjSense.kMaximize)

    def columns(self, low: Sequence[float] | Points, high: Sequence[float] | Points, whole: bool = False) -> Columns:
        """One column a bound, with numbers that count on from the last. whole: integers only."""
        first, count = self.highs.getNumCol(), len(low)
        self.highs.addVars(count, np.asarray(low, dtype=float), np.asarray(high, dtype=float))
        made = np.arange(first, first + count)
        self.mixed |= whole
        if whole:
            kinds = np.full(count, highspy.HighsVarType.kInteger.value, dtype=np.uint8)
            self.highs.changeColsIntegrality(count, made.astype(np.int32), kinds)
        return made

    def rows(self, low: Points, high: Points, columns: Columns, factors: Points) -> Columns:
        """low ≤ factors · columns ≤ high. low, high: (rows,). columns, factors: (rows, entries); zeros are left out.

        Returns (rows,), their numbers.
        """
        first = self.highs.getNumRow()
        there = factors != 0
        starts = np.concatenate([[0], np.cumsum(there.sum(axis=1))[:-1]])
        entries = int(there.sum())
        self.highs.addRows(
            len(low), np.asarray(low, dtype=float), np.asarray(high, dtype=float), entries, starts.astype(np.int32),
            columns[there].astype(np.int32), factors[there].astype(float),
        )  # fmt: skip
        return np.arange(first, first + len(low))

    def row(self, low: float, high: float, columns: Columns, factors: Points) -> None:
        self.rows(np.array([low]), np.array([high]), columns[None, :], np.asarray(factors, dtype=float)[None, :])

    def bound(self, columns: Columns, low: Points, high: Points) -> None:
        self.highs.changeColsBounds(
            len(columns), columns.astype(np.int32), np.asarray(low, dtype=float), np.asarray(high, dtype=float)
        )

    def bound_rows(self, rows: Columns, low: Points, high: Points) -> None:
        self.highs.changeRowsBounds(  # type: ignore[attr-defined]
            len(rows), rows.astype(np.int32), np.asarray(low, dtype=float), np.asarray(high, dtype=float)
        )

    def aim(self, columns: Columns, factors: Points) -> None:
        """What is maximised; every other column counts nothing."""
        costs = np.zeros(self.highs.getNumCol())
        costs[columns] = factors
        self.highs.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)

    def solve(self) -> Solved | None:
        """None where the rows can't all hold. Raises Unsettled where the nodes allowed didn't tell."""
        self.highs.run()
        info, status = self.highs.getInfo(), self.highs.getModelStatus()
        if status in IMPOSSIBLE:
            return None
        # An optimum may miss the tolerance by a rounding error, which packages worked out anew don't have.
        feasible = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        if status != highspy.HighsModelStatus.kOptimal and not feasible:
            raise Unsettled
        found = self.highs.getSolution()
        bound = info.mip_dual_bound if self.mixed else info.objective_function_value
        return Solved(np.array(found.col_value), np.array(found.row_dual), float(bound))
