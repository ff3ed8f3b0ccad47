"""The time of standings, a publication and pages of results with many finished tries.

    python tests/bench/standings.py [--tries 10000 100000] [--postgresql]

Prints one JSON line per size: milliseconds (best of 20, on SQLite of CPU: the machine may be shared) of the live board
(top, middle, own place), of the chapter table, of whole pages before and after publication as a member asks for them;
seconds of CPU for publishing and statistics."""

from __future__ import annotations

import argparse
import json
import logging
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import structlog  # noqa: E402
from sqlalchemy import insert, text  # noqa: E402

from app.models.contests import Attempt  # noqa: E402
from app.models.engines import database  # noqa: E402
from app.models.people import Member  # noqa: E402
from app.services.commit import writing  # noqa: E402
from app.services.contests.contests import frozen  # noqa: E402
from app.services.contests.publishing import making  # noqa: E402
from app.services.contests.results import standings, statistics  # noqa: E402
from quizzes.contest.results.boards import rank_bytes  # noqa: E402
from quizzes.contest.results.grading import Line  # noqa: E402
from quizzes.contest.taking.paper import deck, draw, written  # noqa: E402
from quizzes.engine import SECOND  # noqa: E402
from quizzes.hours import DAY  # noqa: E402
from tests.conftest import application, settings_for  # noqa: E402
from tests.contests import Held, hold, now  # noqa: E402
from tests.databases import make_schema  # noqa: E402
from tests.organisation import Organisation, browser, open_account, plant  # noqa: E402

CHANCE = random.Random(7)
SLICE = 1000
ENDED = [{"opens_at": now() - 2 * DAY, "closes_at": now() - DAY}]


PAPERS: dict[int, str] = {}


@writing
def fill(db, held: Held, org: Organisation, first: int, count: int) -> None:  # type: ignore[no-untyped-def]
    """`count` members with a finished and graded try each."""
    members, tries = [], []
    for number in range(first, first + count):
        chapter, path = (org.branch, org.path(org.branch)) if number % 3 else (org.village, org.path(org.village))
        members.append(
            {
                "id": number,
                "code": f"B{number}",
                "name": f"Nguyễn Văn {number}",
                "nickname": "",
                "public_name": f"N.V. {number}",
                "birth_year": 2004,
                "chapter_id": chapter,
                "path": path,
                "sort_key": f"{number:09}",
                "search": str(number),
                "confirmed_at": 1,
                "left_at": None,
                "erased_at": None,
                "created_at": 1,
            }
        )
        began = held.rules.waves[0].opens_at + CHANCE.randrange(80_000) * SECOND
        right, spent = CHANCE.randint(0, 6), CHANCE.randrange(30 * SECOND, 600 * SECOND)
        line = Line(number, number, 0, 1, began, began + spent, spent, right * 2, 12, right, 6, None, "", chapter, 2004)
        tries.append(
            {
                "public_id": f"b{number}",
                "contest_id": held.id,
                "no": number,
                "member_id": number,
                "wave": 0,
                "try_no": 1,
                "division": "",
                "chapter_id": chapter,
                "birth_year": 2004,
                "started_at": began,
                "closes_at": began + 600 * SECOND,
                "submitted_at": line.ended_at,
                "paper": PAPERS[held.id],
                "graded": 0,
                "counted": True,
                "ended_at": line.ended_at,
                "score": line.score,
                "most": 12,
                "correct": right,
                "of": 6,
                "rank_key": rank_bytes(held.rules, line),
            }
        )
    db.execute(insert(Member), members)
    db.execute(insert(Attempt), tries)


def best_ms(work: Callable[[], object]) -> float:
    """CPU on SQLite, which works in this process; the clock's time on PostgreSQL, which does not."""
    clock = time.process_time if database.is_sqlite else time.perf_counter
    work()
    times = []
    for _ in range(20):
        began = clock()
        work()
        times.append((clock() - began) * 1000)
    return round(min(times), 1)


def measure(url: str, tries: int, folder: Path) -> dict[str, object]:
    app = next(application(settings_for(folder, url, log="json")))
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    org = plant()
    held = hold(
        org, waves=ENDED, complaints={"window_days": 0}, prizes=[{"key": "p", "title": {"vi": "Giải"}, "count": 10}]
    )
    contest = frozen(held.id)
    PAPERS[held.id] = json.dumps(written(draw(deck(contest.rules.blueprint, contest.paper), contest.seed, 0, 1, 1)))
    for first in range(1000, 1000 + tries, SLICE):
        fill(held, org, first, min(SLICE, 1000 + tries - first))
    if not database.is_sqlite:  # as the server does by itself within minutes
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE attempt"))
    someone = 1000 + tries // 2
    found: dict[str, object] = {"engine": database.engine.dialect.name, "tries": tries}
    found["top_ms"] = best_ms(lambda: standings.board(held.id, 0))
    found["middle_ms"] = best_ms(lambda: standings.board(held.id, 0, skip=tries // 2))
    found["own_place_ms"] = best_ms(lambda: standings.board(held.id, 0, member=someone))
    found["chapters_ms"] = best_ms(lambda: standings.chapters(held.id, 0))
    open_account(someone, "bench")
    client = browser(app, someone)
    found["page_before_ms"] = best_ms(lambda: client.get(f"/contests/{held.public_id}/results"))
    began = time.process_time()
    making.publish(org.members["Chi"], held.id, "provisional")
    found["publish_cpu_s"] = round(time.process_time() - began, 1)
    began = time.perf_counter()
    client.get(f"/contests/{held.public_id}/results")
    found["first_page_after_ms"] = round((time.perf_counter() - began) * 1000, 1)
    found["page_after_ms"] = best_ms(lambda: client.get(f"/contests/{held.public_id}/results"))
    began = time.process_time()
    statistics.figures(held.id)
    found["statistics_cpu_s"] = round(time.process_time() - began, 1)
    found["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    database.dispose()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--tries", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--postgresql", action="store_true", help="on PostgreSQL, started for this")
    options = parser.parse_args()
    for tries in options.tries:
        if options.postgresql:
            from tests import services
            from tests.databases import PostgresCopies

            with (
                services.postgres() as url,
                tempfile.TemporaryDirectory() as folder,
                PostgresCopies(url).fresh(Path()) as fresh,
            ):
                print(json.dumps(measure(fresh, tries, Path(folder))), flush=True)
        else:
            with tempfile.TemporaryDirectory() as folder:
                url = f"sqlite:///{folder}/bench.db"
                make_schema(url)
                print(json.dumps(measure(url, tries, Path(folder))), flush=True)


if __name__ == "__main__":
    main()
