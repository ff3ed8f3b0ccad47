"""Fighting: one against a crowd. The crowd locks first; each of it who is wrong leaves, and the bank grows. When the
contestant is wrong, the bank goes to those of the crowd who are right. The crowd itself gives the helps, once each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from quizzes.copies import replace
from quizzes.draws import Draws
from quizzes.engine import HOST, PLAYER, TURN, Command, Event, Graded
from quizzes.grammar import SIDE, Judged, Mechanic, Move
from quizzes.mechanics import asking, bank_question
from quizzes.mechanics.asking import opened
from quizzes.mechanics.elimination import alive, not_right
from quizzes.mechanics.parts import shown
from quizzes.mechanics.turns import in_order, turn_of
from quizzes.questions.contract import FULL
from quizzes.refusals import Rejected
from quizzes.round_state.ask import LAST, OPEN, Ask, Round
from quizzes.scoring import rounded_us
from quizzes.settings.values import half_points

CROWD, TWO = "crowd", "two"
POLL, ASK, TRUST = "poll", "ask", "trust"
HELPS = (POLL, ASK, TRUST)
WITH_OPTIONS = ("single", "true_false")
"""Types of which the crowd can be asked what it chose."""
BY_ONE = frozenset({TURN, HOST})


@dataclass(frozen=True)
class Fight:
    announced: frozenset[int] = frozenset()
    """Questions that were announced and not put back."""
    hard: frozenset[int] = frozenset()
    used: Mapping[str, int] = field(default_factory=dict)
    """help -> the question on which it was used"""
    bank: int = 0
    ended: str = ""
    """How the fight ended: won, lost or left."""
    left: bool = False


def unasked(state: Round) -> list[int]:
    had = state.of(Fight).announced
    return [index for index in range(len(state.setup.questions)) if index not in had]


def next_question(state: Round, command: Command) -> Iterator[Event]:
    """Asks the easiest question that is left, until one side has won."""
    if state.of(Fight).ended or not state.cast.order or not alive(state) or not unasked(state):
        yield Event("done")
        return
    yield from (turn_of(seat, command) for seat in in_order(state))
    yield announced(state, command, unasked(state)[0])


def announced(state: Round, command: Command, index: int, instead: int | None = None) -> Event:
    told = asking.ready(state, command)
    return Event("ready", {**told.data, "question": index, **({} if instead is None else {"instead": instead})})


def harder(state: Round, command: Command) -> Iterator[Event]:
    yield announced(state, command, unasked(state)[-1], instead=state.question)


def may_be_harder(state: Round) -> bool:
    return state.question not in state.of(Fight).hard and bool(unasked(state)) and state.no is None


def ask_the_crowd(state: Round, command: Command) -> Iterator[Event]:
    yield opened(state, command, CROWD, state.settings["seconds"], to=[PLAYER])


def ask_the_one(state: Round, event: Event, command: Command) -> Iterator[Event]:
    """Opens the question to the contestant, once the crowd has locked: without a limit, with the same options."""
    ask = state.asks[event.data["no"]]
    if ask.kind == CROWD:
        yield opened(state, command, "question", 0, take=LAST, only=state.cast.order, shown=ask.shown)


def crowd_of(state: Round) -> Ask | None:
    return state.newest(CROWD)


def judge_crowd(state: Round, ask: Ask, graded: Sequence[Graded], command: Command) -> Judged:
    """Tells right or wrong, and names one of each who may be asked for their reasons, drawn by the seed."""
    results = {one.seat: (0, one.right, rounded_us(ask.elapsed_us(one.at))) for one in graded if one.right == FULL}
    drawn = Draws(state.setup.seed, TWO, ask.no).shuffled(sorted(graded, key=lambda one: one.seat))
    sides = [
        [one for one in drawn if (one.right == FULL) is right and isinstance(one.choice, str)]
        for right in (True, False)
    ]
    two = [[side[0].seat, side[0].choice] for side in sides if side]
    return Judged(results, bank_question.counts(state, ask, graded), {"two": two if len(two) == 2 else []})


def judge_one(state: Round, ask: Ask, graded: Sequence[Graded], command: Command) -> Judged:
    """Right: a prize for each of the crowd who is wrong. Wrong: the bank goes to those of it who are right."""
    fight, crowd, one = state.of(Fight), crowd_of(state), state.cast.turn or 0
    choice = graded[0].choice if graded else None
    if TRUST in fight.used and fight.used[TRUST] == state.question and crowd and any(crowd.counts.values()):
        choice = max(sorted(crowd.counts), key=lambda option: crowd.counts[option])
    if choice is None or fight.left or crowd is None:
        return Judged(counts=bank_question.counts(state, ask, graded), more={"left": True})
    more = {"chosen": choice if isinstance(choice, str) else None}
    if bank_question.grade(state, ask, choice) == FULL:
        half = len(not_right(crowd)) * worth(state, state.question)
        return Judged({one: (half, FULL, 0)}, bank_question.counts(state, ask, graded), more)
    right = [seat for seat in crowd.roll if crowd.results.get(seat, (0, 0, 0))[1] == FULL]
    share = fight.bank // len(right) if right else 0
    results = {one: (-fight.bank, 0, 0)} | {seat: (share, FULL, 0) for seat in right if share}
    return Judged(results, bank_question.counts(state, ask, graded), more)


def worth(state: Round, index: int) -> int:
    """Half-points for each of the crowd."""
    times = state.settings["hard_times"] if index in state.of(Fight).hard else 1
    return half_points(state.settings["per_head"]) * int(times)


def outcome(state: Round, event: Event, command: Command) -> Iterator[Event]:
    ask = state.newest("question")
    if ask is None or ask.no not in event.data["nos"]:
        return
    half, share, _ = ask.results.get(state.cast.turn or 0, (0, 0, 0))
    if ask.more.get("left"):
        yield Event("fought", {"no": ask.no, "gain": 0, "ended": "left"})
    elif share == FULL:
        yield Event("fought", {"no": ask.no, "gain": half, "ended": "" if alive(state) else "won"})
    else:
        yield Event("fought", {"no": ask.no, "gain": half, "ended": "lost"})


def falls(state: Round, ask: Ask) -> Iterable[int]:
    """The seats of the crowd that fall: those that were not right, when the contestant was."""
    main = state.newest("question")
    won = main is not None and main.results.get(state.cast.turn or 0, (0, 0, 0))[1] == FULL
    return not_right(ask) if won else ()


# the contestant's moves


def helps_left(state: Round) -> list[str]:
    crowd, main = crowd_of(state), state.newest("question")
    if main is None or main.status != OPEN or crowd is None or state.body()["type"] not in WITH_OPTIONS:
        return []
    return [one for one in state.settings["helps"] if one not in state.of(Fight).used]


def help_one(state: Round, command: Command) -> Iterator[Event]:
    what, main, crowd = command.args.get("what"), state.newest("question"), crowd_of(state)
    if not isinstance(what, str) or what not in HELPS or main is None or crowd is None:
        raise Rejected("bad_request", argument="what")
    if what not in helps_left(state):
        raise Rejected("not_now")
    yield Event("helped", {"what": what, "question": state.question})
    if what == ASK:
        yield shown(crowd.no, TWO, sorted(crowd.more["two"]))
    elif what == TRUST:
        yield from (asking.closing(ask, command) for ask in state.open_asks())


def each_help(state: Round) -> Iterable[Mapping[str, Any]]:
    return [{"what": one} for one in helps_left(state)]


def may_leave(state: Round) -> bool:
    main = state.newest("question")
    return main is not None and main.status == OPEN and len(state.of(Fight).announced) > state.settings["leave_after"]


def leave(state: Round, command: Command) -> Iterator[Event]:
    yield Event("walked", {"seat": state.cast.turn})
    yield from (asking.closing(ask, command) for ask in state.open_asks())


def are_the_two(state: Round, data: Mapping[str, Any]) -> bool:
    """True when an event shows the two seats of the crowd that were drawn at the judging of its vote: one right, one
    wrong. It shows none when there are no two such seats."""
    return bool(data["parts"] == sorted(state.asks[data["no"]].more["two"]))


# the changes of each event


def _ready(state: Round, data: Mapping[str, Any]) -> Round:
    fight, instead = state.of(Fight), data.get("instead")
    hard = fight.hard | {data["question"]} if instead is not None else fight.hard
    known = fight.announced - ({instead} if instead is not None else set()) | {data["question"]}
    return state.keeping(replace(fight, announced=frozenset(known), hard=frozenset(hard), left=False))


def _fought(state: Round, data: Mapping[str, Any]) -> Round:
    fight = state.of(Fight)
    bank = 0 if data["ended"] == "lost" else fight.bank + data["gain"]
    return state.keeping(replace(fight, bank=bank, ended=data["ended"]))


def _helped(state: Round, data: Mapping[str, Any]) -> Round:
    fight = state.of(Fight)
    return state.keeping(replace(fight, used={**fight.used, data["what"]: data["question"]}))


def _walked(state: Round, data: Mapping[str, Any]) -> Round:
    return state.keeping(replace(state.of(Fight), left=True))


def _voided(state: Round, data: Mapping[str, Any]) -> Round:
    """The bank as the points have it. A fight that was lost by a wrong verdict goes on."""
    fight, ask, seat = state.of(Fight), state.asks[data["no"]], state.cast.turn or 0
    if ask.kind != "question":
        return state
    used = {what: at for what, at in fight.used.items() if at != ask.during}
    ended = "" if ask.during == state.question else fight.ended
    half = ask.results.get(seat, (0, 0, 0))[0]
    bank = -half if fight.ended == "lost" and not ended else max(0, fight.bank - half)
    return state.keeping(replace(fight, used=used, ended=ended, bank=bank, left=False))


A_CROWD = bank_question.asked(judge_crowd, part=SIDE)


def fighting() -> Mechanic:
    return Mechanic(
        keeps=Fight(),
        moves={
            "ready": {"harder": Move(BY_ONE, harder, when=may_be_harder)},
            "open": {
                "help": Move(BY_ONE, help_one, {"what": "choice"}, lambda state: bool(helps_left(state)), each_help),
                "walk_away": Move(BY_ONE, leave, when=may_leave),
            },
        },
        after={"judged": ask_the_one, "revealed": outcome},
        changes={"ready": _ready, "fought": _fought, "helped": _helped, "walked": _walked, "voided": _voided},
        kinds={CROWD: A_CROWD},
        reveals={TWO: are_the_two},
    )
