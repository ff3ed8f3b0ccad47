"""The volunteer squads of Quảng Ninh from one file: 1,500 squads with 2,600 people, inside 30 teams.

    python tests/bench/squads.py [--postgresql]

Reads the file, looks at it and puts it in force. Prints the CPU of this process, of the child that reads the file, and
the clock; on PostgreSQL the database's own processes come on top.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from app.models.engines import database  # noqa: E402
from app.services.files.containers import write_csv  # noqa: E402
from app.services.lists import lists  # noqa: E402
from app.services.teams import reading  # noqa: E402
from tests import services  # noqa: E402
from tests.databases import make_schema  # noqa: E402
from tests.organisation import plant  # noqa: E402
from tests.people import CHI  # noqa: E402

TEAMS, SQUADS, PEOPLE = 30, 1_500, 2_600
HEAD = ["Tổ, đội hình", "Thuộc tổ", "Mã cơ sở", "Họ và tên"]


def file() -> bytes:
    squads = (number % SQUADS for number in range(PEOPLE))
    rows = [[f"Đội hình {one}", f"Tổ {one % TEAMS}", "KP1", f"Người Số {at}"] for at, one in enumerate(squads)]
    return write_csv([HEAD, *rows])


@contextmanager
def told(what: str) -> Iterator[None]:
    clock, cpu = time.perf_counter(), time.process_time()
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    yield
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - child
    print(
        f"{what}: CPU {time.process_time() - cpu:.2f} s, child {child:.2f} s, clock {time.perf_counter() - clock:.2f} s"
    )


def measure(url: str) -> None:
    make_schema(url)
    database.bind(url)
    org, data = plant(), file()
    with told("read and staged"):
        job = lists.start(org.members[CHI], org.province, "teams", "doi-hinh.csv", data)
    with told("put in force"):
        assert lists.confirm(org.members[CHI], job) == PEOPLE
    assert reading.sums("/") == (TEAMS, SQUADS, PEOPLE)
    database.dispose()


if __name__ == "__main__":
    if "--postgresql" in sys.argv:
        with services.postgres() as url:
            measure(url)
    else:
        with tempfile.TemporaryDirectory() as folder:
            measure(f"sqlite:///{folder}/squads.db")
