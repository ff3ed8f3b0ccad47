"""The province's shows: one played by the rules, with every answer in its journal, and given to many hosts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from app.models.pouring import pour
from app.models.shows import Ballot, JournalLine, Seat, Show
from app.services.commit import writing
from app.services.province.people import DAY, WARD_SIZE, name_of
from app.services.shows import asked, scripts
from app.services.shows.results import digest_of
from app.services.shows.seats import CODE_LETTERS, STAFF_FROM
from quizzes import show as rules
from quizzes.engine import CLOCK, HOST, SECOND, Actor, Command, Event
from quizzes.engine import Ballot as Given
from quizzes.text import fold

SEED = "province"
SEATS, QUESTIONS = 40, 5
"""The seats of a planted show, and the questions of each round."""
OPEN = 10
"""Every tenth show is still in its lobby."""
HOSTS = 25
"""How many hosts made the shows, in turn."""


@dataclass
class _Played:
    """A whole show as the tables keep it."""

    lines: list[tuple[int, int, str, bool, Event]] = field(default_factory=list)
    """(seq, at, actor, whether a step begins, event)"""
    ballots: dict[int, list[Given]] = field(default_factory=dict)
    results: list[dict[str, Any]] = field(default_factory=list)


@writing
def plant(db: Session, count: int, members: int, at: int) -> dict[str, int]:
    """Plants shows; returns the number of rows of each kind."""
    played = _played(at - 2 * DAY)
    over = range(1, count - count // 10 + 1)
    everything = range(1, count + 1)
    return {
        "shows": pour(db, _of(Show), (_show(one, one in over, played, at) for one in everything)),
        "journal": pour(db, _of(JournalLine), _each(everything, lambda one: _journal(one, one in over, played))),
        "seats": pour(db, _of(Seat), _each(everything, lambda one: _seats(one, members, at))),
        "ballots": pour(db, _of(Ballot), _each(over, lambda one: _ballots(one, played))),
    }


def earned(count: int, members: int, at: int) -> Iterator[tuple[int, int, int]]:
    """(show, member, half-points) of every show that is over: what the ledger has to say of them."""
    results = _played(at - 2 * DAY).results
    for number in range(1, count - count // 10 + 1):
        for line in results:
            if line["points"]:
                yield number, _member(number, line["seat"], members), line["points"]


def _each(numbers: Sequence[int], rows: Callable[[int], Iterator[dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    return (row for number in numbers for row in rows(number))


def _of(model: Any) -> Any:
    return model.__table__


def _member(show: int, seat: int, members: int) -> int:
    return (show * 131 + seat) % members + 1


def _host(show: int) -> int:
    """The host of a ward: its number is the ward's, and so is the member's."""
    return 2 + show % HOSTS * WARD_SIZE


@cache
def _script() -> dict[str, Any]:
    script = deepcopy(scripts.available()["speed"])
    part = script["rounds"][0]
    part["settings"] = part["settings"] | {"reading_s": 0, "double": []}
    part["draw"] = part["draw"] | {"count": QUESTIONS}
    return script


@cache
def _played(at: int) -> _Played:
    """One show of the invented province, played to its end by the rules: its journal, ballots and results."""
    script = _script()
    drawn, _ = asked.draw_rounds(script, SEED, asked.Asker(None, None, asked.POINTS, unreviewed=True))
    created = _kept(rules.create(script, drawn, SEED, script["title"]))
    played = _Played([(1, at, CLOCK, False, created)])
    state = rules.start(created, 1, at)

    def perform(name: str, role: str, **args: Any) -> None:
        nonlocal state
        command = Command(
            name,
            Actor(role, STAFF_FROM + 1 if role == HOST else None),
            at,
            {**args, "roll": {"upto": SEATS, "without": []}},
        )
        actor = CLOCK if role == CLOCK else f"seat:{STAFF_FROM + 1}"
        for part, event in enumerate(map(_kept, rules.decide(state, command))):
            played.lines.append((state.seq + 1, at, actor, part == 0 and role == HOST, event))
            state = rules.evolve(state, event, state.seq + 1, at, part == 0 and role == HOST)

    while state.phase != "over":
        at += SECOND
        perform("advance", HOST)
        for ask in rules.unjudged(state):
            if ask.status == "closing":
                perform("settled", CLOCK, no=ask.no)
            perform("judge", CLOCK, no=ask.no, graded=rules.grade(state, ask.no, played.ballots.get(ask.no, [])))
        if state.phase == "open":
            played.ballots[state.no or 0] = _given(state, at)
            at += 10 * SECOND
    played.results = rules.results(state)
    return played


def _kept(event: Event) -> Event:
    return Event(event.name, json.loads(json.dumps(event.data, default=str)))


def _given(state: Any, at: int) -> list[Given]:
    choices = rules.possible_choices(state, state.no)
    return [Given(seat, choices[seat * 7 % len(choices)], at + seat * 150_000) for seat in range(1, SEATS + 1)]


def _show(number: int, over: bool, played: _Played, at: int) -> dict[str, Any]:
    title = {"vi": f"Nhanh tay nhanh mắt số {number}", "en": f"Quick hands {number}"}
    return {
        "id": number,
        "public_id": f"province-show-{number}",
        "pin": None if over else f"{100_000 + number}",
        "script": "speed",
        "title": json.dumps(title, ensure_ascii=False),
        "chapter_id": _host(number),
        "host_member_id": _host(number),
        "guests_allowed": True,
        "created_at": at - 3 * DAY + number,
        "over_at": at - DAY if over else None,
        "head": len(played.lines) if over else 1,
        "posted_digest": digest_of(played.results) if over else None,
    }


def _journal(show: int, over: bool, played: _Played) -> Iterator[dict[str, Any]]:
    """Parts of one command differ by `part`: commands of the clock have no id to tell them apart."""
    for seq, at, actor, step, event in played.lines if over else played.lines[:1]:
        yield {
            "show_id": show,
            "seq": seq,
            "at": at,
            "actor": actor,
            "client_id": None,
            "part": 0,
            "step": step,
            "name": event.name,
            "data": json.dumps(event.data, ensure_ascii=False, separators=(",", ":")),
        }


def _seats(show: int, members: int, at: int) -> Iterator[dict[str, Any]]:
    for number, role in ((STAFF_FROM + 1, "host"), (STAFF_FROM + 2, "stage")):
        yield _seat(show, number, "staff", role, role, f"\x01{number}", at)
    for number in range(1, SEATS + 1):
        member = _member(show, number, members)
        name = f"{name_of(member)} {number}"
        yield _seat(show, number, "public", "player", name, fold(name), at) | {"member_id": member}


def _seat(show: int, number: int, side: str, role: str, name: str, key: str, at: int) -> dict[str, Any]:
    place = number % STAFF_FROM + (SEATS if side == "staff" else 0)
    code = "".join(CODE_LETTERS[place // size % len(CODE_LETTERS)] for size in (27_000, 900, 30, 1))
    return {
        "show_id": show,
        "number": number,
        "side": side,
        "role": role,
        "name": name,
        "name_key": key,
        "device_hash": sha256(f"{SEED} {show} {number}".encode()).digest(),
        "code": code,
        "lang": "vi",
        "member_id": None,
        "chapter_id": None,
        "joined_at": at - 3 * DAY,
        "connected_at": at - 3 * DAY,
    }


def _ballots(show: int, played: _Played) -> Iterator[dict[str, Any]]:
    for no, given in played.ballots.items():
        for one in given:
            yield {
                "show_id": show,
                "no": no,
                "seat": one.seat,
                "take": 0,
                "client_id": f"{SEED}-{no}-{one.seat}",
                "choice": json.dumps(one.choice),
                "received_at": one.at,
                "lag_us": 0,
            }
