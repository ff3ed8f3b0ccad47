"""A database in the middle of life, made by the code of this checkout: what a version leaves for those after it.

    python -m tests.versions.plant 0.2.0        in the checkout of the tagged version; writes tests/versions/0.2.0/

`told.json` holds what that code says of its data: what later versions have to say, too. Sessions and the contest last
until 2100, and the question on the stage has no deadline, so that the files serve in any year.
"""

from __future__ import annotations

import json
import lzma
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Text, select, text
from sqlalchemy.orm import Session

from app.models.base import Base
from app.models.engines import database
from app.services import points
from app.services.commit import writing
from app.services.contests.publishing import making, publications, signing
from app.services.contests.publishing import points as contest_points
from app.services.contests.results import grading
from app.services.contests.taking import views
from app.services.people import consent, links, passwords
from app.services.people.imports import imports
from app.services.people.sign_ins import begin, who
from app.services.shows import results, seat_claims
from quizzes import show as rules
from quizzes.hours import DAY, HOUR
from tests import services
from tests.app.services.contests.taking.taker import Taker
from tests.app.services.shows.playing import Play
from tests.conftest import forget_shows
from tests.contests import hold, now
from tests.databases import make_schema
from tests.finished import sit
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI, DUNG

HERE = Path(__file__).resolve().parent
IN_2100 = 4_102_444_800_000_000
PASSWORD = "mật khẩu của An"
PRIZE = {"key": "nhat", "title": {"vi": "Giải Nhất"}, "points": 100}


def fill() -> dict[str, Any]:
    """Fill the bound, empty database, and tell what is to be found in it."""
    signing.signer.bind("một bí mật của lần thử")
    org = plant()
    told: dict[str, Any] = people(org) | {"finished": finished_show(org), "running": running_show(org)}
    told |= contests(org) | {"season": time.gmtime().tm_year}
    one_row_in_each_other_table()
    return json.loads(json.dumps(told | said(told)))


def people(org: Organisation) -> dict[str, Any]:
    """Somebody who is signed in, with a password and consents; an invitation; a file that waits for a yes."""
    an, binh, chi = (org.members[name] for name in (AN, BINH, CHI))
    words = {key: consent.Wording("vi", words) for key, (_, words) in consent.PURPOSES.items()}
    consent.decide_consents(an, {"contest": True, "ranking": True}, words, consent.Proof("a", "d"))
    password_of(an, passwords.hashed(PASSWORD))
    token = begin(an, "Chrome, Android")
    last_until_2100()
    links.invite(binh, org.branch, 3)
    imports.start(
        chi,
        org.province,
        "members",
        "doan-vien.csv",
        "Mã đoàn viên,Họ tên,Năm sinh,Mã cơ sở\nDV-9,Trần Văn Giang,2005,KP1\n".encode(),
    )
    return {"members": org.members, "session": token}


@writing
def password_of(db: Session, member_id: int, password_hash: str) -> None:
    said = {"hash": password_hash, "id": member_id}
    db.execute(text("UPDATE account SET password_hash = :hash WHERE member_id = :id"), said)


@writing
def last_until_2100(db: Session) -> None:
    db.execute(text("UPDATE sign_in SET ends_at = :at, seen_at = :at"), {"at": IN_2100})


def finished_show(org: Organisation) -> int:
    """A show that is over and posted: An was right, Bình wrong, one adjustment with its reason."""
    play = Play(questions=2, members={name: org.members[name] for name in (AN, BINH)}).until("open")
    play.answer(1)
    play.answer(2, 1)
    play.until("revealed").host("adjust", seat=2, points=30, reason="đã trả lời đúng bằng lời")
    play.until("over")
    assert results.post_due() == 1
    return play.show_id


def running_show(org: Organisation) -> int:
    """A show with an open question: An has answered, and another device asks for the seat of Chi, a guest."""
    play = Play(questions=3, members={name: org.members[name] for name in (AN, BINH)}).until("open")
    play.answer(1)
    seat_claims.ask(play.show_id, CHI, "another device of Chi")
    return play.show_id


