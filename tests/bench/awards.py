"""A whole batch of awards: how long it takes, how much memory, and what a restart in the middle costs.

    python tests/bench/awards.py [--count 1000] [--signed] [--postgresql]

Plants an organisation with so many members, has a batch proposed and agreed to, prints a third of it, begins again in
a new process as after a restart, and prints one line: seconds, the most memory of the process and of its children.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from sqlalchemy import select  # noqa: E402
from sqlalchemy.orm import Session  # noqa: E402

from app.models.engines import database  # noqa: E402
from app.models.people import Member  # noqa: E402
from app.services.awards import batches, printing, proposing  # noqa: E402
from app.services.awards.signing import document_key  # noqa: E402
from app.services.commit import reading as reads  # noqa: E402
from app.services.people.membership import add_member  # noqa: E402
from app.services.people.person import Person  # noqa: E402
from app.services.people.roles import grant_role  # noqa: E402
from tests.databases import PostgresCopies, make_schema  # noqa: E402
from tests.organisation import plant  # noqa: E402
from tests.people import BINH, CHI  # noqa: E402
from tests.signing import PASSPHRASE, certificate, kept  # noqa: E402

MB = 1024


def propose(url: str, count: int) -> str:
    """The public id of an accepted batch."""
    database.bind(url)
    org = plant()
    grant_role(None, org.members[BINH], "organiser", org.province)
    for number in range(count):
        add_member(None, org.branch, Person(f"Nguyễn Thị Ánh Nguyệt {number}", 2000, f"B-{number}"))
    draft = proposing.Draft(
        "certificate", "Cả mùa", "drum", "Đã tham gia cuộc thi", "Theo kết quả cả mùa.", some(count)
    )
    made = proposing.propose(org.members[CHI], org.province, draft)
    proposing.decide(org.members[BINH], made, True)
    database.dispose()
    return made


@reads
def some(db: Session, count: int) -> list[tuple[str, str]]:
    return [(code, "Giải Nhất") for code in db.scalars(select(Member.code).where(Member.code.like("B-%")).limit(count))]


def work(url: str, batch: str, key: str, most: int | None) -> dict[str, object]:
    """One process that prints: what a server's worker does beside its loop."""
    database.bind(url)
    document_key.bind(Path(key) if key else None, PASSPHRASE, None)
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    printing.print_due(most)
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    mine = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "printed": batches.progress(batch),
        "s": round(time.monotonic() - began, 1),
        "cpu_s": round(child.ru_utime + child.ru_stime, 1),
        "process_mb": mine.ru_maxrss // MB,
        "grew_mb": (mine.ru_maxrss - before) // MB,
        "child_mb": child.ru_maxrss // MB,
    }


def run(url: str, count: int, key: str) -> None:
    batch = propose(url, count)
    for most in (count // printing.SLICE // 3, None):
        command = [sys.executable, __file__, "--work", url, batch, key, str(most or "")]
        done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
        print(done.stdout.strip(), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--signed", action="store_true", help="with a key of its own")
    parser.add_argument("--postgresql", action="store_true", help="on PostgreSQL, started for this")
    parser.add_argument("--work", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        url, batch, key, most = options.work
        print(json.dumps(work(url, batch, key, int(most) if most else None)))
        return
    with tempfile.TemporaryDirectory() as folder:
        key = str(kept(Path(folder), "site", certificate("Trang Thử"))) if options.signed else ""
        if options.postgresql:
            from tests import services

            with services.postgres() as server, PostgresCopies(server).fresh(Path()) as url:
                run(url, options.count, key)
        else:
            url = f"sqlite:///{folder}/bench.db"
            make_schema(url)
            run(url, options.count, key)


if __name__ == "__main__":
    main()
