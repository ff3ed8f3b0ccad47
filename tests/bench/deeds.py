"""Targets and sums of deeds at a province's size.

    python tests/bench/deeds.py [--deeds 1000000] [--part 1] [--postgresql]

Plants 5,000 chapters and 100,000 members, so many verified deeds of one year with their sums, a target that deeds fill
and one that members declare. Prints for each page the best and the middle of `TRIES` tries by the clock, the least CPU of this process
and, on PostgreSQL, the least of all processes of the database.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from sqlalchemy import text  # noqa: E402
from sqlalchemy.orm import Session  # noqa: E402

from app.models.deeds import Deed, DeedSpan, DeedSum, DeedWhole  # noqa: E402
from app.models.engines import database  # noqa: E402
from app.models.pouring import pour  # noqa: E402
from app.models.targets import Declaration  # noqa: E402
from app.services.commit import writing  # noqa: E402
from app.services.people.roles import grant_role  # noqa: E402
from app.services.province import people  # noqa: E402
from app.services.targets import looking, making  # noqa: E402
from quizzes.deeds.spans import spans_of  # noqa: E402
from quizzes.draws import Draws  # noqa: E402
from tests.conftest import application, settings_for  # noqa: E402
from tests.databases import make_schema  # noqa: E402
from tests.organisation import browser  # noqa: E402

CHAPTERS, MEMBERS, TRIES = 5_000, 100_000, 7
KINDS = ("id2", "portal", "payment", "shop", "leaflets")
COUNTED = ("id2", "portal", "payment")
BEGIN, DAYS = date(2026, 1, 1), 330
WARD = 2
"""A chapter below the province, with its branches."""


def deeds(count: int, chapters: int, members: int) -> Iterator[dict[str, Any]]:
    """Verified deeds, spread over members, kinds and days."""
    draws = Draws("deeds")
    for number in range(count):
        member = draws.below(members) + 1
        day = BEGIN + timedelta(draws.below(DAYS))
        yield {
            "member_id": member,
            "client_id": f"bench-{number}",
            "chapter_id": people.home_of(member, chapters),
            "kind": KINDS[draws.below(len(KINDS))],
            "step": "done",
            "count": 1 + draws.below(3),
            "day": day,
            "at": 1,
            "state": "good",
        }


@writing
def plant(db: Session, count: int, chapters: int, members: int) -> None:
    """Deeds with the sums that the services keep."""
    sums, spans = Counter[Any](), Counter[Any]()

    def counted() -> Iterator[dict[str, Any]]:
        for one in deeds(count, chapters, members):
            key = (one["chapter_id"], one["kind"], one["step"])
            sums[*key, one["state"]] += one["count"]
            for span in spans_of(one["day"]):
                spans[*key, *span] += one["count"]
            yield one

    def rows(names: str, found: Counter[Any]) -> Iterator[dict[str, Any]]:
        return (dict(zip(names.split(), key, strict=True)) | {"count": many} for key, many in sorted(found.items()))

    pour(db, Deed.__table__, counted())
    pour(db, DeedSum.__table__, rows("chapter_id kind step state", sums))
    pour(db, DeedSpan.__table__, rows("chapter_id kind step days first", spans))
    whole = Counter[Any]()
    for (_, *span), more in spans.items():
        whole[tuple(span)] += more
    pour(db, DeedWhole.__table__, rows("kind step days first", whole))
    said = ({"member_id": one, "what": "vneid2", "at": 1_770_000_000_000_000 + one} for one in range(1, members + 1))
    pour(db, Declaration.__table__, said)


def target(title: str, shape: str, goal: int, way: str, **more: Any) -> str:
    """A target of the whole province for the year."""
    draft = making.Draft(title, shape, goal, BEGIN, BEGIN + timedelta(DAYS), (way,), **more)
    return making.make(1, people.HEAD, draft)


def inside() -> float:
    """Seconds of CPU of all processes of the database server; 0 where there is none."""
    if database.is_sqlite:
        return 0.0
    with database.engine.connect() as connection:
        backend = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    head = stat(backend)[1]
    ticks = sum(stat(head)[11:15])
    for one in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            found = stat(int(one.name))
            ticks += sum(found[11:13]) if found[1] == head else 0
    return ticks / os.sysconf("SC_CLK_TCK")


def stat(process: int) -> list[int]:
    """The numbers of a process behind its name and state, the first being 0: 1 its parent, 11 to 14 its CPU."""
    return [0, *map(int, Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1:])]


def measured(name: str, work: Callable[[], object]) -> None:
    """One line of milliseconds."""
    clock, here, there = list[float](), list[float](), list[float]()
    for _ in range(TRIES):
        before = inside()
        began, used = time.perf_counter(), time.process_time()
        work()
        clock.append((time.perf_counter() - began) * 1000)
        here.append((time.process_time() - used) * 1000)
        there.append((inside() - before) * 1000)
    middle = statistics.median(clock)
    said = f"clock {min(clock):7.1f} to {middle:7.1f}, CPU here {min(here):7.1f}, in the database {min(there):7.1f} ms"
    print(f"{name:44} {said}", flush=True)


def measure(app: Any) -> None:
    filled = target("Người dân được hỗ trợ", "count", 1_000_000, "deeds", counts=COUNTED)
    said = target("Đoàn viên có VNeID mức 2", "percent", 10_000, "declared", base="members", declares="vneid2")
    client = browser(app, people.HEAD)
    for public_id, name in ((filled, "deeds"), (said, "declared")):
        one = looking.target(public_id)
        assert one
        for within, place in ((one.path, "province"), (people.path_of(WARD), "ward")):
            measured(f"figures of a target, {name}, {place}", lambda one=one, at=within: looking.numbers(one, at))
        measured(f"page of a target, {name}", lambda at=public_id: asked(client, f"/targets/{at}"))
    here = f"/chapters/{people.HEAD}"
    for address in ("targets", "targets/report", "targets.xlsx", "deeds", "deeds.xlsx", "deeds/desk"):
        measured(f"{here}/{address}", lambda at=address: asked(client, f"{here}/{at}"))
    measured(f"/chapters/{WARD}/targets", lambda: asked(client, f"/chapters/{WARD}/targets"))


def asked(client: Any, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"


def run(url: str, folder: Path, options: argparse.Namespace) -> None:
    app = next(application(settings_for(folder, url, log="json")))
    chapters, members, began = CHAPTERS // options.part, MEMBERS // options.part, time.monotonic()
    people.plant(chapters, members, time.time_ns() // 1000)
    plant(options.deeds, chapters, members)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE" if database.is_sqlite else "VACUUM ANALYZE"))
    grant_role(None, people.HEAD, "admin", None)
    spent, engine = time.monotonic() - began, database.engine.dialect.name
    print(f"{options.deeds:,} deeds planted in {spent:.0f} s, {engine}, load {os.getloadavg()[0]:.0f}", flush=True)
    measure(app)
    database.dispose()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--deeds", type=int, default=1_000_000)
    parser.add_argument("--part", type=int, default=1, help="only one N-th of the chapters and members")
    parser.add_argument("--postgresql", action="store_true", help="on PostgreSQL, started for this")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.postgresql:
            from tests import services
            from tests.databases import PostgresCopies

            with services.postgres() as server, PostgresCopies(server).fresh(Path()) as url:
                run(url, folder, options)
            return
        make_schema(f"sqlite:///{folder}/bench.db")
        run(f"sqlite:///{folder}/bench.db", folder, options)


if __name__ == "__main__":
    main()
