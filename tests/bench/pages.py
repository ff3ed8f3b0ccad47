"""The time of every page in a full province, and how long each holds up everything else in its process.

    python tests/bench/pages.py [--part 1] [--postgresql] [--database URL] [--only ranking] [--write]

Plants a province (or takes the one in the database at URL) and a campaign of 1+2 with a tenth of its members, asks
every address of the access table that can be asked for as a stranger, a member, an organiser of the whole province and
an administrator, three times each, and prints the slowest kind of person for each page: milliseconds of the best try,
of CPU (of this process, and on PostgreSQL of the database's too, so that the machine may be shared) and by the clock,
and the longest that the loop was held up in any try, in milliseconds of CPU between two turns of it. `--write` puts the table into
docs/performance.md."""

from __future__ import annotations

from gevent import monkey

monkey.patch_all()

import argparse  # noqa: E402
import re  # noqa: E402
import resource  # noqa: E402
import sys  # noqa: E402
import tempfile  # noqa: E402
import time  # noqa: E402
from collections.abc import Iterator  # noqa: E402
from contextlib import contextmanager  # noqa: E402
from dataclasses import dataclass, field  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

import gevent  # noqa: E402
from sqlalchemy import select  # noqa: E402
from sqlalchemy.orm import Session  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from app.live.screens import warming  # noqa: E402
from app.models.engines import database  # noqa: E402
from app.models.movement import Campaign, Teaching  # noqa: E402
from app.models.people import Member  # noqa: E402
from app.models.records import ConsentText  # noqa: E402
from app.services.commit import reading, writing  # noqa: E402
from app.services.contests.contests import by_public_id  # noqa: E402
from app.services.contests.publishing import making  # noqa: E402
from app.services.contests.results import statistics  # noqa: E402
from app.services.movement import campaigns, demo  # noqa: E402
from app.services.movement.confirming import PURPOSE  # noqa: E402
from app.services.people.consent import Wording  # noqa: E402
from app.services.people.roles import grant_role  # noqa: E402
from app.services.province.contests import OVER  # noqa: E402
from app.services.province.plan import Plan, plant  # noqa: E402
from app.serving import settle_memory, share_fairly  # noqa: E402
from quizzes.draws import Draws  # noqa: E402
from quizzes.ledger.rules import USUAL  # noqa: E402
from quizzes.movement import steps  # noqa: E402
from tests.bench import season  # noqa: E402
from tests.bench.used import Used  # noqa: E402
from tests.bench.written import write  # noqa: E402
from tests.conftest import application, settings_for  # noqa: E402
from tests.databases import make_schema  # noqa: E402
from tests.organisation import browser  # noqa: E402
from tests.province_addresses import addresses  # noqa: E402

TRIES = 3
PAGE_MS, STALL_MS = 100, 50
SOME, SLICE = 10, 500
"""One of so many members takes part in the campaign; teachings stored at a time."""


@dataclass
class Row:
    """One page: the slowest person's best time, the longest stall, what it answered."""

    address: str
    ms: float = 0.0
    clock_ms: float = 0.0
    stall_ms: float = 0.0
    size: int = 0
    statuses: set[int] = field(default_factory=set)


@reading
def moved_by(db: Session, member: int) -> dict[str, str]:
    """The public ids of the campaign and of something a member has taught; nothing where there is no campaign."""
    campaign = db.execute(select(Campaign.id, Campaign.public_id).where(Campaign.title == season.TITLE)).first()
    if campaign is None:
        return {}
    mine = select(Teaching.public_id).where(Teaching.campaign_id == campaign.id, Teaching.member_id == member)
    return {"campaign": campaign.public_id, "teaching": db.scalar(mine.limit(1)) or "none"}


def move(members: int) -> dict[str, str]:
    """A campaign of the whole province, in which the last members have taught somebody."""
    if not moved_by(members - 7):
        agree()
        now = time.time_ns() // 1000
        draft = campaigns.Draft(
            season.TITLE, tuple(demo.SERVICES.split(",")), now - 60 * steps.DAY, now + 60 * steps.DAY
        )
        number = campaigns.start(1, 1, draft, USUAL)
        rows = demo._teachings(number, taking_part(members), Draws("bench"))
        for start in range(0, len(rows), SLICE):
            demo._store(rows[start : start + SLICE])
        print(f"{len(rows)} teachings", flush=True)
    return moved_by(members - 7)


@writing
def agree(db: Session) -> None:
    """The words that the people who were taught have agreed to."""
    words = {"digest": Wording("vi", demo.TITLE).digest(PURPOSE), "purpose": PURPOSE, "lang": "vi", "words": demo.TITLE}
    db.add(ConsentText(**words))


