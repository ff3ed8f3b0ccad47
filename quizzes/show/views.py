"""The view of each role, built up from nothing: a field that is not named here is not shown.

Until a reveal nothing here depends on the key for anybody but host, MC and judge: scores, ranks, groups
and order come from `state.table`, which is as of the last `revealed`.
"""

from __future__ import annotations

from typing import Any

from quizzes.engine import CAST, HOST, MC, STAFF, STAGE, TURN, Viewer
from quizzes.questions.contract import localized
from quizzes.round_state.ask import OPEN, Ask, Round
from quizzes.show import arming, running_order, shelf, teams
from quizzes.show import state as s
from quizzes.show.anytime import ALWAYS
from quizzes.show.ballots import main_ask
from quizzes.show.changes import unexplained
from quizzes.show.commands import ARMING, AT_WILL, MOVES
from quizzes.show.console import course, next_step, nth, round_title, script
from quizzes.show.correcting import corrections_told, has_verdicts, verdicts_before, verdicts_told
from quizzes.show.keys import key, reveal
from quizzes.show.picture import FREE, seen
from quizzes.show.standings import of_teams, podium, ranked_by, standings, voids
from quizzes.show.state import ShowState
from quizzes.show.table import points

WITH_QUESTION = ("open", "answering", "closed", "revealed")


def view(state: ShowState, viewer: Viewer) -> dict[str, Any]:
    """A whole screen of a role and group, in a language. Times in microseconds, points as people read them."""
    lang, phase = viewer.lang, state.phase
    playing = state.round if state.stage == s.ROUND else None
    own = state.format.view(playing, viewer) if playing and _uncovered(state, viewer) else {}
    seats = own.pop("seats", [])
    asks = _asks(state, viewer)
    ranks, winners = standings(state), podium(state)
    screen: dict[str, Any] = {
        "phase": phase,
        "role": viewer.role,
        "group": viewer.group,
        "title": localized(state.created["title"], lang),
        "round": _round(state, lang),
        "no": _no(state, viewer, asks),
        "question": question(state, viewer),
        "question_points": _question_points(state),
        "asks": asks,
        "acts": _acts(state, viewer),
        "opens_at": _opens_at(state, asks),
        "closes_at": min((ask["closes_at"] for ask in asks if ask["closes_at"]), default=None),
        "remaining_us": _remaining(state),
        "reveal": reveal(state, lang),
        "standings": ranks,
        "ranked_by": None if ranks is None else ranked_by(state),
        "podium": winners,
        **_set_by_host(state),
        "void": voids(state),
        "format": own,
        "quotes": [list(one) for one in state.format.quotes(playing, viewer)] if playing and own else [],
        "seats": sorted({*seats, *(row["seat"] for row in (ranks or []) + (winners or []))}),
    }
    whole = screen | _brand(state, viewer) | _in_teams(state) | corrections_told(state, nth) | _of_staff(state, viewer)
    named = [one["seat"] for name in ("corrected", "verdicts") for one in whole.get(name, ())]
    named += [seat for seat, _ in whole.get("stepped_in", ())]
    over = whole["thrown"] or {}
    named += [one["seat"] for one in (over, *over.get("rows", ())) if "seat" in one]
    return whole | ({"seats": sorted({*whole["seats"], *named, *state.chosen})} if named or "chosen" in whole else {})


def _set_by_host(state: ShowState) -> dict[str, Any]:
    """The host's switches that hold whatever is being played."""
    return {
        "unveiled": state.unveiled,
        "locked": state.locked,
        "auto_close": state.auto_close,
        "blackout": state.blackout,
        "spread": state.spread,
        "awards": state.awards,
        "thrown": shelf.seen(state),
        "message": dict(state.message) or None,
        "hidden": sorted(state.hidden),
        "sound": seen(state),
        "followed": state.followed,
    }


def _brand(state: ShowState, viewer: Viewer) -> dict[str, Any]:
    """The brand on the big screen; phones have their own look."""
    brand = state.created["script"].get("brand") if viewer.role in (STAGE, MC) else None
    return {"brand": brand} if brand else {}


def _in_teams(state: ShowState) -> dict[str, Any]:
    if state.teams_setting is None:
        return {}
    stepped = teams.stepped_in(state)
    in_teams = {"teams": of_teams(state), "playing_in": dict(state.teams_setting)}
    return in_teams | ({"stepped_in": stepped} if stepped else {})


def _of_staff(state: ShowState, viewer: Viewer) -> dict[str, Any]:
    """The part of a view that only those who run the show see."""
    lang = viewer.lang
    screen: dict[str, Any] = {"key": key(state, lang)} if viewer.role in STAFF else {}
    if viewer.role in (HOST, MC):
        screen |= {"script": script(state, lang), "order": running_order.seen(state)}
    if viewer.role == HOST:
        if has_verdicts(state) and not state.halt:
            screen["verdicts"] = [{"no": a.no, "seat": s, "right": r} for a, s, r in verdicts_told(state)]
            screen["verdicts_before"] = verdicts_before(state, nth)
        screen |= {"chosen": list(state.chosen)} if teams.are_chosen(state) else {}
        screen |= {"team_of": [[seat, team] for seat, team in state.teams.items() if team]} if state.teams else {}
        screen["armed"] = arming.seen(state)
        screen["unexplained"] = unexplained(state) is not None
        screen["next"] = next_step(state, lang)
    return screen


