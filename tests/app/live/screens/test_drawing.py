"""Tests of the parts of a screen beside the view."""

from __future__ import annotations

from types import SimpleNamespace

from flask import Flask

from app import language
from app.live.screens.drawing import data_of, hidden_seats, pictures_of, screen, seconds, staff_v
from app.live.screens.naming import name_rounds
from app.services.shows.shows import Replica
from quizzes.engine import PLAYER, Viewer
from tests.quizzes.people import Stage, single, speed


def announced(**body: object) -> SimpleNamespace:
    return SimpleNamespace(phase="ready", round=SimpleNamespace(body=lambda: body))


def test_pictures_are_fetched_while_the_question_is_announced_in_an_order_that_says_nothing() -> None:
    options = [{"media": {"name": "z.webp"}}, {"text": {"vi": "không ảnh"}}, {"media": {"name": "a.webp"}}]
    state = announced(media={"name": "q.webp"}, options=options)
    assert pictures_of(state) == ["/media/q.webp", "/media/a.webp", "/media/z.webp"]
    state.phase = "lobby"
    assert pictures_of(state) == []


def test_a_paused_question_has_no_deadline() -> None:
    view = {
        "phase": "paused",
        "role": "player",
        "no": 1,
        "asks": [],
        "acts": [],
        "opens_at": None,
        "round": None,
        "reveal": None,
    }
    assert data_of(view, 5_000_000)["closes_at"] is None
    assert seconds(1_500_000) == 1.5


def test_a_staff_screen_is_newer_with_each_millisecond_and_never_older_than_its_event() -> None:
    replica = SimpleNamespace(v=7_000_000, state=SimpleNamespace(at=5_000_000))
    assert staff_v(replica, 5_003_000) == 7_000_003
    assert staff_v(replica, 4_000_000) == 7_000_000, "another clock wrote the event"
    assert staff_v(replica, 10**13) == 7_999_999, "the next event's are greater"


def test_hidden_names_are_numbers_to_the_hall_and_names_to_those_who_run_the_show(app: Flask) -> None:
    named = {3: "Chi", 4: "Dũng"}
    for hidden, told in (({4}, {3: "Chi", 4: "Số 4"}), ({0}, {3: "Số 3", 4: "Số 4"}), (set(), named)):
        replica = SimpleNamespace(state=SimpleNamespace(hidden=hidden))
        with language.speaking(app, "vi"):
            for role in ("stage", "player", "audience"):
                assert hidden_seats(replica, Viewer(role), named) == told
            assert hidden_seats(replica, Viewer("host"), named) == hidden_seats(replica, Viewer("mc"), named) == named


def test_the_turn_of_a_team_bears_its_name(app: Flask) -> None:
    teams = {"form": "host", "count": 2, "names": ["Sen"]}
    replica = SimpleNamespace(state=SimpleNamespace(teams_setting=teams))
    for team, lang, title in ((1, "vi", "Mở màn · Sen"), (2, "vi", "Mở màn · Đội 2"), (2, "en", "Mở màn · Team 2")):
        view = {"round": {"title": "Mở màn", "team": team}}
        with language.speaking(app, lang):
            name_rounds(replica, view)
        assert view["round"]["title"] == title


def test_teams_without_a_name_are_numbered_in_the_language_of_each_screen(app: Flask) -> None:
    stage = Stage(speed(), questions=[[single(1)]], teams={"form": "pick", "count": 2, "names": ["Sen"]})
    replica = Replica(1, stage.state.seq, 0, stage.state)
    for lang, second in (("vi", "Đội 2"), ("en", "Team 2")):
        html = screen(app, replica, Viewer(PLAYER, lang=lang))["html"]
        assert [name in html for name in ("Sen", "Đội 2", "Team 2")] == [True, second == "Đội 2", second == "Team 2"]


def test_the_host_reads_what_a_flower_is_worth_in_the_screens_language(app: Flask) -> None:
    stage = Stage({"format": "draw", "settings": {"points": 7.5}}, questions=[[single(n) for n in range(16)]])
    stage.until("open")
    stage.advance()
    stage.until("open")
    replica = Replica(1, stage.state.seq, 0, stage.state)
    for lang, said in (("vi", "Đúng, 7,5 điểm"), ("en", "7.5 points")):
        assert said in screen(app, replica, Viewer("host", lang=lang))["html"]
