"""The room a round begins with: who is there, who plays, in which teams. The `round` event freezes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from quizzes import line_up
from quizzes.draws import Draws
from quizzes.round_state.ask import REVEALED
from quizzes.round_state.roll import Roll
from quizzes.show import teams
from quizzes.show.state import ShowState


def room_of(state: ShowState, index: int, given: Mapping[str, Any]) -> dict[str, Any]:
    """The room of a round, from the values that the shell has `given`: `roll`, and in `room` the units, judges and
    those who came to look on. Empty values are left out: a round that everybody plays has a short event."""
    roll, known = given["roll"], given.get("room", {})
    seats = Roll.of(roll)
    room: dict[str, Any] = {**known, **roll}
    if state.teams_setting is not None:
        room |= _in_teams(state, seats, known.get("units", {}))
    plays: Mapping[str, Any] = state.specs[index].get("plays") or {}
    chosen = _chosen(state, plays, seats.but(known.get("watching", ())), room) if plays else None
    if chosen is not None:
        room |= {"plays": _short(seats, chosen), **({"contestants": chosen} if plays["who"] in ORDERED else {})}
        room |= {"team": room["teams"][str(chosen[0])]} if plays["who"] == line_up.TEAM else {}
    elif not room.get("captains") and (same := _same(state, index, seats)):
        room["contestants"] = same
    return room


def _same(state: ShowState, index: int, seats: Roll) -> list[int]:
    """The contestants of a final stay its contestants, in their places, whatever they have lost meanwhile. A tie-break
    has the equal ones of them only."""
    if not state.format_of(index).keeps_contestants:
        return []
    before = [(state.format_of(at), one.cast.order) for at, one in enumerate(state.rounds)]
    order = next((order for fmt, order in before if fmt.keeps_contestants and not fmt.orders and order), ())
    return [seat for seat in order if seat in seats and seat not in state.kicked]


def _short(seats: Roll, chosen: list[int]) -> dict[str, Any]:
    """The seats as the event writes them: the few of a hall, or the hall without a few."""
    left_out = [seat for seat in seats if seat not in set(chosen)] if len(chosen) * 2 > len(seats) else None
    return {"only": sorted(chosen)} if left_out is None else seats.but(left_out).to_json()


def _in_teams(state: ShowState, seats: Roll, units: Mapping[str, int]) -> dict[str, Any]:
    of_seat = teams.formed(state, seats, {int(seat): unit for seat, unit in units.items()})
    there = {seat: team for seat, team in of_seat.items() if seat in seats}
    captains = teams.captains_of(state, there)
    wanted = state.teams_setting or {}
    return {
        "teams": {str(seat): team for seat, team in sorted(there.items())},
        "captains": [captains[team] for team in sorted(captains)],
        **({"voice": wanted["answers"]} if wanted["answers"] != line_up.EACH else {}),
    }


def _chosen(state: ShowState, plays: Mapping[str, Any], seats: Roll, room: Mapping[str, Any]) -> list[int] | None:
    """The seats that the script means, the best first where it means the best. None, so everybody, where it means
    nobody yet: nobody was chosen, nobody has any points."""
    found = WHO[plays["who"]](state, plays, room)
    there = [seat for seat in found if seat in seats and seat not in state.kicked] if found is not None else None
    return there or None


def _those_chosen(state: ShowState, plays: Mapping[str, Any], room: Mapping[str, Any]) -> list[int] | None:
    return list(state.chosen)


def _top(state: ShowState, plays: Mapping[str, Any], room: Mapping[str, Any]) -> list[int] | None:
    """The first seats of the table; the show's seed decides between seats that share the last place."""
    rows = state.table.rows
    lots = Draws(state.created["seed"], "top", state.last_no)
    lot = {seat: at for at, seat in enumerate(lots.shuffled([row.seat for row in rows]))}
    return [row.seat for row in sorted(rows, key=lambda row: (row.rank, lot[row.seat]))][: plays["count"]]


def _survivors(state: ShowState, plays: Mapping[str, Any], room: Mapping[str, Any]) -> list[int] | None:
    return None if state.survivors is None else sorted(state.survivors)


def _winners(state: ShowState, plays: Mapping[str, Any], room: Mapping[str, Any]) -> list[int] | None:
    """The best of each of those rounds; then the best of their seconds, by what they won there."""
    firsts: list[int] = []
    seconds: dict[int, int] = {}
    for number in plays["of"]:
        won = points_of_round(state, number - 1)
        ranked = [seat for seat in line_up.round_winners(won) if seat not in firsts]
        firsts += ranked[:1]
        seconds |= {seat: max(won[seat], seconds.get(seat, won[seat])) for seat in ranked[1:]}
    left = {seat: half for seat, half in seconds.items() if seat not in firsts}
    return firsts + line_up.round_winners(left)[: plays["count"]]


def points_of_round(state: ShowState, index: int) -> dict[int, int]:
    """seat -> half-points that a round alone gave; of who was asked in it."""
    won: dict[int, int] = {}
    if index >= len(state.rounds):
        return won
    kinds = state.format_of(index).kinds
    for ask in state.rounds[index].asks.values():
        if ask.status == REVEALED and kinds[ask.kind].scored:
            for seat in ask.roll:
                won[seat] = won.get(seat, 0) + ask.results.get(seat, (0, 0, 0))[0]
    return won


def team_is_missing(state: ShowState, index: int, room: Mapping[str, Any]) -> bool:
    """True when round `index` is the turn of a team that did not come, though others did."""
    plays = state.specs[index].get("plays") or {}
    return bool(plays.get("who") == line_up.TEAM and room.get("teams") and "team" not in room)


def _one_team(state: ShowState, plays: Mapping[str, Any], room: Mapping[str, Any]) -> list[int] | None:
    """The team of that number; where units are teams, the one that stands there in their order."""
    numbers = sorted(set(room.get("teams", {}).values()))
    wanted = plays["team"] if plays["team"] in numbers else dict(enumerate(numbers, start=1)).get(plays["team"])
    return [int(seat) for seat, team in room.get("teams", {}).items() if team == wanted]


WHO: Mapping[str, Callable[[ShowState, Mapping[str, Any], Mapping[str, Any]], list[int] | None]] = {
    line_up.EVERYBODY: lambda state, plays, room: None,
    line_up.CHOSEN: _those_chosen,
    line_up.TOP: _top,
    line_up.SURVIVORS: _survivors,
    line_up.WINNERS: _winners,
    line_up.TEAM: _one_team,
}
ORDERED = (line_up.CHOSEN, line_up.TOP, line_up.WINNERS)
"""The line-ups in which the order of the seats becomes the order of the contestants' places."""
