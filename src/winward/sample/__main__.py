"""`python -m winward.sample FOLDER [TRUTH_FILE]`: writes the sample company, and its truth where asked."""

import sys
from pathlib import Path

from winward.sample import write_sample

USAGE = "usage: python -m winward.sample FOLDER [TRUTH_FILE]"


def main(arguments: list[str]) -> int:
    if len(arguments) not in (1, 2):
        print(USAGE, file=sys.stderr)
        return 2
    truth = write_sample(Path(arguments[0]))
    if len(arguments) == 2:
        Path(arguments[1]).write_text(truth.to_json(), encoding="utf-8", newline="\n")
    print(f"{len(truth.deals)} deals and {len(truth.documents)} documents of a constructed company in {arguments[0]}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
