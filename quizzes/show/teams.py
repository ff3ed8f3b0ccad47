"""Teams of a show: how they are formed, who leads them, and where they stand. A team is a number; its name is the
script's or, where units are teams, the shell's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from typing import Any

from quizzes import line_up
from quizzes.copies import replace
from quizzes.draws import Draws
from quizzes.engine import CAPTAIN, PLAYER, Command, Event, whole
from quizzes.refusals import Rejected
from quizzes.round_state.cast import CAPTAINS_ANSWER
from quizzes.round_state.roll import MOST_SEATS, Roll
from quizzes.show import state as s
from quizzes.show.rows import TeamRow
from quizzes.show.state import ShowState

MOST_AT_ONCE = 10_000  # seats of one command
NONE = 0
"""Takes a seat out of its team."""


def formed(state: ShowState, seats: Roll, units: Mapping[int, int]) -> dict[int, int]:
    """seat -> team of everybody in the room. A seat without one is placed as the script says: by unit, or drawn into
    the smallest; a seat that was to pick and did not is drawn, too. Where the host places people, it waits for the
    host."""
    wanted = state.teams_setting or {}
    of_seat = {seat: team for seat, team in state.teams.items() if team != NONE}
    free = [seat for seat in seats if seat not in of_seat and seat not in state.kicked]
    if wanted["form"] in line_up.KNOWN_BEFORE:
        return of_seat | {seat: units[seat] for seat in free if seat in units}
    if wanted["form"] == line_up.HOST:
        return of_seat
    sizes = Counter(dict.fromkeys(range(1, wanted["count"] + 1), 0))
    sizes.update(team for team in of_seat.values() if team in sizes)
    order = Draws(state.created["seed"], "teams", len(of_seat)).shuffled(free)
    for seat in order:
        team = min(sizes, key=lambda one: (sizes[one], one))
        of_seat[seat] = team
        sizes[team] += 1
    return of_seat


def captains_of(state: ShowState, of_seat: Mapping[int, int]) -> dict[int, int]:
    """team -> its captain: whom the host named, else who came first."""
    captains: dict[int, int] = {}
    for seat, team in sorted(of_seat.items()):
        captains.setdefault(team, seat)
    named = {team: seat for team, seat in state.captains.items() if of_seat.get(seat) == team}
    return captains | named


def are_played(state: ShowState) -> bool:
    return state.teams_setting is not None


def are_chosen(state: ShowState) -> bool:
    """True when a round asks for players whom the host chooses."""
    return any((spec.get("plays") or {}).get("who") == line_up.CHOSEN for spec in state.specs)


def are_picked(state: ShowState) -> bool:
    return (state.teams_setting or {}).get("form") == line_up.PICK


# the commands


def choose(state: ShowState, command: Command) -> Iterator[Event]:
    """The host names who plays the next round that asks for chosen ones; the list is whole each time."""
    yield Event("chosen", {"seats": _seats(command)})


def put(state: ShowState, command: Command) -> Iterator[Event]:
    """The host puts seats into a team; 0 takes them out."""
    team = whole(command.args, "team", 0, _most(state))
    yield Event("teamed", {"seats": _seats(command), "team": team})


def join(state: ShowState, command: Command) -> Iterator[Event]:
    """A player picks its own team."""
    team = whole(command.args, "team", 1, _most(state))
    if command.actor.seat is None:
        raise Rejected("not_yours")
    if state.teams.get(command.actor.seat) != team:
        yield Event("teamed", {"seats": [command.actor.seat], "team": team})


def lead(state: ShowState, command: Command) -> Iterator[Event]:
    """The host names the captain of the team this seat is in."""
    seat = whole(command.args, "seat", 1, MOST_SEATS)
    if not state.teams.get(seat):
        raise Rejected("not_found", argument="seat")
    yield Event("captain", {"seat": seat, "team": state.teams[seat]})


def _most(state: ShowState) -> int:
    wanted = state.teams_setting or {}
    return MOST_SEATS if wanted["form"] in line_up.KNOWN_BEFORE else int(wanted["count"])


def _seats(command: Command) -> list[int]:
    many = command.args.get("seats")
    if not isinstance(many, list) or len(many) > MOST_AT_ONCE:
        raise Rejected("bad_request", argument="seats")
    return list(dict.fromkeys(whole({"seats": seat}, "seats", 1, MOST_SEATS) for seat in many))


def stepping_in(state: ShowState, gone: Collection[int]) -> Iterator[Event]:
    """Names for each captain who is sent out during a round the next player of the team, who is asked what is open."""
    played = state.round if state.stage == s.ROUND else None
    if played is None or played.cast.voice != CAPTAINS_ANSWER:
        return
    cast, away = played.cast, state.kicked.union(gone)
    for seat in gone:
        nos = [ask.no for ask in played.open_asks() if seat in ask.roll]
        speaks = cast.role(seat) == CAPTAIN or (nos and cast.role(seat) == PLAYER)
        mates = (one for one in cast.room if cast.teams.get(one) == cast.teams.get(seat, -1) and one not in away)
        following = next((one for one in mates if cast.role(one) == PLAYER), None) if speaks else None
        if following is not None:
            yield Event("stepped_in", {"seat": following, "of": seat, "team": cast.teams[following], "nos": nos})


# the changes


def chosen(state: ShowState, event: Event, at: int) -> ShowState:
    return replace(state, chosen=tuple(event.data["seats"]))


def teamed(state: ShowState, event: Event, at: int) -> ShowState:
    return replace(state, teams={**state.teams, **dict.fromkeys(event.data["seats"], event.data["team"])})


def captain(state: ShowState, event: Event, at: int) -> ShowState:
    return replace(state, captains={**state.captains, event.data["team"]: event.data["seat"]})


def learned(state: ShowState, room: Mapping[str, Any] | None) -> ShowState:
    """The teams as a round began with them stay the teams of the show."""
    frozen = {int(seat): team for seat, team in (room or {}).get("teams", {}).items()}
    return replace(state, teams={**state.teams, **frozen}) if frozen else state


# the views


def stepped_in(state: ShowState) -> list[list[int]]:
    """[seat, team] of everybody who became a captain during the question being played."""
    cast = state.round.cast if state.round and state.stage == s.ROUND else None
    return [[seat, cast.teams[seat]] for seat in cast.stepped_in] if cast else []


def shown(rows: tuple[TeamRow, ...]) -> list[dict[str, Any]]:
    return [{"team": row.team, "score": as_read(row.score), "rank": row.rank, "seats": row.seats} for row in rows]


def as_read(half: Fraction) -> int | float:
    """Half-points as people read them; of an average two decimals are shown, the ranks know all of them."""
    score = half / 2
    return int(score) if score.denominator == 1 else round(float(score), 2)


def me(state: ShowState, seat: int) -> dict[str, Any]:
    """Its team and where that stands, as of the last reveal."""
    team = state.teams.get(seat)
    if not team:
        return {}
    row = state.team_row(team)
    return {"team": team, **({"of_team": {"score": as_read(row.score), "rank": row.rank}} if row else {})}
