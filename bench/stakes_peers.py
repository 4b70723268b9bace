"""Stakes beside plain and Firth's logistic regression, on the same simulated companies. Prints a table.

    python -m bench.stakes_peers --peers PYTHON [--companies 20]

PYTHON is an interpreter that has bench/requirements-peers.txt. Seconds are of the processor; the peers' first company
of each size is not timed, for they import then. Shares are of all themes, of planted ones, and of planted ones that
never came up in a won deal. `apart` is how far average marginal effects lie from ours where both answer.
"""

import argparse
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from tests.truth.stakes_companies import Company, Kind, companies

from winward.engine.stakes import estimate

SIZES = [Kind(40, 15), Kind(100, 25), Kind(300, 40), Kind(2000, 40)]
RUN = Path(__file__).with_name("stakes_peers_run.py")
Answer = tuple[np.ndarray, float]  # (3, themes) effect, low, high; seconds


def ours(company: Company) -> Answer:
    started = time.process_time()
    stakes = estimate(company.exposure, seed=0)
    return np.array([stakes.difference, stakes.low, stakes.high]), time.process_time() - started


def of_peers(python: str, made: Sequence[Company]) -> dict[str, list[Answer]]:
    with tempfile.TemporaryDirectory() as folder:
        given, found = Path(folder) / "companies.npz", Path(folder) / "found.npz"
        designs = {f"x{at}": design(company) for at, company in enumerate(made)}
        outcomes = {f"won{at}": company.exposure.won for at, company in enumerate(made)}
        np.savez(given, many=len(made), themes=len(made[0].planted), **designs, **outcomes)
        subprocess.run([python, "-P", str(RUN), str(given), str(found)], check=True)
        answers = np.load(found)
        return {
            peer: [(answers[f"by_{peer}{at}"], float(answers[f"by_{peer}{at}seconds"])) for at in range(len(made))]
            for peer in ("statsmodels", "firthmodels")
        }


def design(company: Company) -> np.ndarray:
    exposure = company.exposure
    return np.column_stack([np.ones(len(exposure.won)), exposure.recorded, exposure.covariates, exposure.mentions])


def lines(how_many: int, seed: int, python: str) -> Iterator[str]:
    columns = ["answers", "covers", "planted", "separated", "width", "apart: half", "95%", "most", "within .01", "ms"]
    yield f"deals × themes  method       {' '.join(f'{name:>11}' for name in columns)}"
    for kind in SIZES:
        made = list(companies(how_many, kind, seed))
        own = [ours(company) for company in made]
        for method, answers in {"ours": own, **of_peers(python, made)}.items():
            yield f"{kind.deals:5} × {kind.themes:<6}  {method:12} {line(made, own, answers)}"


def line(made: Sequence[Company], own: Sequence[Answer], answers: Sequence[Answer]) -> str:
    told = np.hstack([answer for answer, _ in answers])
    truth, planted, separated = (np.concatenate([part(company) for company in made]) for part in PARTS)
    answered = np.isfinite(told).all(axis=0)
    covered = answered & (told[1] <= truth) & (truth <= told[2])
    apart = np.abs(told[0] - np.hstack([answer[0] for answer, _ in own]))[answered]
    shares = [answered, covered, covered[planted], covered[separated]]
    far = [*np.quantile(apart, [0.5, 0.95, 1.0]), (apart <= 0.01).mean()] if len(apart) else [np.nan] * 4
    width = np.median((told[2] - told[1])[answered]) if answered.any() else np.nan
    milliseconds = 1000 * np.median([seconds for _, seconds in answers[1:]])
    numbers = [*(part.mean() if len(part) else np.nan for part in shares), width, *far, milliseconds]
    return " ".join(f"{number:11.4g}" for number in numbers)


def separated_by(company: Company) -> np.ndarray:
    """Planted themes that never came up in a won deal."""
    return company.planted & ~company.exposure.mentions[company.exposure.won].any(axis=0)


PARTS = (lambda company: company.truth, lambda company: company.planted, separated_by)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--peers", required=True, help="the interpreter that has the peers")
    arguments.add_argument("--companies", type=int, default=20)
    arguments.add_argument("--seed", type=int, default=3)
    chosen = arguments.parse_args()
    for text in lines(chosen.companies, chosen.seed, chosen.peers):
        print(text, flush=True)


if __name__ == "__main__":
    main()
