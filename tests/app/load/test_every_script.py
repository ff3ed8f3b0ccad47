"""Every shipped script is one that `load` and `chaos` can answer: what a phone is asked, it chooses in a way that is taken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from app.load.choices import choice_of
from app.models.engines import database
from app.services.banks import banks
from app.services.shows import scripts, shows
from quizzes import show
from quizzes.engine import CLOCK, Event
from quizzes.refusals import Rejected
from tests.databases import SqliteCopies
from tests.quizzes.people import EVERYBODY, Stage

MOST_STEPS = 3_000  # steps of a show, at most
AT_JUDGES = "sheet"  # the kind of an ask that no phone of a player answers
WAITS_S = 2.0  # after the opening, everybody answers


@pytest.fixture(scope="module")
def filled(sqlite_copies: SqliteCopies, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A database with the shipped banks."""
    with sqlite_copies.fresh(tmp_path_factory.mktemp("load")) as url:
        database.bind(url)
        banks.load_shipped()
        yield
        database.dispose()


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("key", scripts.available())
def test_phones_answer_all_that_a_script_asks_to_its_end(key: str) -> None:
    made = scripts.create(key, seed="tải")
    stage = Stage(questions=[])
    stage.state = show.start(Event("created", dict(shows.catch_up(made.show_id).state.created)))
    assert led(stage)


def led(stage: Stage) -> set[str]:
    """The host presses the next step, whatever it leads to; the kinds that somebody was asked."""
    kinds, answered = set[str](), set[int]()
    for _ in range(MOST_STEPS):
        if stage.phase == "over":
            return kinds
        for ask in show.asks(stage.state) if stage.phase == "open" else ():
            if ask.no not in answered and ask.kind != AT_JUDGES:
                answered.add(ask.no)
                kinds |= {ask.kind for seat in EVERYBODY if answers(stage, ask, seat)}
        onward(stage)
    raise AssertionError(f"stands still in {stage.phase}")


def answers(stage: Stage, ask: Any, seat: int) -> bool:
    """True where this seat is asked; what it chooses is taken."""
    if not show.may_answer(stage.state, ask.no, seat):
        return False
    face = stage.state.format.kinds[ask.kind].face(stage.state.playing, ask, "vi")
    stage.answer(seat, raw=choice_of(face, seat, ask.kind), no=ask.no, after_s=WAITS_S)
    if told := show.after_ballot(stage.state, ask.no, stage.at):
        stage.command(told.name, CLOCK, **told.args)
    return True


def onward(stage: Stage) -> None:
    """The next step, or what is due where a clock is quicker than the host may be."""
    try:
        stage.advance()
    except Rejected:
        assert stage.clock(), stage.phase
