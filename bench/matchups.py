"""Do the win rates against rivals, and what comes up against whom, keep their promise?

python -m bench.matchups --companies 300
"""

import argparse
from collections.abc import Iterator

import numpy as np
from tests.truth.rival_companies import Talk, met, talk

from winward.engine.stakes.contrasts import contrast, strata
from winward.engine.stakes.matchups import pooled_rates
from winward.engine.stakes.verdicts import discoveries

RIVALS, SPREADS = (2, 3, 5, 12, 30), (0.03, 0.10, 0.20)
SIZES = ((60, 12, 3), (240, 20, 4), (1000, 40, 6))
PULL, EFFECT = 0.8, 1.2


def rates(rivals: int, spread: float, companies: int, rng: np.random.Generator) -> str:
    """Coverage and width of the pooled intervals, and the error of the pooled and of the counted rate."""
    covered, width, error, counted = [], [], [], []
    for _ in range(max(companies // 5, 2 * companies // rivals)):
        truth, won, closed = met(rivals, spread, rng)
        found = pooled_rates(won, closed)
        covered += ((found.low <= truth) & (truth <= found.high)).tolist()
        width += (found.high - found.low).tolist()
        error += ((found.rate - truth) ** 2).tolist()
        counted += ((found.raw - truth) ** 2).tolist()
    errors = f"{np.sqrt(np.mean(error)):.3f} | {np.sqrt(np.mean(counted)):.3f}"
    return f"| {rivals} | {spread:.2f} | {np.mean(covered):.3f} | {np.mean(width):.3f} | {errors} |"


def themes(size: tuple[int, int, int], pull: float, companies: int, rng: np.random.Generator) -> str:
    """How many companies have any pair named without one planted, plainly too; then coverage, power, false findings."""
    empty = [measured(talk(*size, 0.0, pull, rng)) for _ in range(companies)]
    full = [measured(talk(*size, EFFECT, pull, rng)) for _ in range(companies)]
    named, plainly = (np.mean([one[name] for one in empty]) for name in ("named", "plainly"))
    covered, planted, power, wrong = (
        np.mean([value for one in full for value in one[name]]) for name in ("covered", "planted", "power", "wrong")
    )
    deals, columns, rivals = size
    return (
        f"| {deals} x {columns} x {rivals} | {pull:.1f} | {named:.0%} | {plainly:.0%} | "
        f"{covered:.3f} ({planted:.3f}) | {power:.0%} | {wrong:.0%} |"
    )


def measured(company: Talk) -> dict[str, list[float]]:
    parts, one = strata(company.recorded), np.zeros(len(company.recorded), dtype=np.int64)
    rivals = range(company.against.shape[1])
    found = [contrast(company.said, company.against[:, rival], parts) for rival in rivals]
    truth = np.concatenate([company.truth(rival, parts) for rival in rivals])
    low, high = (np.concatenate([getattr(each, end) for each in found]) for end in ("low", "high"))
    named = discoveries(np.concatenate([each.doubt for each in found]))
    plain = [contrast(company.said, company.against[:, rival], one).doubt for rival in rivals]
    planted, hit = company.planted.ravel() > 0, (low <= truth) & (truth <= high)
    return {
        "named": [float(named.any())],
        "plainly": [float(discoveries(np.concatenate(plain)).any())],
        "covered": hit.astype(float).tolist(),
        "planted": hit[planted].astype(float).tolist(),
        "power": named[planted].astype(float).tolist(),
        "wrong": [float((named & ~planted).sum() / max(1, named.sum()))],
    }


def rows(companies: int) -> Iterator[str]:
    rng = np.random.default_rng(20)
    yield "| rivals | spread | covered | width | error | error of the counted rate |"
    yield "|---|---|---|---|---|---|"
    yield from (rates(number, spread, companies, rng) for number in RIVALS for spread in SPREADS)
    yield ""
    yield "| deals x themes x rivals | pull | any named, none planted | plainly | covered (planted) | found | false |"
    yield "|---|---|---|---|---|---|---|"
    yield from (themes(size, pull, companies, rng) for size in SIZES for pull in (0.0, PULL))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--companies", type=int, default=300)
    for row in rows(asked.parse_args().companies):
        print(row, flush=True)


if __name__ == "__main__":
    main()
