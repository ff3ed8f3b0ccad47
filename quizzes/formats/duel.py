"""Đấu một chọi một: true or false in five seconds, pairs drawn by the seed, whoever wins goes on until one is left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from quizzes.engine import CONTESTANT, Command, Event, Setting, Viewer
from quizzes.grammar import Format, Mechanic, Preset
from quizzes.mechanics import asking
from quizzes.mechanics.asking import opened
from quizzes.mechanics.knock_out import Bracket, draw, knock_out, next_pairs, tally
from quizzes.mechanics.playing_along import ALONG_SETTING, playing_along
from quizzes.refusals import N_
from quizzes.round_state.ask import Round
from quizzes.round_state.cast import contestants
from quizzes.settings.values import half_points

SETTINGS: Mapping[str, Setting] = {
    "contestants": Setting("whole", 8, N_("Số thí sinh"), 2, 64),
    "each": Setting("whole", 3, N_("Số câu của một cặp"), 1, 20),
    "points": Setting("points", 10, N_("Điểm cho một câu đúng"), 0, 10_000),
    "seconds": Setting("whole", 5, N_("Thời gian trả lời (giây)"), 2, 120),
    "along": ALONG_SETTING,
    **asking.SETTINGS,
}


def next_question_or_pair(state: Round, command: Command) -> Iterator[Event]:
    """Pairs are drawn when it begins, and from the winners of each round; then the pair's next question."""
    bracket = state.of(Bracket)
    if not state.cast.order or bracket.champion is not None or len(state.cast.order) < 2:
        yield Event("done")
    elif not bracket.rounds:
        yield from [draw(state), *asking.next_question(state, command)]
    elif (following := next_pairs(state)) is not None:
        yield from [following, *asking.next_question(state, command)]
    else:
        yield from asking.next_question(state, command)


def ask_the_pair(state: Round, command: Command) -> Iterator[Event]:
    yield opened(state, command, "question", state.settings["seconds"], only=state.of(Bracket).pair or (0,))


def places(state: Round) -> Mapping[int, int]:
    """Place higher whoever came further; who fell in the same round shares the place."""
    bracket = state.of(Bracket)
    if not bracket.rounds:
        return {}
    reached = {seat: at for at, pairs in enumerate(bracket.rounds) for pair in pairs for seat in pair}
    if bracket.champion is not None:
        reached[bracket.champion] = len(bracket.rounds)
    return {seat: 1 + sum(1 for other in reached.values() if other > far) for seat, far in reached.items()}


def view(state: Round, viewer: Viewer) -> dict[str, Any]:
    """The pair that plays with its tally, and the whole bracket."""
    bracket = state.of(Bracket)
    pair = bracket.pair or _last(state)
    if state.phase == "revealed":
        pair = _last(state) or pair
    score, winner = tally(state, pair), bracket.winners.get(pair)
    rounds = [
        [{"pair": list(one), "winner": bracket.winners.get(one), "now": one == bracket.pair} for one in pairs]
        for pairs in bracket.rounds
    ]
    named = sorted({seat for pairs in bracket.rounds for one in pairs for seat in one})
    return {
        "pair": [{"seat": seat, "right": score[seat][0], "won": seat == winner} for seat in pair],
        "nth": len(bracket.asked.get(pair, ())),
        "each": state.settings["each"],
        "bracket": rounds,
        "champion": bracket.champion,
        "seats": named,
    }


def _last(state: Round) -> tuple[int, ...]:
    """The pair that was asked the present question, while its verdict is shown."""
    bracket = state.of(Bracket)
    return next((pair for pair, had in bracket.asked.items() if state.question in had), ())


def waits(state: Round, seat: int) -> str:
    """ "aside" for a contestant whose pair is not asked, from the opening until the key."""
    aside = state.phase == "closed" and state.cast.role(seat) == CONTESTANT and seat not in _last(state)
    return asking.ASIDE if aside else ""


def worth(state: Round, index: int) -> int:
    return half_points(state.settings["points"])


def problems(question: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    if question.get("type") not in ("true_false", "single"):
        yield "type", "type_unknown", N_("Đấu một chọi một chỉ dùng câu đúng sai hoặc câu chọn một phương án.")


FORMAT = Format(
    key="duel",
    ground="slate",
    title=N_("Đấu một chọi một"),
    settings=SETTINGS,
    cast=lambda setup: contestants(setup, setup.settings["contestants"]),
    mechanics=(
        asking.asking(ask_the_pair, then=next_question_or_pair),
        knock_out(each=lambda state: state.settings["each"]),
        playing_along(worth=worth),
        Mechanic(group=waits, view=view),
    ),
    worth=worth,
    places=places,
    ranks_by=N_("Ai vào sâu hơn đứng trên; rồi đến điểm, số câu đúng và thời gian."),
    sends=lambda state: tuple(sorted(places(state), key=lambda seat: (places(state)[seat], seat))),
    presets={
        "one": Preset(N_("Kiểu một câu quyết định"), {"each": 1}),
        "calm": Preset(N_("Kiểu năm câu, mười giây"), {"each": 5, "seconds": 10}),
    },
    problems=problems,
)
