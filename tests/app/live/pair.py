"""Two worker processes on one PostgreSQL and one Redis of their own, and what stands in their tables."""

from __future__ import annotations

import copy
import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from app.models.engines import database
from app.services.shows import addresses, scripts
from tests import services
from tests.app.live.hall import SPEED
from tests.serving import Server
from tests.serving import serving as started

SECRET = "one key for both of the workers"


def script(questions: int, seconds: int = 0) -> dict[str, Any]:
    """A script of so many questions, each for so many seconds (0: until it is closed); the right option is called
    "đúng"."""
    made = copy.deepcopy(SPEED)
    asked = [copy.deepcopy(SPEED["rounds"][0]["questions"][n % 3]) | {"id": f"q{n}"} for n in range(questions)]
    for n, question in enumerate(asked):
        question["answer"] = 0
        question["text"] = {"vi": f"Câu hỏi {n}?"}
        question["options"] = [{"text": {"vi": word}} for word in ("đúng", "sai", "thiếu", "thừa")]
    made["rounds"][0] |= {"questions": asked, "settings": {"seconds": seconds}}
    made["settings"] = {"standings": "never"}
    return made


@dataclass
class Pair:
    """The workers, and the services that they share."""

    one: Server
    other: Server
    postgres: services.Service
    redis: services.Service

    def new_show(self, questions: int, seconds: int = 0) -> dict[str, Any]:
        """A show as `show new --json` tells of it, made without starting a process for it."""
        database.bind(self.postgres.url)
        try:
            made = scripts.create("thử", script=script(questions, seconds), seed="hạt giống")
            tickets = addresses.of(made, self.one.url, SECRET).staff_tickets
        finally:
            database.dispose()
        staff = {f"{role}_ticket": ticket for role, ticket in tickets.items()}
        return {"id": made.show_id, "show": made.public_id, "pin": made.pin, **staff}

    def fail(self, server: Server, name: str, how: str) -> Path:
        """Let a worker fail at a point; the file is gone when it has."""
        file = points(server.instance) / name
        file.write_text(how)
        return file

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """The rows that a statement finds in the tables."""
        with psycopg.connect(self.postgres.url) as db:
            return db.execute(statement, values).fetchall()

    def stored(self, show_id: int) -> list[tuple[int, int]]:
        """(no, seat) of every ballot, in order."""
        return sorted(self.rows("SELECT no, seat FROM ballot WHERE show_id = %s", show_id))

    def journal(self, show_id: int, name: str) -> list[dict[str, Any]]:
        """The data of every event of this name, in order."""
        found = self.rows("SELECT data FROM journal WHERE show_id = %s AND name = %s ORDER BY seq", show_id, name)
        return [json.loads(data) for (data,) in found]


def points(instance: Path) -> Path:
    """The folder of a worker's fail points."""
    return instance.with_name(f"{instance.name}-points")


@contextmanager
def two_workers(folder: Path) -> Iterator[Pair]:
    """Both of them while the block runs."""
    with services.own_postgres() as postgres, services.own_redis() as redis:
        variables = {"SCS_DATABASE_URL": postgres.url, "SCS_REDIS_URL": redis.url, "SCS_SECRET_KEY": SECRET}
        for name in ("one", "other"):
            points(folder / name).mkdir()
        with (
            started(folder / "one", "--no-demo", SCS_FAIL_POINTS=str(points(folder / "one")), **variables) as one,
            started(folder / "other", "--no-demo", SCS_FAIL_POINTS=str(points(folder / "other")), **variables) as other,
        ):
            yield Pair(one, other, postgres, redis)


@contextmanager
def stopped(server: Server) -> Iterator[None]:
    """The worker stands still while the block runs."""
    pid = int(server.note["pid"])
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)
