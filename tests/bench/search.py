"""The time of a search among 100,000 questions, on SQLite and on PostgreSQL.

    python tests/bench/search.py [--questions 100000] [--postgresql]

Plants a bank of variants of the shipped questions, then looks for words people type, rare and common, with marks and
without, and prints the median and the worst of five tries with how many were found: milliseconds of CPU, of this
process and, on PostgreSQL, of the one that serves it; beside them the median by the clock.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import psutil  # noqa: E402
from sqlalchemy import text  # noqa: E402
from sqlalchemy.orm import Session  # noqa: E402

from app.models.bank import Bank, Question  # noqa: E402
from app.models.engines import database, now_us  # noqa: E402
from app.models.pouring import pour  # noqa: E402
from app.services.banks import banks, own_banks, question_lists, question_words  # noqa: E402
from app.services.commit import writing  # noqa: E402
from tests import services  # noqa: E402
from tests.databases import make_schema  # noqa: E402

SOUGHT = (
    "dinh danh dien tu", "định danh điện tử", "duong", "đường", "so", "số", "nam", "công dân số", "an toan thong tin",
    "luat 2025", "nghi quyet 57", "thứ 4711", "khong co cau nao nhu the", "ma otp ngan", "c",
)  # fmt: skip
TRIES = 5
TIMES = 10
"""Searches of a try: the system counts hundredths of a second of another process."""


@writing
def plant(db: Session, count: int) -> int:
    shipped = [
        one
        for path in sorted(banks.SHIPPED.glob("*.yaml"))
        for one in banks.read_file(path.name, path.read_bytes()).drafts
    ]
    now = now_us(db)
    bank = Bank(key="many", title='{"vi": "Nhiều câu"}', public=True, updated_at=now)
    db.add(bank)
    db.flush()
    bank_id = bank.id
    pour(db, Question.__table__, (row(bank_id, shipped[n % len(shipped)], n, now) for n in range(count)))  # type: ignore[arg-type]
    return bank_id


def row(bank_id: int, question: dict[str, object], n: int, now: int) -> dict[str, object]:
    body = question | {"id": f"q-{n}", "text": {"vi": f"{question['text']['vi']} (câu thứ {n})"}}  # type: ignore[index]
    return {
        "id": 10**6 + n,
        "bank_id": bank_id,
        "key": body["id"],
        "type": body["type"],
        "topic": body["topic"],
        "difficulty": body["difficulty"],
        "state": "approved",
        "valid_from": None,
        "valid_to": None,
        "body": json.dumps(body, ensure_ascii=False, default=str),
        "author_id": None,
        "updated_at": now,
    }


def spent() -> Callable[[], float]:
    """Seconds of CPU of this process and of those of the database that serve it."""
    with database.engine.connect() as connection:
        query = text("SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'")
        serving = [] if database.is_sqlite else [psutil.Process(pid) for pid in connection.scalars(query)]
    return lambda: time.process_time() + sum(sum(one.cpu_times()[:2]) for one in serving)


def measure(url: str, count: int) -> float:
    make_schema(url)
    database.bind(url)
    began = time.perf_counter()
    bank_id = plant(count)
    planted = time.perf_counter()
    question_words.fill()
    print(
        f"{database.engine.dialect.name}: {count} questions in {planted - began:.1f} s, "
        f"their words in {time.perf_counter() - planted:.1f} s"
    )
    if not database.is_sqlite:
        with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text("VACUUM ANALYZE"))
    worst, clock = 0.0, spent()
    for words in SOUGHT:
        for name, search in (
            ("bank", lambda said=words: own_banks.questions(bank_id, words=said)[1]),
            ("draft", lambda said=words: own_banks.questions(bank_id, words=said, state="draft")[1]),
            ("all", lambda said=words: len(question_lists.found(1, said))),
        ):
            times, waits = [], []
            for _ in range(TRIES):
                began, since = clock(), time.perf_counter()
                for _ in range(TIMES):
                    found = search()
                waits.append((time.perf_counter() - since) * 1000 / TIMES)
                times.append((clock() - began) * 1000 / TIMES)
            worst = max(worst, median(times))
            took = f"{median(times):7.1f} ms, worst {max(times):7.1f} ms, by the clock {median(waits):7.1f} ms"
            print(f"  {words:28} {name:6} {found:5} found  {took}")
    database.dispose()
    return worst


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=100_000)
    parser.add_argument("--postgresql", action="store_true")
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        url = stack.enter_context(services.postgres()) if options.postgresql else f"sqlite:///{folder}/search.db"
        print(f"worst median {measure(url, options.questions):.1f} ms")


if __name__ == "__main__":
    main()
