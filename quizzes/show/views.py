"""What each role may see, built up from nothing: what is not named here is not shown.

Until a reveal nothing here depends on the key for anybody but host, MC and judge: scores, ranks, groups
and order come from `state.table`, which is as of the last `revealed`.
"""

from __future__ import annotations

from typing import Any

from quizzes import questions
from quizzes.draws import Draws
from quizzes.engine import CAST, HOST, JUDGE, MC, PLAYER, STAFF, STAGE, TURN, Viewer
from quizzes.mechanics.ask import OPEN, REVEALED, VOID, Ask, Round
from quizzes.mechanics.said import CORRECTED
from quizzes.mechanics.teams import speaker
from quizzes.questions.contract import FULL, localized
from quizzes.show import state as s
from quizzes.show import teams
from quizzes.show.anytime import ALWAYS
from quizzes.show.ballots import main_ask
from quizzes.show.changes import unexplained
from quizzes.show.commands import AT_WILL, MOVES, next_phase
from quizzes.show.console import next_text, round_title, script
from quizzes.show.correcting import has_verdicts, said
from quizzes.show.picture import FREE, seen
from quizzes.show.standings import of_teams, podium, standings, voids
from quizzes.show.state import ShowState
from quizzes.show.table import points

WITH_QUESTION = ("open", "answering", "closed", "revealed")


def role(state: ShowState, seat: int, side: str) -> str:
    """What a seat is now. `side` is "public" or, for staff, the role of its ticket."""
    if side in (HOST, MC, JUDGE, STAGE):
        return side
    return state.round.cast.role(seat) if state.round and state.stage == s.ROUND else PLAYER


def group(state: ShowState, seat: int) -> str:
    """Which public seats of a role share a screen."""
    return state.format.group(state.playing, seat) if state.stage == s.ROUND else ""


def score(state: ShowState, seat: int) -> int | float:
    """A seat's points as of the last `revealed`; 0 for who has none yet."""
    row = state.table.by_seat.get(seat)
    return points(row.half) if row else 0


def me(state: ShowState, seat: int) -> dict[str, Any]:
    """One seat's own part, as of the last `revealed`; a look into dicts, so it may be asked for everybody."""
    row = state.table.by_seat.get(seat)
    own = state.format.me(state.playing, seat) if state.stage == s.ROUND else {}
    return {
        "role": role(state, seat, "public"), "group": group(state, seat),
        "score": score(state, seat), "rank": row.rank if row else None,
        "of": len(state.table.rows), "last": _last(state, seat), **_results(state, seat), **_turn(state, seat),
        **teams.me(state, seat), **own,
    }  # fmt: skip


def _results(state: ShowState, seat: int) -> dict[str, Any]:
    """By ask, where the last reveal was of several: what a side ask gave is no part of the score."""
    if len(state.revealed) < 2 or state.stage != s.ROUND:
        return {}
    kinds, asks = state.format.kinds, (state.playing.asks[no] for no in state.revealed if no in state.playing.asks)
    mine = {}
    for ask in asks:
        if seat in ask.roll and ask.status == REVEALED:
            half, share, _ = ask.results.get(seat, (0, 0, 0))
            mine[str(ask.no)] = {"points": points(half), "right": share == FULL, "scored": kinds[ask.kind].scored}
    return {"results": mine} if mine else {}


def _turn(state: ShowState, seat: int) -> dict[str, Any]:
    playing = state.round if state.stage == s.ROUND else None
    return {"turn": True} if playing and playing.cast.turn == seat else {}


def standing(state: ShowState) -> tuple[Any, ...]:
    """What everybody's part in `me` is made of, results and role: while it is the same, nobody's has changed."""
    cast = state.round.cast if state.round else None
    return state.table, state.last_asks, state.teams, cast.named if cast else None, cast.turn if cast else None


