"""Do the stakes' intervals keep their promise, how do simpler ways do beside them, and how long does it all take?

python -m bench.stakes --companies 1000 --processes 2 [--large]

Prints a table a size: coverage over all and over planted themes, by prevalence and where a theme came up three or four
times, under complete separation, and of lost revenue; then how often a theme is called costly where none is.
"""

import argparse
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from multiprocessing import Pool
from multiprocessing.pool import Pool as Processes
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, ndtr
from tests.truth.stakes_companies import Company, Kind, companies

from winward.engine.stakes import Exposure, Stakes, attribute, estimate, lost_revenue, shapley
from winward.engine.stakes.verdicts import discoveries

SIZES = [(40, 15), (100, 25), (300, 40), (2000, 40)]
BANDS = [(0.03, 0.05), (0.05, 0.10), (0.10, 0.20), (0.20, 0.35), (0.35, 0.50)]
LOST_EVERY = 4
IN_A_CHUNK = 25
Flags = NDArray[np.bool_]
Hits = dict[str, list[float]]


def measured(company: Company, with_lost: bool) -> Hits:
    """What one company shows; a figure's mean over all companies' entries is what the table prints."""
    started = time.process_time()
    stakes = estimate(company.exposure, seed=0)
    seconds = time.process_time() - started
    hit = (stakes.low <= company.truth) & (company.truth <= stakes.high)
    said = company.exposure.mentions.mean(axis=0)
    named, times = np.array(stakes.verdict) != "can't tell", company.exposure.mentions.sum(axis=0)
    bands = {f"covered {low:.0%}–{high:.0%}": hit[(low <= said) & (said < high)] for low, high in BANDS}
    separated = company.planted & ~company.exposure.mentions[company.exposure.won].any(axis=0)
    inside = np.isfinite(stakes.low) & (stakes.low >= -1) & np.isfinite(stakes.high) & (stakes.high <= 1)
    parts = {
        "covered": hit,
        "covered planted": hit[company.planted],
        **bands,
        "covered at 3 or 4 mentions": hit[times <= 4],
        "covered planted and separated": hit[separated],
        "inside": inside,
        "power": (np.array(stakes.verdict) == "costs")[company.planted],
        "false": [float((named & ~company.planted).sum() / max(1, named.sum()))],
        "width": stakes.high - stakes.low,
        "ms": [1000 * seconds],
        **(lost_covered(company, stakes) if with_lost else {}),
    }
    return {name: np.asarray(part, dtype=float).tolist() for name, part in parts.items()}


def lost_covered(company: Company, stakes: Stakes) -> dict[str, Flags]:
    revenue, truth = lost_revenue(stakes.fit, company.exposure.lost), company.lost_truth
    slack = 1e-4 * company.exposure.lost.amount.sum()
    hit = (revenue.low - slack <= truth) & (truth <= revenue.high + slack)
    return {"lost covered": hit, "lost covered planted": hit[company.planted]}


def calls_costly(company: Company, _: bool) -> Hits:
    """Whether each way calls any theme costly."""
    unseen = replace(company.exposure, recorded=np.zeros((len(company.exposure.won), 0)))
    ways: dict[str, Callable[[], bool]] = {
        "ours": lambda: "costs" in estimate(company.exposure, seed=0).verdict,
        "without exposure": lambda: "costs" in estimate(unseen, seed=0).verdict,
        "raw difference": lambda: raw_calls_costly(company.exposure),
    }
    return {name: [float(way())] for name, way in ways.items()}


def raw_calls_costly(exposure: Exposure) -> bool:
    """Two win rates compared by the usual z test, theme by theme, under the same control of false discoveries."""
    mentions, won = exposure.mentions.astype(float), exposure.won.astype(float)
    said = mentions.sum(axis=0)
    with_theme, without = won @ mentions / said, won @ (1 - mentions) / (len(won) - said)
    sd = np.sqrt(won.mean() * (1 - won.mean()) * (1 / said + 1 / (len(won) - said)))
    z = (with_theme - without) / sd
    return bool((discoveries(2 * ndtr(-np.abs(z))) & (z < 0)).any())


def in_chunks(how_many: int, kind: Kind, seed: int, of: Callable[[Company, bool], Hits]) -> Iterator[tuple[Any, ...]]:
    for first in range(0, how_many, IN_A_CHUNK):
        yield min(IN_A_CHUNK, how_many - first), kind, (seed, first), of


def chunk(task: tuple[Any, ...]) -> Hits:
    how_many, kind, seed, of = task
    together: Hits = {}
    for at, company in enumerate(companies(how_many, kind, seed)):
        for name, hits in of(company, at % LOST_EVERY == 0).items():
            together.setdefault(name, []).extend(hits)
    return together


