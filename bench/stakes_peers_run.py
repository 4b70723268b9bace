"""Logistic regressions of simulated companies by statsmodels and by firthmodels, with average marginal effects.

    PYTHON -P bench/stakes_peers_run.py COMPANIES.npz FOUND.npz

It needs nothing of Winward, so that peers can run it with an interpreter of theirs. Seconds are of the processor.
"""

import sys
import time
import warnings
from collections.abc import Callable

import numpy as np

Z90 = 1.6449
Found = tuple[np.ndarray, np.ndarray, np.ndarray]  # effect, low, high of each theme; NaN where there is no answer


def by_statsmodels(x: np.ndarray, won: np.ndarray, themes: int) -> Found:
    """Maximum likelihood; the change of a flag from 0 to 1 averaged over deals, its interval by the delta method."""
    import statsmodels.api as sm

    fitted = sm.Logit(won.astype(float), x).fit(disp=0, maxiter=100)
    if not fitted.mle_retvals["converged"]:
        raise ArithmeticError("did not converge")
    effects = fitted.get_margeff(at="overall", dummy=True)
    effect, se = effects.margeff[-themes:], effects.margeff_se[-themes:]
    return effect, effect - Z90 * se, effect + Z90 * se


def by_firthmodels(x: np.ndarray, won: np.ndarray, themes: int) -> Found:
    """Firth's penalty; the coefficient's Wald interval carried over to the average change of a flag from 0 to 1."""
    from firthmodels import FirthLogisticRegression

    fitted = FirthLogisticRegression(max_iter=200).fit(x[:, 1:], won)
    bounds = np.asarray(fitted.conf_int(alpha=0.10, method="wald"))
    coefficients = (
        np.concatenate([fitted.intercept_, fitted.coef_])
        if np.ndim(fitted.intercept_)
        else np.append(fitted.intercept_, fitted.coef_)
    )
    columns = range(x.shape[1] - themes, x.shape[1])
    at = [[coefficients[c], *bounds[c - 1]] for c in columns]
    told = np.array([[average_change(x, coefficients, c, value) for value in at[n]] for n, c in enumerate(columns)])
    return told[:, 0], told[:, 1], told[:, 2]


def average_change(x: np.ndarray, coefficients: np.ndarray, column: int, value: float) -> float:
    without = x @ coefficients - x[:, column] * coefficients[column]
    return float((chance(without + value) - chance(without)).mean())


def chance(log_odds: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(log_odds, -500, 500)))


def tried(way: Callable[..., Found], x: np.ndarray, won: np.ndarray, themes: int) -> tuple[np.ndarray, float]:
    started = time.process_time()
    try:
        answer = np.array(way(x, won, themes))
    except Exception as refused:  # what peers raise under separation differs with their version
        print(f"{way.__name__}: {type(refused).__name__}: {str(refused)[:80]}", file=sys.stderr)
        answer = np.full((3, themes), np.nan)
    return answer, time.process_time() - started


def main() -> None:
    companies, found_at = np.load(sys.argv[1]), sys.argv[2]
    found: dict[str, np.ndarray] = {}
    warnings.simplefilter("ignore")
    for at in range(int(companies["many"])):
        x, won = companies[f"x{at}"], companies[f"won{at}"]
        for way in (by_statsmodels, by_firthmodels):
            answer, seconds = tried(way, x, won, int(companies["themes"]))
            found[f"{way.__name__}{at}"], found[f"{way.__name__}{at}seconds"] = answer, np.array(seconds)
    np.savez(found_at, **found)


if __name__ == "__main__":
    main()
