"""Hái hoa dân chủ: somebody is drawn, picks a paper flower and answers aloud. No flower twice, nobody twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from quizzes.copies import replace
from quizzes.draws import Draws
from quizzes.engine import CONTESTANT, Command, Event, Setting, Viewer
from quizzes.grammar import Format, Mechanic
from quizzes.mechanics import asking
from quizzes.mechanics.asking import opened, ready
from quizzes.mechanics.boards import in_points
from quizzes.mechanics.heard import can_be_heard, heard, heard_or_tapped
from quizzes.mechanics.picking import pick, picking
from quizzes.mechanics.playing_along import ALONG_SETTING, playing_along
from quizzes.mechanics.turns import Turns, turn_of, turns
from quizzes.questions.contract import FULL
from quizzes.refusals import N_
from quizzes.round_state.ask import LAST, Round
from quizzes.round_state.cast import Cast, contestants
from quizzes.round_state.roll import Roll
from quizzes.round_state.room import EVERYBODY
from quizzes.round_state.setup import Setup
from quizzes.settings.values import half_points

LOT, ORDER, FLOWER = "lot", "order", "flower"
MOST_FLOWERS = 40  # flowers on the tree

SETTINGS: Mapping[str, Setting] = {
    "who": Setting(
        "choice", LOT, N_("Ai lên hái hoa"), choices=(LOT, ORDER),
        said=(N_("Máy bốc thăm trong phòng, không ai hai lần"), N_("Các thí sinh lần lượt")),
    ),
    "contestants": Setting("whole", 10, N_("Số thí sinh"), 1, 100),
    "points": Setting("points", 10, N_("Điểm cho một câu đúng"), 0, 10_000),
    "seconds": Setting("whole", 60, N_("Thời gian trả lời (giây)"), 0, 600),
    "along": ALONG_SETTING,
    **asking.SETTINGS,
}  # fmt: skip


@dataclass(frozen=True)
class Flowers:
    picked: Mapping[str, int] = field(default_factory=dict)
    """flower -> whose it is"""
    held: str = ""


def everybody_looks_on(setup: Setup) -> Cast:
    """Seats everybody in the audience. A person who is drawn becomes the contestant; a fixed order is known from the
    beginning."""
    if setup.settings["who"] == ORDER:
        return contestants(setup, setup.settings["contestants"])
    room = setup.room
    return Cast(Roll(), room=room.seats, teams=room.teams, units=room.units)


def flowers(state: Round) -> list[str]:
    """The numbers of the flowers that still hang."""
    return [
        str(number + 1)
        for number in range(len(state.setup.questions))
        if str(number + 1) not in state.of(Flowers).picked
    ]


def behind(state: Round, flower: str) -> int:
    """The index of the question that a flower hides: the seed has mixed them."""
    mixed = Draws(state.setup.seed, "flowers", state.setup.index).shuffled(range(len(state.setup.questions)))
    return mixed[int(flower) - 1]


def course(state: Round) -> tuple[list[int], int]:
    """The questions whose flowers were picked, with the one that is announced while somebody picks."""
    known = [behind(state, flower) for flower in state.of(Flowers).picked]
    if state.question >= 0 and state.question not in known:
        known.append(state.question)
    return known, len(state.setup.questions)


def who_is_next(state: Round, command: Command) -> int | None:
    room, had = asking.roll_of(command), state.of(Turns).had
    if state.settings["who"] == ORDER:
        return next((seat for seat in state.cast.order if seat not in had and seat in room), None)
    seats = [seat for seat in room if seat not in had] if room != EVERYBODY else []
    return Draws(state.setup.seed, "who", state.setup.index, len(had)).shuffled(seats)[0] if seats else None


def next_person(state: Round, command: Command) -> Iterator[Event]:
    seat = who_is_next(state, command)
    if seat is None or not flowers(state):
        yield Event("done")
        return
    yield turn_of(seat, command)
    yield Event("ready", {**ready(state, command).data, "question": behind(state, flowers(state)[0])})


def let_pick(state: Round, event: Event, command: Command) -> Iterator[Event]:
    """Lets the person pick among the flowers that hang; then announces the question behind the flower."""
    if not state.of(Flowers).held:
        yield pick(state, command, flowers(state)[:MOST_FLOWERS], kind=FLOWER)


def unfold(state: Round, event: Event, command: Command) -> Iterator[Event]:
    yield Event("ready", {**ready(state, command).data, "question": behind(state, event.data["choice"])})


def ask_the_person(state: Round, command: Command) -> Iterator[Event]:
    assert state.cast.turn is not None  # noqa: S101
    yield opened(state, command, "question", state.settings["seconds"], take=LAST, only=[state.cast.turn])


def _stands_up(state: Round, data: Mapping[str, Any]) -> Round:
    """Makes the seat whose turn it is the contestant; the seat before it looks on again."""
    if state.settings["who"] == ORDER:
        return state.keeping(replace(state.of(Flowers), held=""))
    named = {data["seat"]: CONTESTANT}
    return state.keeping(replace(state.of(Flowers), held=""), cast=replace(state.cast, named=named))


def _unfolded(state: Round, data: Mapping[str, Any]) -> Round:
    kept = state.of(Flowers)
    return state.keeping(Flowers({**kept.picked, data["choice"]: data["seat"]}, data["choice"]))


def worth(state: Round, index: int) -> int:
    return half_points(state.settings["points"])


def view(state: Round, viewer: Viewer) -> dict[str, Any]:
    """The flowers that hang, the one in the hand, and right or wrong with the key."""
    kept, ask = state.of(Flowers), state.newest("question")
    seat = state.cast.turn
    shown: dict[str, Any] = {"flowers": flowers(state), "of": len(state.setup.questions), "now": kept.held}
    if state.phase == "revealed" and ask and seat:
        half, share, _ = ask.results.get(seat, (0, 0, 0))
        shown["said"] = [{"no": ask.no, "seat": seat, "right": share == FULL, "points": in_points(half)}]
    return shown


FORMAT = Format(
    key="draw",
    title=N_("Hái hoa dân chủ"),
    settings=SETTINGS,
    cast=everybody_looks_on,
    mechanics=(
        asking.asking(ask_the_person, then=next_person, judge=heard_or_tapped(worth), options=can_be_heard, waits=True),
        turns(),
        picking(FLOWER),
        playing_along(worth=worth),
        heard(worth),
        Mechanic(
            keeps=Flowers(),
            after={"ready": let_pick, "picked": unfold},
            changes={"turn": _stands_up, "picked": _unfolded},
            view=view,
        ),
    ),
    worth=worth,
    course=course,
    problems=asking.problems,
)