def _uncovered(state: ShowState, viewer: Viewer) -> bool:
    """True when this viewer sees the question. While the clock stands only staff sees an open one: nobody thinks on."""
    return state.halt is None or viewer.role in STAFF or state.inner_phase not in ("open", "answering")


def _round(state: ShowState, lang: str) -> dict[str, Any] | None:
    """The round being played; in a break the next one. `index` and `question` count from 1."""
    index = state.index + 1 if state.stage == s.BREAK else state.index
    if index < 0:
        return None
    played = state.round if index == state.index else None
    return {
        "index": index + 1,
        "of": len(state.specs),
        "format": state.specs[index]["format"],
        "title": round_title(state, index, lang),
        "question": nth(state, index, played.question) if played else 0,
        "questions": course(state, index)[1],
        **({"team": played.setup.room.team} if played and played.setup.room.team else {}),
    }


def _no(state: ShowState, viewer: Viewer, asks: list[dict[str, Any]]) -> int | None:
    """The ask a screen is about: the first of those put to this group, else the one its phones were on."""
    if asks:
        return int(asks[0]["no"])
    if viewer.group.isdecimal() and state.opening(int(viewer.group)):
        return int(viewer.group)
    newest = main_ask(state)
    return newest.no if newest else None


def face(state: ShowState, ask: Ask, lang: str) -> dict[str, Any]:
    return state.format.kinds[ask.kind].face(state.playing, ask, lang)


def question(state: ShowState, viewer: Viewer) -> dict[str, Any] | None:
    """The face of what is being asked or was just asked; the text alone before, where the script wants it."""
    played = state.round
    if state.stage != s.ROUND or played is None or not _uncovered(state, viewer):
        return None
    if played.phase in WITH_QUESTION and (newest := main_ask(state)):
        return face(state, newest, viewer.lang)
    if played.phase == "ready" and (viewer.role in STAFF or played.settings["show_question_in_ready"]):
        body = played.body()
        return {"type": body["type"], "text": localized(body["text"], viewer.lang), "options": []}
    return None


def _question_points(state: ShowState) -> int | float | None:
    if state.stage != s.ROUND or state.round is None or not state.format.scored or state.round.question < 0:
        return None
    return points(state.format.worth(state.round, state.round.question))


def _asks(state: ShowState, viewer: Viewer) -> list[dict[str, Any]]:
    """The asks put to this viewer now; one that is closing stays, with the time it closed."""
    if state.halt or state.stage != s.ROUND or state.round is None:
        return []
    seen = [ask for ask in state.round.live_asks() if viewer.role not in CAST or _sees(state.round, viewer, ask)]
    return [
        {
            "no": ask.no,
            "kind": ask.kind,
            "question": face(state, ask, viewer.lang),
            "opens_at": ask.opens_at,
            "closes_at": None if ask.held is not None else ask.closes_at,
            "take": ask.take,
            "part": state.format.kinds[ask.kind].part,
            "scored": state.format.scored and state.format.kinds[ask.kind].scored,
        }
        for ask in sorted(seen, key=lambda ask: (state.format.kinds[ask.kind].part, -ask.no))
    ]


def _sees(played: Round, viewer: Viewer, ask: Ask) -> bool:
    """True when the group of this viewer is on this ask: a group is who is on the same asks."""
    if viewer.group == TURN:
        return (played.cast.turn or 0) in ask.roll
    return viewer.group == "" or str(ask.no) in viewer.group.split()


def _acts(state: ShowState, viewer: Viewer) -> list[dict[str, Any]]:
    """The commands this group may give now, and what each takes."""
    table, in_round = dict(MOVES.get(state.phase, {})), set()
    if not state.halt and state.stage == s.ROUND and state.round:
        own = state.format.moves.get(state.round.phase, {})
        table = {**AT_WILL.get(state.phase, {}), **table}
        in_round, table = own.keys() - table.keys(), {**own, **table}
    moves = {**table, **ALWAYS, **ARMING}
    if state.halt or state.stage in (s.LOBBY, s.OVER):
        moves.pop("pause")
    if state.phase not in FREE:
        moves.pop("show_spread")
        moves.pop("show_awards")
    if state.previous is None:
        moves.pop("undo")
    if unexplained(state) is None:
        moves.pop("explain")
    names = {viewer.role, TURN} if viewer.group == TURN else {viewer.role}
    return [
        {"do": name, "args": dict(move.args)}
        for name, move in moves.items()
        if move.by & names and move.when(state.round if name in in_round else state)
    ]


def _opens_at(state: ShowState, asks: list[dict[str, Any]]) -> int | None:
    if asks:
        return int(asks[0]["opens_at"])
    return state.round.until if state.stage == s.ROUND and state.round and not state.halt else None


def _remaining(state: ShowState) -> int | None:
    """The time that was left when the clock stopped, microseconds."""
    if state.halt is None or state.stage != s.ROUND or state.round is None:
        return None
    times = [ask.closes_at for ask in state.round.live_asks() if ask.status == OPEN and ask.closes_at]
    times += [state.round.until] if state.round.until else []
    return max(0, min(times) - state.halt.at) if times else None
