"""Another question in place of one that turned out wrong, before its key is shown.

The shell takes it from the banks and gives its body; what was asked of the old one is void, and the journal says what
stood there, so that every opening is graded and shown by the question it asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from quizzes.copies import replace
from quizzes.engine import Command, Event
from quizzes.refusals import Rejected
from quizzes.show import state as s
from quizzes.show.changes import need_reason
from quizzes.show.state import ShowState


def is_replaceable(state: ShowState) -> bool:
    """True when a question stands for itself: no picture, phrase or package of the round hangs on it."""
    if (
        state.stage != s.ROUND
        or state.round is None
        or not 0 <= state.round.question < len(state.round.setup.questions)
    ):
        return False
    fmt = state.format
    own = state.playing.body()["type"] in fmt.own_types
    return not (fmt.hides_picture or fmt.material or own) and fmt.needs_answer


def replace_question(state: ShowState, command: Command) -> Iterator[Event]:
    """`body`: the spare, said by the shell; without one Rejected("not_found"). Rejected: key_shown, not_now."""
    if not is_replaceable(state):
        raise Rejected("not_now")
    played = state.playing
    asks = list(played.of_question())
    if any(ask.no in state.key_shown for ask in asks):
        raise Rejected("key_shown")
    body = command.args.get("body")
    if not isinstance(body, Mapping) or body.get("type") != played.body()["type"]:
        raise Rejected("not_found")
    if any(state.format.problems(body)):
        raise Rejected("not_found")
    reason = need_reason(command)
    for ask in asks:
        if ask.no not in state.void:
            yield Event("voided", {"no": ask.no, **reason})
    yield Event("replaced", {"round": state.index, "question": played.question, "body": body, "upto": state.last_no})
    yield Event("ready", {"question": played.question, "until": None})


def replaced(state: ShowState, event: Event, at: int) -> ShowState:
    """The new question stands in the script; what was opened before keeps the old one."""
    index, question = event.data["round"], event.data["question"]
    asked = [list(one) for one in state.created["questions"]]
    old = {"upto": event.data["upto"], "body": asked[index][question]}
    asked[index][question] = event.data["body"]
    places = (index, question)
    after = replace(
        state,
        created={**state.created, "questions": asked},
        gone={**state.gone, places: (*state.gone.get(places, ()), old)},
    )
    if after.round is None or index != after.index:
        return after
    setup = replace(after.round.setup, questions=tuple(asked[index]))
    return replace(after, round=replace(after.round, setup=setup))


def body_of(state: ShowState, index: int, question: int | None, no: int) -> Any:
    """The question that opening `no` asked; None where it asked none."""
    if question is None:
        return None
    old: Mapping[str, Any]
    for old in state.gone.get((index, question), ()):
        if no <= old["upto"]:
            return old["body"]
    return state.created["questions"][index][question]
