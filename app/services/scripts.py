"""From a script to a show: questions drawn, everything frozen in `created`, a PIN, the staff's tickets."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.engines import insert, now_us
from app.models.shows import JournalLine, Show
from app.services import banks, seats
from app.services.commit import reading, writing
from app.services.seats import Newcomer, Place
from quizzes import show as rules
from quizzes.draws import Draws
from quizzes.engine import N_, Event, Rejected
from quizzes.problems import Problem
from quizzes.script import check_script

SCRIPTS = Path(__file__).resolve().parents[2] / "quizzes" / "shows"
STAFF = ("host", "stage")


class BadScript(ValueError):
    """A script that cannot be played, with every problem found and its place."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(self.lines(str, problems)))
        self.problems = problems

    def lines(self, translated: Callable[[str], str], problems: Sequence[Problem] = ()) -> list[str]:
        """One line for each problem: where it is in the script, and what is wrong."""
        return [f"{'.'.join(map(str, one.path))}: {translated(one.sentence) % dict(one.about)}"
                for one in problems or self.problems]


@dataclass(frozen=True)
class Created:
    """A new show with the seats of its host and its stage."""

    show_id: int
    public_id: str
    pin: str
    title: dict[str, str]
    host: Place
    stage: Place


def available() -> dict[str, dict[str, Any]]:
    """Every shipped script by its key."""
    return {path.stem: yaml.load(path.read_bytes(), yaml.CSafeLoader) for path in sorted(SCRIPTS.glob("*.yaml"))}


def create(key: str, *, script: Mapping[str, Any] | None = None, seed: str | None = None,
           host_member_id: int | None = None, chapter_id: int | None = None,
           guests_allowed: bool = True) -> Created:
    """Make a show from a shipped script, or from `script` where one is given.

    Raises BadScript with every problem found, Rejected("no_such_script").
    """
    script = script or available().get(key)
    if script is None:
        raise Rejected("no_such_script")
    problems = check_script(script)
    if problems:
        raise BadScript(problems)
    seed = seed or secrets.token_hex(16)
    drawn = _draw_rounds(script, seed)
    event = rules.create(dict(script), drawn, seed, script["title"])
    show = _insert(key, event, script["title"], host_member_id, chapter_id, guests_allowed)
    places = {role: _staff_seat(show.show_id, role, host_member_id) for role in STAFF}
    return Created(show.show_id, show.public_id, show.pin, dict(script["title"]), places["host"], places["stage"])


def _draw_rounds(script: Mapping[str, Any], seed: str) -> list[list[dict[str, Any]]]:
    used: set[str] = set()
    rounds = []
    for index, part in enumerate(script["rounds"]):
        questions = _questions(part, Draws(seed, "questions", str(index)), used, index)
        used |= {question["id"] for question in questions if "id" in question}
        rounds.append(questions)
    return rounds


def _questions(part: Mapping[str, Any], draws: Draws, used: set[str], index: int) -> list[dict[str, Any]]:
    given = part.get("questions")
    if given:
        keys = [one for one in given if isinstance(one, str)]
        known = {question["id"]: question for question in banks.by_keys(keys)}
        missing = [one for one in keys if one not in known]
        if missing:
            sentence = N_("Không có câu hỏi %(missing)s trong các ngân hàng.")
            raise BadScript([Problem(("rounds", index, "questions"), "no_such_question", sentence,
                                     {"missing": ", ".join(missing)})])
        return [known[one] if isinstance(one, str) else dict(one) for one in given]
    wanted = dict(part["draw"])
    count = wanted.pop("count")
    pool = [question for question in banks.candidates(**wanted) if question["id"] not in used]
    if len(pool) < count:
        sentence = N_("Phần %(part)s cần %(count)s câu, các ngân hàng đã chọn chỉ có %(found)s câu dùng được.")
        raise BadScript([Problem(("rounds", index, "draw"), "too_few", sentence,
                                 {"part": index + 1, "count": count, "found": len(pool)})])
    return draws.sample(pool, count)


@dataclass(frozen=True)
class _Inserted:
    show_id: int
    public_id: str
    pin: str


@writing
def _insert(db: Session, key: str, event: Event, title: Mapping[str, str], host_member_id: int | None,
            chapter_id: int | None, guests_allowed: bool) -> _Inserted:
    at, public_id = now_us(db), secrets.token_urlsafe(16)
    for _ in range(20):  # a PIN in use is drawn again
        pin = f"{secrets.randbelow(900_000) + 100_000}"
        query = insert(db, Show).values(
            public_id=public_id, pin=pin, script=key, title=json.dumps(dict(title), ensure_ascii=False),
            chapter_id=chapter_id, host_member_id=host_member_id, guests_allowed=guests_allowed,
            created_at=at, head=1,
        ).on_conflict_do_nothing()
        if db.execute(query).rowcount:  # type: ignore[attr-defined]
            break
    else:
        raise Rejected("busy")
    show_id = db.scalars(select(Show.id).where(Show.public_id == public_id)).one()
    data = json.dumps(event.data, ensure_ascii=False, separators=(",", ":"), default=str)
    db.add(JournalLine(show_id=show_id, seq=1, at=at, actor="clock", client_id=None, part=0, step=False,
                       name=event.name, data=data))
    return _Inserted(show_id, public_id, pin)


def _staff_seat(show_id: int, role: str, member_id: int | None) -> Place:
    who = Newcomer(name=role, device=secrets.token_urlsafe(24), side="staff", role=role,
                   member_id=member_id if role == "host" else None)
    return seats.take(show_id, who)[0]


@dataclass(frozen=True)
class Listed:
    """A show as lists and pages need it."""

    show_id: int
    public_id: str
    pin: str | None
    script: str
    title: dict[str, str]
    chapter_id: int | None
    host_member_id: int | None
    guests_allowed: bool
    created_at: int
    over_at: int | None


def _listed(row: Show) -> Listed:
    return Listed(row.id, row.public_id, row.pin, row.script, json.loads(row.title), row.chapter_id,
                  row.host_member_id, row.guests_allowed, row.created_at, row.over_at)


@reading
def by_pin(db: Session, pin: str) -> Listed:
    """The show people join with this PIN, or Rejected("no_such_show")."""
    row = db.scalar(select(Show).where(Show.pin == "".join(pin.split())))
    if row is None:
        raise Rejected("no_such_show")
    return _listed(row)


@reading
def by_public_id(db: Session, public_id: str) -> Listed:
    """The show of an address, or Rejected("no_such_show")."""
    row = db.scalar(select(Show).where(Show.public_id == public_id))
    if row is None:
        raise Rejected("no_such_show")
    return _listed(row)


@reading
def by_id(db: Session, show_id: int) -> Listed:
    """The show with this number, or Rejected("no_such_show")."""
    row = db.get(Show, show_id)
    if row is None:
        raise Rejected("no_such_show")
    return _listed(row)


@reading
def newest(db: Session, limit: int = 50, *, chapter_ids: list[int] | None = None) -> list[Listed]:
    """The latest shows, all or those of some chapters."""
    query = select(Show).order_by(Show.id.desc()).limit(limit)
    if chapter_ids is not None:
        query = query.where(Show.chapter_id.in_(chapter_ids))
    return [_listed(row) for row in db.scalars(query)]


@writing
def allow_guests(db: Session, show_id: int, allowed: bool) -> None:
    """Whether people without an account may join."""
    db.get_one(Show, show_id).guests_allowed = allowed
