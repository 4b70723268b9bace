"""Do the stakes' intervals keep their promise, and how long do they take? Prints a table a cell, and the timings.

python bench/stakes.py --companies 100 [--large]
"""

import argparse
import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from scipy.special import expit
from tests.truth.stakes_companies import Company, companies

from winward.engine.stakes import Exposure, Stakes, attribute, estimate, lost_revenue

CELLS = [(40, 15), (100, 25), (300, 40), (2000, 40)]


@dataclass
class Tally:
    """What a cell's companies showed: hits of intervals, widths, namings, seconds."""

    covered: list[bool] = field(default_factory=list)
    covered_planted: list[bool] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    named_planted: list[bool] = field(default_factory=list)
    false_share: list[float] = field(default_factory=list)
    harmless_called_costly: list[bool] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def add(self, company: Company, stakes: Stakes, seconds: float) -> None:
        hit = (stakes.low <= company.truth) & (company.truth <= stakes.high)
        named, costly = (np.isin(stakes.verdict, words) for words in (["costs", "helps"], ["costs"]))
        self.covered += hit.tolist()
        self.covered_planted += hit[company.planted].tolist()
        self.widths += (stakes.high - stakes.low).tolist()
        self.named_planted += named[company.planted].tolist()
        self.false_share.append(float((named & ~company.planted).sum() / max(1, named.sum())))
        self.harmless_called_costly.append(bool((costly & ~company.planted).any()))
        self.seconds.append(seconds)

    def line(self) -> str:
        shares = (self.covered, self.covered_planted, self.named_planted, self.false_share, self.harmless_called_costly)
        cells = [f"{100 * np.mean(share):7.1f}" if share else "      –" for share in shares]
        return f"{' '.join(cells)} {np.median(self.widths):7.3f} {1000 * np.median(self.seconds):8.0f}"


def tally(how_many: int, deals: int, themes: int, planted: float, seed: int) -> Tally:
    cell = Tally()
    for company in companies(how_many, deals, themes, seed, planted):
        started = time.perf_counter()
        stakes = estimate(company.exposure, seed=0)
        cell.add(company, stakes, time.perf_counter() - started)
    return cell


def coverage_table(how_many: int, seed: int) -> Iterator[str]:
    yield "deals×themes planted  covers planted   power   false  harmless   width       ms"
    yield "                  %       %       %       %       %         %  median   median"
    for deals, themes in CELLS:
        for planted in (0.2, 0.0):
            yield f"{deals:5}×{themes:<6} {100 * planted:6.0f} {tally(how_many, deals, themes, planted, seed).line()}"


def attribution_line(seed: int) -> str:
    company = next(companies(1, 300, 40, seed))
    stakes, lost = estimate(company.exposure, seed=0), company.exposure.lost
    started = time.perf_counter()
    attribute(stakes.fit, lost)
    shared = time.perf_counter()
    lost_revenue(stakes.fit, lost)
    drawn = time.perf_counter()
    deals = f"{len(lost.won)} lost deals, {lost.mentions.sum(axis=1).mean():.0f} themes each"
    return f"300×40, {deals}: shares {1000 * (shared - started):.0f} ms, intervals {1000 * (drawn - shared):.0f} ms"


def large_line(seed: int, deals: int = 400_000, themes: int = 200) -> str:
    rng = np.random.default_rng(seed)
    recorded, prevalence = rng.normal(size=deals), rng.uniform(0.001, 0.4, themes)
    mentions = np.column_stack([rng.random(deals) < expit(np.log(p / (1 - p)) + 0.8 * recorded) for p in prevalence])
    effects = np.where(rng.random(themes) < 0.2, rng.uniform(-1, -0.1, themes), 0.0)
    won = rng.random(deals) < expit(1.5 + 0.6 * recorded + mentions @ effects)
    exposure = Exposure(mentions, won, recorded[:, None], rng.normal(size=(deals, 5)), np.ones(deals))
    started = time.perf_counter()
    estimate(exposure, seed=0)
    seconds = time.perf_counter() - started
    return f"{deals}×{themes}: {seconds:.1f} s, peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--companies", type=int, default=20, help="simulated companies a cell")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--large", action="store_true", help="also 400,000 deals × 200 themes")
    chosen = arguments.parse_args()
    for line in coverage_table(chosen.companies, chosen.seed):
        print(line, flush=True)
    print(attribution_line(chosen.seed))
    if chosen.large:
        print(large_line(chosen.seed))


if __name__ == "__main__":
    main()
