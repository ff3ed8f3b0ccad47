"""From a script to a show: questions drawn, everything frozen in `created`, a PIN, the staff's tickets."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.engines import insert, now_us
from app.models.shows import JournalLine, Show
from app.services.banks import media
from app.services.banks.question_use import use_in_show_in
from app.services.commit import writing
from app.services.shows import seats
from app.services.shows.asked import POINTS, REHEARSAL, Asker, BadScript, draw_rounds
from app.services.shows.seats import Newcomer, SeatLine
from app.services.tokens import new_address_id
from quizzes import show as rules
from quizzes.engine import Event
from quizzes.formats import FORMATS
from quizzes.refusals import Rejected
from quizzes.script import check_script

SCRIPTS = Path(__file__).resolve().parents[3] / "quizzes" / "shows"
STAFF, MOST_STAFF = ("host", "stage"), 20
REHEARSED = {"vi": "(tập dượt)", "en": "(rehearsal)"}


@dataclass(frozen=True)
class Created:
    """A new show with the seats of its host and its stage."""

    show_id: int
    public_id: str
    pin: str
    title: dict[str, str]
    host: SeatLine
    stage: SeatLine


def named(title: Mapping[str, str], stakes: str) -> dict[str, str]:
    """A show's title; a rehearsal says on every screen that it is one."""
    if stakes != REHEARSAL:
        return dict(title)
    return {lang: f"{words} {REHEARSED[lang]}" for lang, words in title.items()}


def unmarked(title: Mapping[str, str]) -> dict[str, str]:
    """The title without the mark of a rehearsal."""
    return {lang: words.removesuffix(f" {REHEARSED[lang]}") for lang, words in title.items()}


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
    stakes: str = POINTS,
    unreviewed: bool = True,
) -> Created:
    """Make a show from a shipped script, or from `script` where one is given.

    `unreviewed`: whether it may ask what nobody has reviewed, as own scripts may only without points.
    Raises BadScript with every problem found, Rejected("no_such_script", "in_a_contest").
    """
    script = script or available().get(key)
    if script is None:
        raise Rejected("no_such_script")
    seed = seed or secrets.token_hex(16)
    drawn, numbers = look_at(script, Asker(host_member_id, chapter_id, stakes, unreviewed), seed)
    title = named(script["title"], stakes)
    drawn = [cut_picture(part, asked) for part, asked in zip(script["rounds"], drawn, strict=True)]
    event = rules.create(_without_pictures(script), drawn, seed, title)
    show = _insert(key, event, title, host_member_id, chapter_id, guests_allowed, numbers, stakes)
    places = {role: _staff_seat(show.show_id, role, host_member_id) for role in STAFF}
    return Created(show.show_id, show.public_id, show.pin, title, places["host"], places["stage"])


def look_at(
    script: Mapping[str, Any], asker: Asker, seed: str = "check"
) -> tuple[list[list[dict[str, Any]]], set[int]]:
    """The questions that a script would ask with this seed. Raises BadScript with everything that keeps it from being
    played."""
    problems = check_script(script)
    if problems:
        raise BadScript(problems)
    return draw_rounds(script, seed, asker)


def cut_picture(part: Mapping[str, Any], asked: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The questions of a round; where its picture is to be uncovered piece by piece, the first bears the pieces' names
    in place of the whole."""
    first, hidden = next(iter(asked), None), FORMATS[part["format"]].hides_picture
    own = (first or {}).get("media") or {}
    name = (part.get("material") or {}).get(hidden) or own.get("name")
    if first is None or not hidden or not name:
        return list(asked)
    kept = {name: value for name, value in first.items() if name != "media"}
    return [kept | {"pieces": media.in_pieces(name)}, *asked[1:]]


def _without_pictures(script: Mapping[str, Any]) -> dict[str, Any]:
    """The script as a show freezes it: of a picture that it hides only the pieces are named, in the questions."""
    rounds = []
    for part in script["rounds"]:
        hidden = FORMATS[part["format"]].hides_picture
        given = {name: one for name, one in (part.get("material") or {}).items() if name != hidden}
        rounds.append({**part, "material": given} if part.get("material") else part)
    return {**script, "rounds": rounds}


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
    stakes: str,
) -> _Inserted:
    """Stores a new show with its first event, its questions and its PIN."""
    at, public_id = now_us(db), new_address_id(16)
    row = {
        "public_id": public_id,
        "script": key,
        "title": json.dumps(dict(title), ensure_ascii=False),
        "chapter_id": chapter_id,
        "host_member_id": host_member_id,
        "guests_allowed": guests_allowed,
        "created_at": at,
        "stakes": stakes,
        "head": 1,
    }
    pin = _insert_with_pin(db, row)
    show_id = db.scalars(select(Show.id).where(Show.public_id == public_id)).one()
    use_in_show_in(db, show_id, question_ids)
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


def _staff_seat(show_id: int, role: str, member_id: int | None) -> SeatLine:
    who = Newcomer(
        name=role,
        device=secrets.token_urlsafe(24),
        side="staff",
        role=role,
        member_id=member_id if role == "host" else None,
    )
    return seats.take(show_id, who)[0]


def invite(show_id: int, role: str) -> SeatLine:
    """One more seat for an MC or a judge. Rejected: full."""
    if len(seats.staff(show_id)) >= MOST_STAFF:
        raise Rejected("full")
    return _staff_seat(show_id, role, None)


@writing
def allow_guests(db: Session, show_id: int, allowed: bool) -> None:
    """Sets the permission to join without an account."""
    db.get_one(Show, show_id).guests_allowed = allowed
