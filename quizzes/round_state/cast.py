"""The cast: who every seat is in this round, and whose turn it is. Folded state; every question is one look."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from quizzes.copies import replace
from quizzes.engine import AUDIENCE, CAPTAIN, CAST, CONTESTANT, HOST, OUT, PLAYER, TURN, Actor
from quizzes.round_state.roll import MOST_SEATS, Roll
from quizzes.round_state.room import EVERYBODY, Room
from quizzes.round_state.setup import Setup

CAPTAINS_ANSWER = "captain"
"""The voice of a team whose captain answers."""


@dataclass(frozen=True)
class Cast:
    hall: Roll = EVERYBODY
    """The seats that play unless `named` gives them another role; all others are audience."""
    named: Mapping[int, str] = field(default_factory=dict)
    """The seats with another role: seat -> role."""
    order: tuple[int, ...] = ()
    """The contestants, in the order of their places."""
    turn: int | None = None
    room: Roll = EVERYBODY
    """The seats that were present when the round began."""
    teams: Mapping[int, int] = field(default_factory=dict)
    units: Mapping[int, int] = field(default_factory=dict)
    asks: tuple[str, ...] = ()
    """The seats that are asked where a format names nobody; () in an open hall: all that are present."""
    voice: str = ""
    """How a team answers; "" where each seat answers for itself alone."""
    judges: tuple[int, ...] = ()
    stepped_in: tuple[int, ...] = ()
    """The seats that became captains during the present question, in place of some that were sent out."""

    def role(self, seat: int | None) -> str:
        return self.named.get(seat or 0) or (PLAYER if (seat or 0) in self.hall else AUDIENCE)

    @property
    def is_closed(self) -> bool:
        """True where a newcomer looks on."""
        return self.hall.upto < MOST_SEATS

    @property
    def still_in(self) -> frozenset[int]:
        """The seats of the room that have a part in the round and are not out."""
        return frozenset(seat for seat in self.room if self.role(seat) not in (OUT, AUDIENCE))

    def names(self, actor: Actor) -> frozenset[str]:
        """The names under which a move may list this actor. The cast decides what a public seat is, whatever the seat
        claims to be."""
        if actor.role not in CAST:
            return frozenset({actor.role})
        role = self.role(actor.seat)
        return frozenset({role, TURN} if actor.seat is not None and actor.seat == self.turn else {role})

    def actors(self, by: Collection[str]) -> Iterator[Actor]:
        """A seat for each name of a move: bots and tests act as that seat."""
        if HOST in by:
            yield Actor(HOST)
        if TURN in by and self.turn is not None:
            yield Actor(self.role(self.turn), self.turn)
        for role in CAST:
            if role in by and (seat := next(iter(self.those({role})), None)):
                yield Actor(role, seat)

    def those(self, roles: Collection[str], room: Roll | None = None) -> Iterator[int]:
        """The seats with one of these roles, of those in the room."""
        few = not {PLAYER, AUDIENCE} & set(roles)
        seats = sorted(self.named) if few else (self.room if room is None else room)
        return (seat for seat in seats if self.role(seat) in roles and (room is None or seat in room))

    def asked(self, room: Roll) -> list[int]:
        """The seats of the room that a format means when it names nobody."""
        return self.with_stand_ins(room) or list(self.those(self.asks, room))

    def with_stand_ins(self, room: Roll) -> list[int]:
        """The captains, and for each who is not there or does not play the first player of the team; [] where nobody
        is missing."""
        if self.voice != CAPTAINS_ANSWER:
            return []
        captains = list(self.those({CAPTAIN}, room))
        led = {self.teams.get(seat) for seat in captains} | {None}
        first: dict[int | None, int] = {}
        for seat in self.those({PLAYER}, room):
            first.setdefault(self.teams.get(seat), seat)
        missing = [seat for team, seat in first.items() if team not in led]
        return sorted([*captains, *missing]) if missing else []

    def count(self, role: str) -> int:
        others = sum(1 for seat in self.named if seat in self.hall) if role == PLAYER else 0
        return len(self.hall) - others if role == PLAYER else sum(1 for one in self.named.values() if one == role)

    def rivals(self, seat: int | None) -> tuple[int, ...]:
        """The other contestants, without those of the same team."""
        team = self.teams.get(seat or 0)
        return tuple(one for one in self.order if one != seat and (team is None or self.teams.get(one) != team))

    def mates(self, seats: Iterable[int]) -> frozenset[int]:
        """These seats with everybody of their teams."""
        chosen = frozenset(seats)
        theirs = {self.teams[seat] for seat in chosen if seat in self.teams}
        return chosen | {seat for seat, team in self.teams.items() if team in theirs} if theirs else chosen

    def led_by(self, seat: int, gone: int) -> Cast:
        """The cast with another captain of a team, in place of one who was sent out."""
        named = {one: role for one, role in self.named.items() if one != gone} | {seat: CAPTAIN}
        return replace(self, named=named, stepped_in=(*self.stepped_in, seat))

    def called(self, role: str, seats: Iterable[int]) -> Cast:
        """The cast with these seats in this role; PLAYER takes them back into the hall."""
        chosen = set(seats)
        others = {seat: was for seat, was in self.named.items() if seat not in chosen}
        return replace(self, named=others | ({} if role == PLAYER else dict.fromkeys(sorted(chosen), role)))


def everybody_plays(setup: Setup) -> Cast:
    """The cast of an open hall: a newcomer plays, too, unless the script says who plays."""
    room = setup.room
    if room.plays is None and not room.watching and not room.captains:
        return _cast(room, EVERYBODY)
    hall = EVERYBODY.but(room.watching) if room.plays is None else room.plays
    led = room.voice == CAPTAINS_ANSWER
    named = dict.fromkeys((seat for seat in room.captains if seat in hall), CAPTAIN) if led else {}
    return replace(_cast(room, hall), named=named, asks=(CAPTAIN,) if led else (PLAYER,), voice=room.voice)


def the_room_plays(setup: Setup) -> Cast:
    """The cast of a closed floor: a newcomer looks on."""
    return replace(_cast(setup.room, setup.room.playing), asks=(PLAYER,))


def contestants(setup: Setup, most: int) -> Cast:
    """A cast of contestants: the seats sent by the round before or chosen by the host, or a captain of each team, else
    the best so far: equal ones as the room's order parts them, and while nobody has a point who came first. All other
    seats are audience."""
    room, scores = setup.room, setup.carried.scores
    seats = () if room.playing.upto == MOST_SEATS else room.playing
    best = room.best_of(seats, scores)
    captains = [seat for seat in room.captains if seat in room.playing]
    order = tuple(setup.carried.sent or room.contestants or captains or best)[:most]
    return replace(_cast(room, Roll()), named=dict.fromkeys(order, CONTESTANT), order=order, asks=(CONTESTANT,))


def _cast(room: Room, hall: Roll) -> Cast:
    return Cast(hall, room=room.seats, teams=room.teams, units=room.units, judges=room.judges)
