"""From a script to a show: questions drawn, everything frozen in `created`, a PIN, the staff's tickets."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.engines import insert, now_us
from app.models.shows import JournalLine, Show
from app.services.banks import banks
from app.services.banks.question_use import _use_in_show
from app.services.commit import writing
from app.services.shows import seats
from app.services.shows.seats import Newcomer, Place
from quizzes import show as rules
from quizzes.draws import Draws
from quizzes.engine import Event
from quizzes.problems import Problem
from quizzes.refusals import N_, Rejected
from quizzes.script import check_script
from quizzes.siblings import apart, unit

SCRIPTS = Path(__file__).resolve().parents[3] / "quizzes" / "shows"
STAFF = ("host", "stage")


class BadScript(ValueError):
    """A script that cannot be played, with every problem found and its place."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(self.lines(str, problems)))
        self.problems = problems

    def lines(self, translated: Callable[[str], str], problems: Sequence[Problem] = ()) -> list[str]:
        """One line for each problem: where it is in the script, and what is wrong."""
        return [
            f"{'.'.join(map(str, one.path))}: {translated(one.sentence) % dict(one.about)}"
            for one in problems or self.problems
        ]


@dataclass(frozen=True)
class Created:
    """A new show with the seats of its host and its stage."""

    show_id: int
    public_id: str
    pin: str
    title: dict[str, str]
    host: Place
    stage: Place


@cache
def available() -> Mapping[str, dict[str, Any]]:
    """Every shipped script by its key; read once, nobody changes them."""
    return {path.stem: yaml.load(path.read_bytes(), yaml.CSafeLoader) for path in sorted(SCRIPTS.glob("*.yaml"))}


def create(
    key: str,
    *,
    script: Mapping[str, Any] | None = None,
    seed: str | None = None,
    host_member_id: int | None = None,
    chapter_id: int | None = None,
    guests_allowed: bool = True,
) -> Created:
    """Make a show from a shipped script, or from `script` where one is given.

    Raises BadScript with every problem found, Rejected("no_such_script", "in_a_contest").
    """
    script = script or available().get(key)
    if script is None:
        raise Rejected("no_such_script")
    problems = check_script(script)
    if problems:
        raise BadScript(problems)
    seed = seed or secrets.token_hex(16)
    drawn, numbers = _draw_rounds(script, seed, host_member_id)
    event = rules.create(dict(script), drawn, seed, script["title"])
    show = _insert(key, event, script["title"], host_member_id, chapter_id, guests_allowed, numbers)
    places = {role: _staff_seat(show.show_id, role, host_member_id) for role in STAFF}
    return Created(show.show_id, show.public_id, show.pin, dict(script["title"]), places["host"], places["stage"])


def _draw_rounds(
    script: Mapping[str, Any], seed: str, host_id: int | None
) -> tuple[list[list[dict[str, Any]]], set[int]]:
    """The questions of each round, and the numbers of those that come from banks. Named ones come first, so that
    none of them, and no sibling of theirs, is drawn beside them."""
    used: dict[str, int | None] = {}
    parts = list(enumerate(script["rounds"]))
    rounds = {index: _given(part["questions"], used, index, host_id) for index, part in parts if part.get("questions")}
    for index, part in parts:
        if index not in rounds:
            asked = {unit(one) for questions in rounds.values() for one in questions if one.get("siblings")}
            rounds[index] = _drawn(part, seed, used, asked, index, host_id)
    return [rounds[index] for index in sorted(rounds)], {number for number in used.values() if number is not None}


def _given(given: Sequence[Any], used: dict[str, int | None], index: int, host_id: int | None) -> list[dict[str, Any]]:
    """Questions named by the script, or written in it. `used` grows: question id -> its number in the banks."""
    known = banks.by_keys([one for one in given if isinstance(one, str)], host_id)
    missing = [one for one in given if isinstance(one, str) and one not in known]
    if missing:
        sentence = N_("Không có câu hỏi %(missing)s trong các ngân hàng.")
        raise BadScript(
            [Problem(("rounds", index, "questions"), "no_such_question", sentence, {"missing": ", ".join(missing)})]
        )
    asked = [key for key, one in known.items() if one.in_contest]
    if asked:
        sentence = N_("Câu hỏi %(asked)s đang dùng trong một cuộc thi chưa kết thúc.")
        raise BadScript(
            [Problem(("rounds", index, "questions"), "in_a_contest", sentence, {"asked": ", ".join(asked)})]
        )
    used.update({str(one["id"]): None for one in given if not isinstance(one, str) and "id" in one})
    used.update({key: one.id for key, one in known.items()})
    return [known[one].question if isinstance(one, str) else dict(one) for one in given]