@reading
def taking_part(db: Session, members: int) -> list[tuple[int, int]]:
    """(member, chapter) of those."""
    few = select(Member.id, Member.chapter_id).where(Member.id > members - members // SOME, Member.id <= members)
    return [(row.id, row.chapter_id) for row in db.execute(few.order_by(Member.id))]


class Beats:
    """The loop's own pulse: the most CPU this thread used between two turns of it."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.thread_time()
        gevent.spawn(self._run)

    def _run(self) -> None:
        while True:
            gevent.sleep(0.0005)
            now = time.thread_time()
            self.longest, self._last = max(self.longest, now - self._last), now

    @contextmanager
    def listening(self) -> Iterator[None]:
        gevent.sleep(0.003)
        self.longest = 0.0
        yield
        gevent.sleep(0.003)


def people(members: int) -> dict[str, int | None]:
    """One of each kind; the organiser is the whole province's."""
    admin = members - 1
    grant_role(None, admin, "admin", None)
    return {"stranger": None, "member": members - 7, "host": 2, "organiser": 1, "admin": admin}


def measure(app: Any, members: int, only: str, tries: int) -> list[Row]:
    browsers = {kind: browser(app, number) for kind, number in people(members).items()}
    used = Used()
    named = move(members) | season.plant(members - 1)
    beats, rows = Beats(), []
    for endpoint, address in [*addresses(app, named), *season.addresses(named)]:
        if not re.search(only, endpoint):
            continue
        row = Row(f"{endpoint} {address}")
        for client in browsers.values():
            times = []
            for _ in range(tries):
                statistics.forget()
                with beats.listening():
                    began, at = used.ms(), time.perf_counter()
                    answer = gevent.spawn(lambda one=client, where=address: _asked(one, where)).get()
                    times.append((used.ms() - began, (time.perf_counter() - at) * 1000))
                row.statuses.add(answer[0])
                row.size = max(row.size, answer[1])
                if answer[0] == 200:
                    row.stall_ms = max(row.stall_ms, beats.longest * 1000)
            if answer[0] == 200:
                row.ms = max(row.ms, min(cpu for cpu, _ in times))
                row.clock_ms = max(row.clock_ms, min(clock for _, clock in times))
        rows.append(row)
        print(
            f"{row.ms:8.1f} ms {row.clock_ms:8.1f} by the clock {row.stall_ms:7.1f} ms stall {row.size:>10,} B {sorted(row.statuses)} {row.address}",
            flush=True,
        )
    return rows


def _asked(client: Any, address: str) -> tuple[int, int]:
    """Status and size; a file that streams is read to its end, piece by piece as a client would."""
    answer = client.get(address, buffered=False)
    return answer.status_code, sum(len(part) for part in answer.iter_encoded())


def like_a_server(app: Any) -> None:
    """Does what a serving process does before and soon after it begins."""
    warming.warm(app)
    warming.warm_the_rest(app)
    settle_memory()
    share_fairly()


def prepared(url: str, folder: Path, part: int, planted: bool) -> Any:
    app = next(application(settings_for(folder, url, log="json")))
    if not planted:
        began = time.monotonic()
        plant(Plan(part=part), time.time_ns() // 1000)
        print(f"planted in {time.monotonic() - began:.0f} s", flush=True)
    contest = by_public_id(OVER)
    try:
        making.publish(1, contest.id, "provisional")
    except Exception as problem:
        print("not published:", problem)
    like_a_server(app)
    return app


def table(rows: list[Row], engine: str, part: int) -> str:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    slow = [row for row in rows if row.ms > PAGE_MS or row.stall_ms > STALL_MS]
    lines = [
        f"{len(rows)} addresses, {engine}, 1/{part} of a province; {len(slow)} over {PAGE_MS} ms or a stall of "
        f"{STALL_MS} ms; {memory} MB at most.",
        "",
        "| page | ms of CPU | by the clock | longest stall, ms | KB |",
        "|---|---|---|---|---|",
    ]
    for row in sorted(rows, key=lambda one: -one.ms):
        if 200 in row.statuses:
            lines.append(
                f"| {row.address} | {row.ms:.1f} | {row.clock_ms:.1f} | {row.stall_ms:.1f} | {row.size / 1024:.0f} |"
            )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--part", type=int, default=1)
    parser.add_argument("--postgresql", action="store_true", help="on PostgreSQL, started for this")
    parser.add_argument("--database", help="the address of one in which `province` has planted already")
    parser.add_argument("--only", default="", help="pages whose name matches this")
    parser.add_argument("--tries", type=int, default=TRIES)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    members = Plan(part=options.part)["members"]

    def run(url: str, folder: Path, planted: bool = False) -> None:
        rows = measure(prepared(url, folder, options.part, planted), members, options.only, options.tries)
        engine = database.engine.dialect.name
        text = table(rows, engine, options.part)
        print(text.partition("\n")[0])
        if options.write:
            write(f"pages: {engine}", text)
        database.dispose()

    if options.database:
        with tempfile.TemporaryDirectory() as folder:
            run(options.database, Path(folder), planted=True)
    elif options.postgresql:
        from tests import services
        from tests.databases import PostgresCopies

        with (
            services.postgres() as server,
            tempfile.TemporaryDirectory() as folder,
            PostgresCopies(server).fresh(Path()) as url,
        ):
            run(url, Path(folder))
    else:
        with tempfile.TemporaryDirectory() as folder:
            make_schema(f"sqlite:///{folder}/bench.db")
            run(f"sqlite:///{folder}/bench.db", Path(folder))


if __name__ == "__main__":
    main()
