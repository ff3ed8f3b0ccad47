"""Ranks as screens show them: standings, the podium, and what does not count."""

from __future__ import annotations

from typing import Any

from quizzes.refusals import N_
from quizzes.script import NEVER
from quizzes.show import state as s
from quizzes.show import teams
from quizzes.show.state import ShowState
from quizzes.show.table import PODIUM, TOP, Row, Table, points

BY_POINTS = N_("Bằng điểm: ai đúng nhiều câu hơn đứng trên, rồi ai trả lời nhanh hơn.")
TEAMS_BY_POINTS = N_("Bằng điểm: đội đúng nhiều câu hơn đứng trên; vẫn bằng thì cùng hạng.")


def ranked_by(state: ShowState) -> str:
    """The sentence that says what decides between equal points, or what comes before them."""
    if state.team_rows:
        return TEAMS_BY_POINTS
    return state.format.ranks_by if state.table.places or state.table.orders else BY_POINTS


def rows(table: Table, shown: tuple[Row, ...], before: Table | None = None) -> list[dict[str, Any]]:
    """Rows for screens. Since standings were shown last a seat has climbed `move` ranks and won `gain` points."""
    was = before.by_seat if before else {}
    return [
        {
            "seat": row.seat,
            "score": points(row.half),
            "rank": row.rank,
            "move": was[row.seat].rank - row.rank if row.seat in was else 0,
            "gain": points(row.half - was[row.seat].half if row.seat in was else row.half),
        }
        for row in shown
    ]


def standings(state: ShowState) -> list[dict[str, Any]] | None:
    """The top ten, where everybody may know them."""
    phase = state.inner_phase
    if phase not in ("revealed", s.STANDINGS, s.BREAK, s.OVER):
        return None
    if phase != s.OVER and (state.standings_wanted(state.index) == NEVER or not state.format.scored):
        return None
    before = state.table_before if phase == s.STANDINGS else state.table_shown
    return rows(state.table, state.table.top, before) if state.table.is_ranked else []


def of_teams(state: ShowState) -> list[dict[str, Any]] | None:
    """Every team, wherever the seats' own standings may be shown."""
    may_be_shown = state.team_rows and standings(state) is not None
    return teams.shown(state.team_rows) if may_be_shown else None


def podium(state: ShowState) -> list[dict[str, Any]] | None:
    """The first three ranks, once the show is over; `others`: how many more share the last of them."""
    if state.stage != s.OVER:
        return None
    first = rows(state.table, tuple(row for row in state.table.top if row.rank <= PODIUM))
    others = sum(1 for row in state.table.rows[TOP:] if row.rank <= PODIUM)
    return [*first[:-1], {**first[-1], "others": others}] if others else first


def voids(state: ShowState) -> list[dict[str, Any]]:
    """Everybody is told what does not count; the reason's text is filled in by the shell."""
    return [
        {
            "no": one.no,
            "round": one.round + 1,
            "question": one.question + 1,
            "why": one.why,
            "reason_ref": one.reason_ref,
        }
        for one in sorted(state.void.values(), key=lambda one: one.no)
    ]