def _drawn(
    part: Mapping[str, Any], seed: str, used: dict[str, int | None], asked: set[str], index: int, host_id: int | None
) -> list[dict[str, Any]]:
    """Questions drawn from the host's banks; what an open contest asks is passed over, and siblings of what the show
    asks already (`asked`)."""
    wanted = dict(part["draw"])
    count = wanted.pop("count")
    found = banks.candidates(**wanted, host_id=host_id)
    free = {str(one.question["id"]): one for one in found if not one.in_contest and one.question["id"] not in used}
    lone = apart([one.question for one in free.values()], Draws(seed, "siblings", str(index)), asked)
    pool = [free[str(question["id"])] for question in lone]
    if len(pool) < count:
        about = {"part": index + 1, "count": count, "found": len(pool), "busy": sum(one.in_contest for one in found)}
        sentence = N_("Phần %(part)s cần %(count)s câu, các ngân hàng đã chọn chỉ có %(found)s câu dùng được.")
        if about["busy"]:
            sentence = N_(
                "Phần %(part)s cần %(count)s câu, các ngân hàng đã chọn chỉ có %(found)s câu dùng được; "
                "%(busy)s câu khác đang dùng trong cuộc thi chưa kết thúc."
            )
        raise BadScript([Problem(("rounds", index, "draw"), "too_few", sentence, about)])
    drawn = Draws(seed, "questions", str(index)).sample(pool, count)
    used.update({str(one.question["id"]): one.id for one in drawn})
    return [one.question for one in drawn]


@dataclass(frozen=True)
class _Inserted:
    show_id: int
    public_id: str
    pin: str


@writing
def _insert(
    db: Session,
    key: str,
    event: Event,
    title: Mapping[str, str],
    host_member_id: int | None,
    chapter_id: int | None,
    guests_allowed: bool,
    question_ids: set[int],
) -> _Inserted:
    at, public_id = now_us(db), secrets.token_urlsafe(16)
    row = {
        "public_id": public_id,
        "script": key,
        "title": json.dumps(dict(title), ensure_ascii=False),
        "chapter_id": chapter_id,
        "host_member_id": host_member_id,
        "guests_allowed": guests_allowed,
        "created_at": at,
        "head": 1,
    }
    pin = _insert_with_pin(db, row)
    show_id = db.scalars(select(Show.id).where(Show.public_id == public_id)).one()
    _use_in_show(db, show_id, question_ids)
    data = json.dumps(event.data, ensure_ascii=False, separators=(",", ":"), default=str)
    db.add(
        JournalLine(
            show_id=show_id, seq=1, at=at, actor="clock", client_id=None, part=0, step=False, name=event.name, data=data
        )
    )
    return _Inserted(show_id, public_id, pin)


def _insert_with_pin(db: Session, row: dict[str, Any]) -> str:
    for _ in range(20):  # a PIN in use is drawn again
        pin = f"{secrets.randbelow(900_000) + 100_000}"
        query = insert(db, Show).values(**row, pin=pin).on_conflict_do_nothing()
        if db.execute(query).rowcount:  # type: ignore[attr-defined]
            return pin
    raise Rejected("busy")


def _staff_seat(show_id: int, role: str, member_id: int | None) -> Place:
    who = Newcomer(
        name=role,
        device=secrets.token_urlsafe(24),
        side="staff",
        role=role,
        member_id=member_id if role == "host" else None,
    )
    return seats.take(show_id, who)[0]


@writing
def allow_guests(db: Session, show_id: int, allowed: bool) -> None:
    """Whether people without an account may join."""
    db.get_one(Show, show_id).guests_allowed = allowed
