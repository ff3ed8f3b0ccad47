"""Steal: what the seat whose turn it is could not answer, the others may buzz for. The points change hands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from quizzes.anew import KEY, TURN, Anew
from quizzes.copies import replace
from quizzes.engine import Command, Event, Viewer
from quizzes.grammar import Mechanic, Results
from quizzes.mechanics import asking
from quizzes.mechanics.boards import in_points
from quizzes.mechanics.floor import BUZZ, UNSEEN
from quizzes.mechanics.oral import ORAL
from quizzes.mechanics.parts import VERDICT, parts_of, shown
from quizzes.mechanics.turns import begun_otherwise
from quizzes.mechanics.verdicts import CORRECTED, is_undecided, verdicts
from quizzes.questions.contract import FULL
from quizzes.round_state.ask import REVEALED, Ask, Round

OWN = ("question", ORAL)
"""The kinds of asks that the seat of the turn gets: on its phone, or aloud."""


def owner(ask: Ask) -> int:
    """The seat whose question it was. An ask aloud has nobody on its roll: there the verdict names who answered."""
    return next(iter(ask.roll), None) or next(iter(ask.results))


def stealing(takes: Callable[[Round], int]) -> Mechanic:
    """`takes`: half-points that a right thief takes from the seat that failed. It stands on `buzzing` and `parts`."""

    def answered(state: Round, event: Event, command: Command) -> Iterator[Event]:
        """Right or wrong is said at once, since the steal would tell it anyway."""
        ask = state.asks[event.data["no"]]
        if ask.kind == UNSEEN:
            yield from paid_once(state, ask, takes(state))
        if ask.kind not in OWN:
            return
        right = ask.results.get(state.cast.turn or 0, (0, 0, 0))[1] == FULL
        yield shown(ask.no, VERDICT, right)
        yield from let_steal(state, ask, right, command)

    def let_steal(state: Round, ask: Ask, right: bool, command: Command) -> Iterator[Event]:
        if not right and (rivals := state.cast.rivals(state.cast.turn)):
            seconds = state.settings["steal_seconds"]
            yield asking.opened(state, command, BUZZ, seconds, only=rivals, shown=ask.shown)

    def stolen(state: Round, event: Event, command: Command) -> Iterator[Event]:
        if event.data["result"][1] == FULL and (half := takes(state)):
            yield Event("paid", {"no": event.data["no"], "seat": state.cast.turn, "half": half})

    def corrects(state: Round, ask: Ask, seat: int, right: bool, so_far: Results) -> Results:
        """Take the points of a right thief from whoever failed, and from nobody else."""
        then = replace(state, question=ask.during)
        failed = then.newest(*OWN)
        pays = {owner(failed): (-takes(then), 0, 0)} if right and failed and takes(then) else {}
        return {**so_far, ask.no: {**so_far[ask.no], **pays}} if ask.kind == BUZZ else so_far

    def corrected(state: Round, event: Event, command: Command) -> Iterator[Event]:
        """Says anew whether the owner was right; had it been wrong, the others may buzz."""
        ask = state.asks[event.data["no"]]
        if ask.kind in OWN and is_undecided(state, ask):
            yield shown(ask.no, VERDICT, event.data["right"])
            yield from let_steal(state, ask, event.data["right"], command)

    after = {"judged": answered, "verdict": stolen, CORRECTED: corrected}
    return Mechanic(after=after, changes={"paid": _paid}, corrects=corrects, anew=Anew(stands=_stands), view=_said)


def paid_once(state: Round, ask: Ask, half: int) -> Iterator[Event]:
    """Takes the points of right answers in secret once, however many thieves were right."""
    if half and any(share == FULL for _, share, _ in ask.results.values()):
        yield Event("paid", {"no": ask.no, "seat": state.cast.turn, "half": half})


def _stands(before: Round, after: Round, ask: Ask) -> Iterator[str]:
    """Tells that nobody steals what is known, and that turns stay in the order in which they have begun."""
    right = any(share == FULL for _, share, _ in after.asks[ask.no].results.values())
    if ask.kind in OWN and ask.status == REVEALED and not right:
        yield KEY
    if begun_otherwise(after) and not begun_otherwise(before):
        yield TURN


def _said(state: Round, viewer: Viewer) -> dict[str, Any]:
    """Right and wrong, as everybody has heard it: of the owner as soon as the others may buzz, then of the thief."""
    known = VERDICT in parts_of(state)
    rows = []
    for ask in state.of_question():
        heard = verdicts(state, ask) if ask.kind == BUZZ else list(ask.results) if known and ask.kind in OWN else []
        told = [(seat, *ask.results[seat]) for seat in heard]
        rows += [{"no": ask.no, "seat": s, "right": r == FULL, "points": in_points(half)} for s, half, r, _ in told]
    return {"said": rows}


def _paid(state: Round, data: Mapping[str, Any]) -> Round:
    ask = state.asks[data["no"]]
    return state.with_ask(replace(ask, results={**ask.results, data["seat"]: (-data["half"], 0, 0)}))