def _last(state: ShowState, seat: int) -> dict[str, Any] | None:
    """What the last reveal gave this seat; None for who was not on the roll or where it is void."""
    if not any(seat in ask.roll or seat in ask.results for ask in state.last_asks):
        return None
    cast = state.playing.cast
    results = [ask.results.get(speaker(cast, ask.results, seat), (0, 0, 0)) for ask in state.last_asks]
    won, right = sum(one[0] for one in results), any(one[1] == FULL for one in results)
    return {"no": state.last[-1], "points": points(won), "right": right}


def view(state: ShowState, viewer: Viewer) -> dict[str, Any]:
    """A whole screen of a role and group, in a language. Times in microseconds, points as people read them."""
    lang, phase = viewer.lang, state.phase
    playing = state.round if state.stage == s.ROUND else None
    own = state.format.view(playing, viewer) if playing and _uncovered(state, viewer) else {}
    seats = own.pop("seats", [])
    asks = _asks(state, viewer)
    ranks, winners = standings(state), podium(state)
    screen: dict[str, Any] = {
        "phase": phase, "role": viewer.role, "group": viewer.group,
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
        "reveal": _reveal(state, lang),
        "standings": ranks,
        "podium": winners, "unveiled": state.unveiled,
        "locked": state.locked, "auto_close": state.auto_close, "blackout": state.blackout,
        "spread": state.spread,
        "hidden": sorted(state.hidden), "sound": seen(state), "followed": state.followed,
        "void": voids(state),
        "format": own,
        "quotes": [list(one) for one in state.format.quotes(playing, viewer)] if playing and own else [],
        "seats": sorted({*seats, *(row["seat"] for row in (ranks or []) + (winners or []))}),
    }  # fmt: skip
    whole = screen | _in_teams(state) | _corrections(state) | _of_staff(state, viewer)
    named = [one["seat"] for name in ("corrected", "verdicts") for one in whole.get(name, ())]
    return whole | ({"seats": sorted({*whole["seats"], *named, *state.chosen})} if named or "chosen" in whole else {})


def _corrections(state: ShowState) -> dict[str, Any]:
    """Verdicts of the question being played that were made right: everybody is told, and the shell says why."""
    told = [
        {name: one.data[name] for name in ("no", "seat", "right", "reason_ref")}
        for one in state.changes if one.what == CORRECTED and _is_of_question(state, one.data["no"])
    ]  # fmt: skip
    return {"corrected": told} if told else {}


def _verdicts(state: ShowState) -> list[dict[str, Any]]:
    """What the host may correct here."""
    return [{"no": ask.no, "seat": seat, "right": right} for ask, seat, right in said(state)]


def _is_of_question(state: ShowState, no: int) -> bool:
    played = state.round
    return played is not None and no in played.asks and played.asks[no].during == played.question


def _in_teams(state: ShowState) -> dict[str, Any]:
    return {} if state.teams_setting is None else {"teams": of_teams(state), "playing_in": dict(state.teams_setting)}


def _of_staff(state: ShowState, viewer: Viewer) -> dict[str, Any]:
    """What only those who run the show see."""
    lang = viewer.lang
    screen: dict[str, Any] = {"key": _key(state, lang)} if viewer.role in STAFF else {}
    if viewer.role in (HOST, MC):
        screen["script"] = script(state, lang)
    if viewer.role == HOST:
        screen |= {"verdicts": _verdicts(state)} if has_verdicts(state) and not state.halt else {}
        screen |= {"chosen": list(state.chosen)} if teams.are_chosen(state) else {}
        screen |= {"team_of": [[seat, team] for seat, team in state.teams.items() if team]} if state.teams else {}
        screen["unexplained"] = unexplained(state) is not None
        screen["next"] = {"phase": next_phase(state), "text": next_text(state, lang)}
    return screen


def _uncovered(state: ShowState, viewer: Viewer) -> bool:
    """While the clock stands nobody may go on thinking: a question that is open is covered."""
    return state.halt is None or viewer.role in STAFF or state.inner_phase not in ("open", "answering")


