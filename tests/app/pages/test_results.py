"""The results page of a show: every question once, however often the bell was opened for it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from app.live import closing
from app.models.engines import now_us
from app.services.commit import reading
from app.services.shows import ballots, scripts, seats, shows
from app.services.shows.seats import Newcomer
from quizzes import show as rules
from quizzes.engine import CLOCK, HOST, Actor, Command
from tests.people import AN, BINH
from tests.quizzes.people import buzzer, script, single, speed

clock = reading(now_us)


def act(made: scripts.Created, name: str, role: str = HOST, **args: object) -> None:
    shows.perform(made.show_id, Command(name, Actor(role, None if role == CLOCK else made.host.number), clock(), args))


def settle(made: scripts.Created) -> None:
    for ask in rules.unjudged(shows.catch_up(made.show_id).state):
        act(made, "settled", CLOCK, no=ask.no)
        closing.judge(made.show_id, ask.no)


def bell(made: scripts.Created, seat: int) -> None:
    ask = rules.asks(shows.catch_up(made.show_id).state)[-1]
    line = ballots.Line(made.show_id, ask.no, seat, 0, f"buzz-of-{seat}-{ask.no}", "true", clock())
    assert ballots.store([line]) == ["ok"]
    act(made, "close_now")
    settle(made)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_each_question_stands_once_though_the_bell_was_opened_twice(client: FlaskClient) -> None:
    rounds = [buzzer(after_wrong="reopen", attempts=3) | {"questions": [single(1), single(2)]},
              speed() | {"questions": [single(3)]}]
    made = scripts.create("made up", script=script(*rounds), seed="hạt")
    an, binh = (seats.take(made.show_id, Newcomer(name=name, device=f"{name:_<20}", lang="vi"))[0].number
                for name in (AN, BINH))
    act(made, "advance")
    act(made, "advance")
    bell(made, an)
    act(made, "wrong")
    bell(made, binh)
    act(made, "right")
    for _ in range(40):
        if shows.catch_up(made.show_id).state.phase == "over":
            break
        act(made, "advance")
        settle(made)
    page = client.get(f"/results/{made.public_id}").get_data(as_text=True)
    assert [page.count(f"Câu hỏi {number}?") for number in (1, 2, 3)] == [1, 1, 1]
    assert "1 người đúng trong 2 câu trả lời" in page
