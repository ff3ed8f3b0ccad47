"""A list of people without member codes: read, confirmed and read again, on PostgreSQL.

    .venv/bin/python -m tests.bench.lists [--rows 20000]

CPU of this process, of the child that opens the file and of the database; the longest stretch of CPU in which nobody
else in the process has a turn; the most memory of this process and of the child.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import psutil
from sqlalchemy import event

from app.models.engines import database
from app.services import commit
from app.services.files.containers import Page, write_xlsx
from app.services.people.imports import imports
from app.services.people.tree import Draft, add_chapter
from tests import organisation, services
from tests.databases import make_schema
from tests.people import CHI

CHAPTERS = 300
FAMILIES = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
]
MIDDLES = [
    "Văn",
    "Thị",
    "Ngọc",
    "Minh",
    "Thu",
    "Hữu",
    "Đức",
    "Thanh",
    "Quang",
    "Hồng",
    "Xuân",
    "Kim",
    "Gia",
    "Bảo",
    "Anh",
    "Tuấn",
]
GIVEN = [
    "An",
    "Bình",
    "Chi",
    "Dũng",
    "Giang",
    "Hà",
    "Hải",
    "Hạnh",
    "Hiếu",
    "Hòa",
    "Hùng",
    "Hương",
    "Khánh",
    "Lan",
    "Linh",
    "Long",
    "Mai",
    "Nam",
    "Nga",
    "Phong",
    "Phúc",
]


def person(n: int) -> list[Any]:
    names = FAMILIES[n % 16], MIDDLES[n // 16 % 16], MIDDLES[n // 256 % 16], GIVEN[n // 4096 % 21], GIVEN[n % 21]
    return [n + 1, " ".join(names), f"{n % 28 + 1:02}/{n % 12 + 1:02}/{1996 + n % 14}", f"Chi đoàn {n % CHAPTERS + 1}"]


class Stretches:
    """The longest stretch of CPU between two turns that others had: a statement waited for, or a breath."""

    def __init__(self) -> None:
        self.longest, self.since = 0.0, time.process_time()
        breathe = commit.breathe

        def breathed() -> None:
            self.end()
            breathe()
            self.begin()

        for module in list(sys.modules.values()):
            if getattr(module, "breathe", None) is breathe:
                module.breathe = breathed  # type: ignore[attr-defined]
        event.listen(database.engine, "before_cursor_execute", lambda *_: self.end())
        event.listen(database.engine, "after_cursor_execute", lambda *_: self.begin())

    def begin(self) -> None:
        self.since = time.process_time()

    def end(self) -> None:
        self.longest = max(self.longest, time.process_time() - self.since)


def of_database() -> float:
    found = (one for one in psutil.process_iter(["name"]) if (one.info["name"] or "").startswith("postgres"))
    return sum(sum(one.cpu_times()[:2]) for one in found)


def step(name: str, stretches: Stretches, work: Callable[[], Any]) -> Any:
    stretches.longest, here, child, there = 0.0, time.process_time(), sum(os.times()[2:4]), of_database()
    stretches.begin()
    result = work()
    stretches.end()
    here, child = time.process_time() - here, sum(os.times()[2:4]) - child
    mine, other = (
        resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(
        f"{name:12} {here:5.1f} s, child {child:.1f} s, database {of_database() - there:.1f} s, longest stretch "
        f"{stretches.longest * 1000:.0f} ms, at most {mine} MB, child {other} MB"
    )
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    rows = parser.parse_args().rows
    data = write_xlsx([Page("DS", [["STT", "Họ và tên", "Ngày sinh", "Chi đoàn"], *map(person, range(rows))])])
    with services.own_postgres() as server:
        make_schema(server.url)
        database.bind(server.url)
        org = organisation.plant()
        for n in range(CHAPTERS):
            add_chapter(None, org.ward, Draft(f"Chi đoàn {n + 1}", "chi_doan", f"C{n + 1}"))
        stretches, chi = Stretches(), org.members[CHI]
        read = lambda: imports.start(chi, org.province, "members", "ds.xlsx", data)  # noqa: E731
        job = step("read", stretches, read)
        print(imports.job(job).counts)
        step("confirm", stretches, lambda: imports.confirm(chi, job))
        print(imports.job(step("read again", stretches, read)).counts)
        database.dispose()


if __name__ == "__main__":
    main()