def _round(state: ShowState, lang: str) -> dict[str, Any] | None:
    """The round being played; in a break the next one. `index` and `question` count from 1."""
    index = state.index + 1 if state.stage == s.BREAK else state.index
    if index < 0:
        return None
    played = state.round if index == state.index else None
    return {
        "index": index + 1, "of": len(state.specs), "format": state.specs[index]["format"],
        "title": round_title(state, index, lang),
        "question": played.question + 1 if played else 0,
        "questions": len(state.created["questions"][index]),
    }  # fmt: skip


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
    """What is put to this viewer now; while it closes it stays, with the time it closed."""
    if state.halt or state.stage != s.ROUND or state.round is None:
        return []
    seen = [
        ask for ask in state.round.live_asks()
        if viewer.role not in CAST or _sees(state.round, viewer, ask)
    ]  # fmt: skip
    return [
        {
            "no": ask.no, "kind": ask.kind, "question": face(state, ask, viewer.lang),
            "opens_at": ask.opens_at, "closes_at": None if ask.held is not None else ask.closes_at,
            "take": ask.take, "part": state.format.kinds[ask.kind].part,
            "scored": state.format.scored and state.format.kinds[ask.kind].scored,
        }
        for ask in sorted(seen, key=lambda ask: (state.format.kinds[ask.kind].part, -ask.no))
    ]  # fmt: skip


def _sees(played: Round, viewer: Viewer, ask: Ask) -> bool:
    """A group is who is on the same asks."""
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
    moves = {**table, **ALWAYS}
    if state.halt or state.stage in (s.LOBBY, s.OVER):
        moves.pop("pause")
    if state.phase not in FREE:
        moves.pop("show_spread")
    if state.previous is None:
        moves.pop("undo")
    if unexplained(state) is None:
        moves.pop("explain")
    names = {viewer.role, TURN} if viewer.group == TURN else {viewer.role}
    return [
        {"do": name, "args": dict(move.args)} for name, move in moves.items()
        if move.by & names and move.when(state.round if name in in_round else state)
    ]  # fmt: skip


def _opens_at(state: ShowState, asks: list[dict[str, Any]]) -> int | None:
    if asks:
        return int(asks[0]["opens_at"])
    return state.round.until if state.stage == s.ROUND and state.round and not state.halt else None


def _remaining(state: ShowState) -> int | None:
    """What was left when the clock stopped."""
    if state.halt is None or state.stage != s.ROUND or state.round is None:
        return None
    times = [ask.closes_at for ask in state.round.live_asks() if ask.status == OPEN and ask.closes_at]
    times += [state.round.until] if state.round.until else []
    return max(0, min(times) - state.halt.at) if times else None


def solution(played: Round, index: int, lang: str) -> dict[str, Any]:
    """The key of a question with the ids as shown last; before any opening with ids that nobody will see."""
    body = played.body(index)
    asked = (ask for ask in played.asks.values() if ask.question == index and ask.shown)
    newest = max(asked, key=lambda ask: ask.no, default=None)
    kind = questions.of(body)
    shown = newest.shown if newest and newest.shown else kind.arrange(body, Draws(played.setup.seed, "key"))
    return kind.solution(body, shown, lang)


def _told(state: ShowState, played: Round, lang: str) -> dict[str, Any]:
    body = played.body()
    return {
        "answer": solution(played, played.question, lang) if state.format.needs_answer else None,
        "explanation": localized(body.get("explanation"), lang), "source": body.get("source"),
    }  # fmt: skip


def _key(state: ShowState, lang: str) -> dict[str, Any] | None:
    if state.stage != s.ROUND or state.round is None or state.round.question < 0 or not state.format.needs_answer:
        return None
    return _told(state, state.round, lang)


def _reveal(state: ShowState, lang: str) -> dict[str, Any] | None:
    played = state.round
    if played is None or state.stage not in (s.ROUND, s.STANDINGS) or played.phase != "revealed":
        return None
    newest = main_ask(state)
    if newest is None or not was_revealed(state, newest):
        return None
    return {**_told(state, played, lang), "counts": dict(newest.counts)}


def was_revealed(state: ShowState, ask: Ask) -> bool:
    return ask.status == REVEALED or (ask.status == VOID and ask.no in state.key_shown)
