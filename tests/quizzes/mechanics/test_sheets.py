"""Sheets of criteria: judges mark, the format says whose points they are."""

from collections.abc import Iterator

import pytest

from quizzes import show
from quizzes.engine import Command, Event, Viewer
from quizzes.formats import FORMATS
from quizzes.grammar import Format, Mechanic
from quizzes.mechanics import asking
from quizzes.mechanics.sheets import SETTINGS, SHEET, sheet, sheets, together
from quizzes.refusals import Rejected
from quizzes.round_state.ask import Round
from quizzes.round_state.roll import Roll
from quizzes.show.state import FORMATS_OF, RULE_VERSION
from tests.quizzes.people import AN, BINH, EVERYBODY, Stage, single

FIRST, SECOND = 1_000_001, 1_000_002
CRITERIA = [{"name": "Nội dung", "name_en": "Content", "most": 10}, {"name": "Giọng nói", "most": 2.5}]


def marked(state: Round, command: Command) -> Iterator[Event]:
    yield sheet(state, command)


MARKED = Format(
    key="marked",
    title="Chấm thử",
    settings={**SETTINGS, **asking.SETTINGS},
    mechanics=(asking.asking(marked), sheets(of=lambda state, ask: AN), Mechanic()),
    problems=asking.problems,
)


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    monkeypatch.setitem(FORMATS, "marked", MARKED)
    monkeypatch.setitem(FORMATS_OF[RULE_VERSION], "marked", MARKED)
    spec = {"format": "marked", "settings": {"criteria": CRITERIA}}
    played = Stage(spec, questions=[[single(1)]], known={"judges": [FIRST, SECOND]}, standings="never")
    played.until("open")
    return played


def test_only_the_judges_are_asked_and_their_seats_stand_on_the_roll(stage: Stage) -> None:
    assert [seat for seat in (*EVERYBODY, FIRST, SECOND) if show.may_answer(stage.state, 1, seat)] == [FIRST, SECOND]
    assert stage.journal[-1][0].data["roll"] == {"only": [FIRST, SECOND]}
    assert stage.ask.roll == Roll(staff=frozenset({FIRST, SECOND}))
    [ask] = show.view(stage.state, Viewer("judge", lang="en"))["asks"]
    assert (ask["kind"], ask["take"], ask["question"]["criteria"]) == (
        SHEET,
        "last",
        [{"id": "1", "name": "Content", "most": 10}, {"id": "2", "name": "Giọng nói", "most": 2.5}],
    )


def test_marks_are_exact_to_the_half_point_and_belong_to_who_performed(stage: Stage) -> None:
    stage.answer(FIRST, raw={"1": 8.5, "2": 2})
    stage.answer(SECOND, raw={"1": 9, "2": 2.5})
    stage.until("revealed")
    assert (stage.score(AN), stage.score(BINH)) == (11, 0)
    assert {row.seat for row in stage.state.table.rows} <= set(EVERYBODY), "judges are in no ranking"
    assert stage.replayed() == stage.state


WRONG = [(8.25, 1), (11, 1), (1, 3), (True, 1), (float("nan"), 1), (-1, 0), ("8", 1)]


@pytest.mark.parametrize("raw", [*({"1": one, "2": two} for one, two in WRONG), {"1": 1}, [8, 1], "10", None])
def test_a_mark_that_a_criterion_cannot_give_is_refused(stage: Stage, raw: object) -> None:
    with pytest.raises(Rejected, match="bad_choice"):
        show.read_choice(stage.state, 1, raw)


def test_nobody_marks_and_nobody_gets_anything(stage: Stage) -> None:
    stage.until("revealed")
    assert stage.score(AN) == 0


def test_marks_of_several_judges_become_one() -> None:
    assert together([17, 18], "mean") == 18, "between two half-points it is rounded up"
    assert together([10, 18, 19, 40], "trimmed") == 19
    assert together([10, 40], "trimmed") == 25, "of so few none is left out"
    assert together([10, 40], "sum") == 50
    assert together([], "mean") == 0