def gathered(pool: Processes, how_many: int, kind: Kind, seed: int, of: Callable[[Company, bool], Hits]) -> Hits:
    together: Hits = {}
    for part in pool.imap_unordered(chunk, in_chunks(how_many, kind, seed, of)):
        for name, hits in part.items():
            together.setdefault(name, []).extend(hits)
    return together


def size_lines(pool: Processes, how_many: int, kind: Kind, seed: int) -> Iterator[str]:
    hits = gathered(pool, how_many, kind, seed, measured)
    measures = f", {kind.measures} measures of what was recorded" if kind.measures > 1 else ""
    yield f"{kind.deals} × {kind.themes}{measures}: {how_many} companies"
    for name, found in hits.items():
        if name in ("width", "ms"):
            yield f"  {name:32} {np.median(found):8.3f}"
        else:
            yield f"  {name:32} {100 * np.mean(found):7.1f}%  of {len(found)}" if found else f"  {name:32}       –"


def costly_line(pool: Processes, how_many: int, kind: Kind, seed: int) -> str:
    hits = gathered(pool, how_many, kind, seed, calls_costly)
    shares = ", ".join(f"{name} {100 * np.mean(found):.1f}%" for name, found in hits.items())
    return f"{kind.deals} × {kind.themes}, none costly, exposure {kind.exposure:+.1f}: called costly by {shares}"


def speed_lines(seed: int) -> Iterator[str]:
    company = next(companies(1, Kind(300, 40), seed))
    lost = company.exposure.lost
    stakes, fitting = timed(lambda: estimate(company.exposure, seed=0))
    _, sharing = timed(lambda: attribute(stakes.fit, lost))
    _, spreading = timed(lambda: lost_revenue(stakes.fit, lost))
    deals = f"{len(lost.won)} lost deals, {lost.mentions.sum(axis=1).mean():.0f} themes each"
    yield f"300 × 40, {deals}: estimate {fitting:.0f} ms, shares {sharing:.0f} ms, with intervals {spreading:.0f} ms"
    rng = np.random.default_rng(seed)
    base, effects = rng.normal(size=100), rng.normal(-0.5, 0.7, (100, 40))
    _, all_play = timed(lambda: shapley(base, effects))
    yield f"Shapley values of 40 themes: {all_play / 100:.2f} ms a deal"


def timed(what: Callable[[], Any]) -> tuple[Any, float]:
    """The answer, and the least processor time of five tries, in milliseconds."""
    best = np.inf
    for _ in range(5):
        started = time.process_time()
        answer = what()
        best = min(best, time.process_time() - started)
    return answer, 1000 * best


def large_line(seed: int, deals: int = 400_000, themes: int = 200) -> str:
    rng = np.random.default_rng(seed)
    recorded, prevalence = rng.normal(size=deals), rng.uniform(0.001, 0.4, themes)
    mentions = np.column_stack([rng.random(deals) < expit(np.log(p / (1 - p)) + 0.8 * recorded) for p in prevalence])
    effects = np.where(rng.random(themes) < 0.2, rng.uniform(-1, -0.1, themes), 0.0)
    won = rng.random(deals) < expit(1.5 + 0.6 * recorded + mentions @ effects)
    exposure = Exposure(mentions, won, recorded[:, None], rng.normal(size=(deals, 5)), np.ones(deals))
    clock, processor = time.perf_counter(), time.process_time()
    estimate(exposure, seed=0)
    seconds, of_processor = time.perf_counter() - clock, time.process_time() - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return f"{deals} × {themes}: {seconds:.1f} s, of the processor {of_processor:.1f} s, peak {peak:.2f} GB"


def lines(pool: Processes, how_many: int, seed: int) -> Iterator[str]:
    for deals, themes in SIZES:
        yield from size_lines(pool, how_many, Kind(deals, themes), seed)
    for deals, themes in SIZES:
        for exposure in (-0.8, 0.8):
            yield costly_line(pool, how_many // 4, Kind(deals, themes, planted=0.0, exposure=exposure), seed)
    for deals, themes in SIZES[:3]:
        yield from size_lines(pool, how_many // 4, Kind(deals, themes, measures=3), seed)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--companies", type=int, default=20, help="simulated companies a size")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--processes", type=int, default=1)
    arguments.add_argument("--large", action="store_true", help="also 400,000 deals × 200 themes")
    chosen = arguments.parse_args()
    for line in speed_lines(chosen.seed):
        print(line, flush=True)
    if chosen.large:
        print(large_line(chosen.seed), flush=True)
    with Pool(chosen.processes) as pool:
        for line in lines(pool, chosen.companies, chosen.seed):
            print(line, flush=True)


if __name__ == "__main__":
    main()
