"""How long a value chain takes: 100,000 draws of 60 quantities, half of them inputs, with drivers and break-even.

python -m bench.value
"""

import time

from winward.engine.value import Chain, Quantity, check, work_out

INPUTS = 30


def chain() -> Chain:
    """Thirty inputs, and thirty formulas that each take up the one before and one input."""
    inputs = [Quantity(f"x{at}", "EUR/year", 1 + at, 3 + 2 * at, source="made up") for at in range(INPUTS)]
    sums = [Quantity("y0", "EUR/year", formula="x0 + x1")]
    sums += [Quantity(f"y{at}", "EUR/year", formula=f"max(y{at - 1}, x{at}) + 0.5 * x{at}") for at in range(1, INPUTS)]
    return Chain("bench", f"y{INPUTS - 1}", (*inputs, *sums))


def main() -> None:
    checked = check(chain())
    for draws in (10_000, 100_000):
        clocks, processors = [], []
        for _ in range(5):
            clock, processor = time.perf_counter(), time.process_time()
            work_out(checked, seed=0, draws=draws)
            clocks.append(time.perf_counter() - clock)
            processors.append(time.process_time() - processor)
        print(
            f"{draws:,} draws × {2 * INPUTS} quantities, best of five: "
            f"{min(clocks):.2f} s on the clock, {min(processors):.2f} s of the processor"
        )


if __name__ == "__main__":
    main()
