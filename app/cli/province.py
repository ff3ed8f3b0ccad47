"""Fill an empty instance with an invented province at full size, to try how everything stands it.

    python3 -m app province                5,000 chapters, 100,000 members, 1,000,000 entries, 500 shows, 100,000 tries
    python3 -m app province --part 50      a fiftieth of each

Only into an instance that has no member, no show and no entry yet. The same rows every time, but for the day they
end on. Nobody in it has a password; the next start prints the link for a first administrator.
"""

from __future__ import annotations

import argparse
import json
import sys
import time

from app.cli import Stop


def run(argv: list[str]) -> int:
    """Plant it and say how many rows of each kind there are."""
    parser = argparse.ArgumentParser("python3 -m app province", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--part", type=int, default=1, metavar="N", help="only one N-th of everything (1)")
    parser.add_argument("--json", action="store_true", help="one line for programs")
    options = parser.parse_args(argv)
    from app.cli import site
    from app.services.province.plan import Plan, plant
    from quizzes.refusals import Rejected

    site.prepared()
    began = time.monotonic()

    def told(what: str, rows: int) -> None:
        print(f"{time.monotonic() - began:6.1f} s  {rows:>9,} {what}", file=sys.stderr)

    try:
        done = plant(Plan(part=max(1, options.part)), time.time_ns() // 1000, told)
    except Rejected as refusal:
        if refusal.code != "not_empty":
            raise
        raise Stop(
            "Chỉ trồng vào thư mục còn trống: đã có đoàn viên, chương trình hoặc điểm. / Only an empty instance "
            "can be filled: this one has members, shows or points."
        ) from None
    print(json.dumps(done) if options.json else "\n".join(f"{rows:>9,} {what}" for what, rows in done.items()))
    return 0
