"""The way of one question: begin -> ready -> open -> closed -> revealed -> the next. Moves for formats."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from quizzes import questions
from quizzes.draws import Draws
from quizzes.engine import CLOCK, HOST, SECOND, Command, Event, Graded, Kind, Move, Run, Setting
from quizzes.mechanics.ask import FIRST, JUDGED, LAST, OPEN, Ask, Roll, Round
from quizzes.refusals import N_, Rejected

BY_HOST, BY_CLOCK, BY_EITHER = frozenset({HOST}), frozenset({CLOCK}), frozenset({HOST, CLOCK})

SETTINGS: Mapping[str, Setting] = {
    "reading_s": Setting("whole", 0, N_("Thời gian đọc câu hỏi trước khi mở (giây)"), 0, 120),
    "show_question_in_ready": Setting("flag", False, N_("Hiện câu hỏi trong thời gian đọc")),
}
LATE = "late"
CHANGE = Setting("flag", False, N_("Được đổi câu trả lời đến khi hết giờ"))


def next_question(state: Round, command: Command) -> Iterator[Event]:
    """Announces the next question, or ends the round."""
    index = state.question + 1
    if index >= len(state.setup.questions):
        yield Event("done")
        return
    reading = state.settings["reading_s"]
    until = command.at + reading * SECOND if reading else None
    yield Event("ready", {"question": index, "until": until})


def opened(
    state: Round,
    command: Command,
    kind: str,
    seconds: int,
    *,
    take: str = FIRST,
    roll: Roll | None = None,
    shown: Sequence[Sequence[Any]] | None = None,
) -> Event:
    """A new opening of the current question. `seconds` 0: until the host closes it."""
    no = state.last_no + 1
    body = state.body()
    if shown is None:
        shown = questions.of(body).arrange(body, Draws(state.setup.seed, "ask", no))
    return Event("opened", {
        "no": no, "kind": kind, "question": state.question,
        "shown": [[str(option), int(index)] for option, index in shown],
        "opens_at": command.at, "closes_at": command.at + seconds * SECOND if seconds else None,
        "take": take, "roll": (roll or roll_of(command)).to_json(),
    })  # fmt: skip


def roll_of(command: Command) -> Roll:
    """Who is in the room: the shell adds it to every command of host and clock, over anything sent."""
    if "roll" not in command.args:
        raise ValueError('a command that opens an ask needs args["roll"] = {"upto", "without"} from the shell')
    return Roll.of(command.args["roll"])


def close(state: Round, command: Command) -> Iterator[Event]:
    """The deadline, or now for an early close. The shell gives as `at` no less than the last stored ballot's."""
    asks = state.open_asks()
    if not asks:
        raise Rejected("not_now")
    for ask in asks:
        closes_at = command.at if ask.closes_at is None else min(ask.closes_at, command.at)
        yield Event("closing", {"no": ask.no, "closes_at": closes_at})


def all_answered(state: Round, command: Command) -> Iterable[Event]:
    """Everybody present has answered opening `no`. If this arrives late, the next question stays open."""
    if command.args.get("no") not in [ask.no for ask in state.open_asks()]:
        raise Rejected("not_now")
    return close(state, command)


def reveal(state: Round, command: Command) -> Iterator[Event]:
    yield Event("revealed", {"nos": [ask.no for ask in state.of_question() if ask.status == JUDGED]})


def deadline(state: Round) -> int | None:
    times = [ask.closes_at for ask in state.open_asks() if ask.closes_at is not None]
    return min([*times, state.until] if state.until is not None else times, default=None)


def when_due(run: Run, due: Callable[[Any], int | None] = deadline) -> Run:
    """The clock's `time_up`: does what `run` does, but never early and never for another opening."""

    def run_when_due(state: Round, command: Command) -> Iterable[Event]:
        time = due(state)
        if time is None or command.at < time or command.args.get("no", state.no) != state.no:
            raise Rejected("not_now")
        return run(state, command)

    return run_when_due


def judged(no: int, results: Mapping[int, Sequence[int]], counts: Mapping[str, int], **more: Any) -> Event:
    """The verdicts of an opening. Only what differs from nothing stands in `results`."""
    written = {str(seat): list(result) for seat, result in sorted(results.items())}
    return Event("judged", {"no": no, "results": written, "counts": dict(counts), **more})


def counts(state: Round, ask: Ask, graded: Sequence[Graded]) -> dict[str, int]:
    """How many chose what. Typed answers are counted by their worth: texts stay out of the journal."""
    if ask.shown:
        body = state.body(ask.question)
        return dict(questions.of(body).counts(body, ask.shown, [one.choice for one in graded]))
    right = sum(one.right == questions.contract.FULL for one in graded)
    partly = sum(0 < one.right < questions.contract.FULL for one in graded)
    return {"right": right, "partly": partly, "wrong": len(graded) - right - partly}


def moves(opening: Run) -> dict[str, dict[str, Move]]:
    """The whole way of a question that all answer at once; `opening` gives the `opened` event."""
    closing = {"advance": Move(BY_HOST, close), "close_now": Move(BY_HOST, close)}
    return {
        "begin": {"advance": Move(BY_EITHER, next_question)},
        "ready": {"advance": Move(BY_HOST, opening), "time_up": Move(BY_CLOCK, when_due(opening))},
        "open": {**closing, "time_up": Move(BY_CLOCK, when_due(close)), "all_answered": Move(BY_CLOCK, all_answered)},
        "closed": {"advance": Move(BY_HOST, reveal)},
        "revealed": {"advance": Move(BY_HOST, next_question)},
    }


def problems(question: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Any type of the bank can be asked."""
    if question.get("type") not in questions.QUESTION_TYPES:
        yield "type", "type_unknown", N_("Thể thức này không hỏi được loại câu hỏi đó.")


def group(state: Round, seat: int) -> str:
    """ "late" while something is asked that this seat came too late for."""
    live = state.live_asks()
    return LATE if live and not any(seat in ask.roll for ask in live) else ""


def take(state: Round) -> str:
    return LAST if state.settings["change"] else FIRST


def open_ask(state: Round, no: int) -> Ask:
    ask = state.asks.get(no)
    if ask is None or ask.status != OPEN:
        raise Rejected("not_open")
    return ask


def _face(state: Round, ask: Ask, lang: str) -> dict[str, Any]:
    body = state.body(ask.question)
    return questions.of(body).face(body, ask.shown, lang)


def _read(state: Round, ask: Ask, raw: Any) -> Any:
    body = state.body(ask.question)
    return questions.of(body).read(body, ask.shown, raw)


def _grade(state: Round, ask: Ask, choice: Any) -> int:
    body = state.body(ask.question)
    return questions.of(body).grade(body, ask.shown, choice)


def _possible(state: Round, ask: Ask) -> list[Any]:
    body = state.body(ask.question)
    return list(questions.of(body).possible(body, ask.shown))


QUESTION = Kind(_face, _read, _grade, _possible)