def contests(org: Organisation) -> dict[str, Any]:
    """A contest open until 2100 in which An has saved answers, and one that is published and posted."""
    held = hold(org, waves=[{"opens_at": now() - HOUR, "closes_at": IN_2100}])
    taker = Taker(held, org.members[AN])
    taker.begin(HOUR // 1_000_000)
    for place in (0, 1):
        taker.send(taker.line("answer", 3601 + place, place, taker.choice(place)))
    ended = hold(
        org,
        waves=[{"opens_at": now() - 9 * DAY, "closes_at": now() - 8 * DAY}],
        prizes=[PRIZE],
        complaints={"window_days": 0},
    )
    for name, right in ((AN, 5), (BINH, 4), (DUNG, 4)):
        sit(ended, org.members[name], right=right)
    grading.grade_due(now())
    for state in (publications.PROVISIONAL, publications.OFFICIAL):
        making.publish(org.members[CHI], ended.id, state)
    contest_points.post_due()
    return {"contest": held.id, "attempt": taker.attempt, "published": ended.id}


@writing
def one_row_in_each_other_table(db: Session) -> None:
    """No table stays empty; a worker would be taken for one that died."""
    for table in Base.metadata.sorted_tables:
        if table.name != "worker" and db.execute(table.select().limit(1)).first() is None:
            own = table.autoincrement_column  # the database numbers it
            row = {one.name: of_type(one.type) for one in table.columns if one is not own}
            told = {one.name: next(iter(one.foreign_keys)).column for one in table.columns if one.foreign_keys}
            row |= {
                name: db.scalar(select(there).limit(1)) for name, there in told.items() if isinstance(row[name], str)
            }
            db.execute(table.insert().values(row))


def of_type(kind: Any) -> Any:
    """Some value of a column's type. Everything there is has a number 1; texts without a length hold JSON."""
    if isinstance(kind, JSON):
        return {}
    if isinstance(kind, Text):
        return "[]"
    return date(2026, 11, 29) if kind.python_type is date else kind.python_type(1)


def said(told: dict[str, Any]) -> dict[str, Any]:
    """What the services of this checkout say of the data."""
    shows_record = {name: results.record(told[name]) for name in ("finished", "running")}
    states = {name: results.replay(record) for name, record in shows_record.items()}
    return {
        "session_of": getattr(who(told["session"]), "name", None),
        "results": {name: rules.results(state) for name, (state, _) in states.items()},
        "phases": {name: state.phase for name, (state, _) in states.items()},
        "differences": [problem for _, problems in states.values() for problem in problems],
        "answers": {
            str(place): one.choice
            for place, one in views.sheet(told["attempt"], told["members"][AN], now()).answers.items()
        },
        "balances": {name: points.balance(number, told["season"]) for name, number in told["members"].items()},
        "ranking": [[one.name, one.points] for one in points.chapter_ranking(season=told["season"])],
        "ledger": points.verify(),
    }


def main(version: str) -> None:
    """Write the files of this version."""
    folder = HERE / version
    folder.mkdir()
    with tempfile.TemporaryDirectory() as scratch, services.own_postgres() as server:
        file = Path(scratch) / "sanchoi.db"
        told = {"sqlite": filled(f"sqlite:///{file}"), "postgresql": filled(server.url)}
        with closing(sqlite3.connect(file, isolation_level=None)) as db:
            db.execute("VACUUM INTO ?", [f"{scratch}/small.db"])
        dump = subprocess.run(
            ["pg_dump", "--inserts", "--no-owner", "--no-privileges", server.url],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        lines = [
            line for line in dump.splitlines() if not line.startswith(("\\", "SET ", "SELECT pg_catalog.set_config"))
        ]
        (folder / "sqlite.db.xz").write_bytes(lzma.compress(Path(f"{scratch}/small.db").read_bytes(), preset=9))
        (folder / "postgresql.sql.xz").write_bytes(lzma.compress("\n".join(lines).encode(), preset=9))
        (folder / "told.json").write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n")


def filled(url: str) -> dict[str, Any]:
    make_schema(url)
    database.bind(url)
    forget_shows()
    try:
        return fill()
    finally:
        database.dispose()


if __name__ == "__main__":
    main(sys.argv[1])
