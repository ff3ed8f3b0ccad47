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
from quizzes.show.table import Row, Table


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
    return room | ({} if "contestants" in room else _parted(state, index, room, seats))


def _parted(state: ShowState, index: int, room: Mapping[str, Any], seats: Roll) -> dict[str, Any]:
    """The order of seats with as many points, where it changes who plays: by right answers, by time, then by a lot of
    the show's seed."""
    if not state.table.is_ranked:
        return {}
    rows = sorted(_in_order(state, state.table, seats.but(state.kicked)), key=lambda row: -row.half)
    order = {"order": [row.seat for row in rows[: line_up.MOST_NAMED]]}
    was, now = (state.format_of(index).begin(state.setup(index, one)).cast for one in (room, {**room, **order}))
    return order if was != now else {}


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
    here = seats.but(state.kicked)
    found = WHO[plays["who"]](state, plays, room, here)
    return [seat for seat in found if seat in here] or None if found is not None else None


def _those_chosen(state: ShowState, plays: Mapping[str, Any], room: Mapping[str, Any], here: Roll) -> list[int] | None:
    return list(state.chosen)


def _top(state: ShowState, plays: Mapping[str, Any], room: Mapping[str, Any], here: Roll) -> list[int] | None:
    """The first of those who are here; the show's seed decides between seats that share the last place."""
    rows = _in_order(state, state.table, here) if state.table.is_ranked else ()
    return [row.seat for row in rows][: plays["count"]]


def _survivors(state: ShowState, plays: Mapping[str, Any], room: Mapping[str, Any], here: Roll) -> list[int] | None:
    return None if state.survivors is None else sorted(state.survivors)


def _winners(state: ShowState, plays: Mapping[str, Any], room: Mapping[str, Any], here: Roll) -> list[int] | None:
    """The best of each of those rounds; then their seconds, the one with the best result first; then their thirds.
    Nobody is one of them without a point or a place."""
    ranked = [_with_something(state, number - 1, here) for number in plays["of"]]
    firsts: list[int] = []
    for rows in ranked:
        firsts += [row.seat for row in rows if row.seat not in firsts][:1]
    runners: dict[int, tuple[int, ...]] = {}
    for rows in ranked:
        for at, row in enumerate(one for one in rows if one.seat not in firsts):
            result = (at, -row.half, -row.right, row.time_us)
            runners[row.seat] = min(result, runners.get(row.seat, result))
    lot = _lots(state, sorted(runners))
    return firsts + sorted(runners, key=lambda seat: (runners[seat], lot[seat]))[: plays["count"]]


def _in_order(state: ShowState, table: Table, here: Roll) -> list[Row]:
    """The rows of those who are here, the best first; equal ones in the order of a lot."""
    lot = _lots(state, [row.seat for row in table.rows])
    return sorted((row for row in table.rows if row.seat in here), key=lambda row: (row.rank, lot[row.seat]))


def _lots(state: ShowState, seats: list[int]) -> dict[int, int]:
    drawn = Draws(state.created["seed"], "top", state.last_no).shuffled(seats)
    return {seat: at for at, seat in enumerate(drawn)}


def _with_something(state: ShowState, index: int, here: Roll) -> list[Row]:
    """Those with points or a place in a round alone, the best first."""
    if index >= len(state.rounds) or not state.format_of(index).scored:
        return []
    fmt, played = state.format_of(index), state.rounds[index]
    told = [ask for ask in played.asks.values() if ask.status == REVEALED and fmt.kinds[ask.kind].scored]
    places, orders = (of(played) if of is not None else {} for of in (fmt.places, fmt.orders))
    table = Table(kicked=state.kicked, places=places, orders=orders)
    table = table.plus((ask.results for ask in told), (ask.roll for ask in told))
    return [row for row in _in_order(state, table, here) if row.half > 0 or row.seat in places]


def team_is_missing(state: ShowState, index: int, room: Mapping[str, Any]) -> bool:
    """True when round `index` is the turn of a team that did not come, though others did."""
    plays = state.specs[index].get("plays") or {}
    return bool(plays.get("who") == line_up.TEAM and room.get("teams") and "team" not in room)


def _one_team(state: ShowState, plays: Mapping[str, Any], room: Mapping[str, Any], here: Roll) -> list[int] | None:
    """The team of that number. Chapters have numbers of their own: the one that came first is the first, and it stays
    the first when it has gone."""
    wanted = plays["team"]
    if state.wants_units:
        of_seat = {**state.teams, **{int(seat): team for seat, team in room.get("teams", {}).items()}}
        came = dict.fromkeys(of_seat[seat] for seat in sorted(of_seat) if of_seat[seat])
        wanted = dict(enumerate(came, start=1)).get(wanted)
    return [int(seat) for seat, team in room.get("teams", {}).items() if team == wanted]


WHO: Mapping[str, Callable[[ShowState, Mapping[str, Any], Mapping[str, Any], Roll], list[int] | None]] = {
    line_up.EVERYBODY: lambda state, plays, room, here: None,
    line_up.CHOSEN: _those_chosen,
    line_up.TOP: _top,
    line_up.SURVIVORS: _survivors,
    line_up.WINNERS: _winners,
    line_up.TEAM: _one_team,
}
ORDERED = (line_up.CHOSEN, line_up.TOP, line_up.WINNERS)
"""The line-ups in which the order of the seats becomes the order of the contestants' places."""
