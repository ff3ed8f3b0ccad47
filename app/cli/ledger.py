"""Check the ledger: ledger verify (chain and balances, in bounded memory; 1 when something does not fit)"""

from __future__ import annotations

import argparse
import json


def run(argv: list[str]) -> int:
    """Print what does not fit, or that everything does."""
    parser = argparse.ArgumentParser("python3 -m app ledger", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("command", choices=["verify"])
    parser.add_argument("--json", action="store_true", help="for programs")
    options = parser.parse_args(argv)
    from app.cli import site
    from app.services import points

    site.prepared()
    problems = points.verify()
    if options.json:
        print(json.dumps({"holds": not problems, "problems": problems}))
    else:
        print("\n".join(problems) or "Sổ điểm đúng. / The ledger holds.")
    return 1 if problems else 0
