"""The command `churn`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from churn.data import make_table
from churn.evaluating import evaluate, fit
from churn.splitting import TableError
from churn.storing import save


def main(arguments: Sequence[str] | None = None) -> int:
    """Report on made contracts; return 0, or 1 where there are too few of them."""
    parser = argparse.ArgumentParser(prog="churn")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--customers", type=int, default=300)
    parser.add_argument("--save", type=Path, help="train a model into this new folder")
    options = parser.parse_args(arguments)
    if options.seed < 0 or options.customers < 1:
        parser.error("the seed is at least 0, and there is at least one customer")
    table = make_table(seed=options.seed, customers=options.customers)
    try:
        report = evaluate(table)
        print(f"average precision {report.score:.2f} ± {report.spread:.2f}")
        print(f"guessing          {report.baseline:.2f}")
        if options.save is not None:
            print(f"digest            {save(fit(table), options.save)}")
    except (TableError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
