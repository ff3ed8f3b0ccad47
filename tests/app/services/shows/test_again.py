"""The same people play again."""

from __future__ import annotations

import pytest

from app.models.engines import Database
from app.services.shows import again, scripts, seats, shows
from app.services.shows.asked import REHEARSAL
from quizzes.refusals import Rejected
from tests.app.services.shows.playing import Play
from tests.app.services.shows.test_seats import SCRIPT, somebody


def test_who_was_here_has_the_seat_already_and_who_was_sent_out_has_none(bound: Database) -> None:
    play = Play()
    seats.came({play.show_id: [1, 2, 3]})
    play.host("kick", seat=2)
    play.until("over")
    after = again.again(play.show_id, play.later())
    assert [(one.number, one.name) for one in seats.public(after.show_id)] == [(1, "An"), (3, "Chi")]
    assert seats.take(after.show_id, somebody("Tên khác", somebody("Chi").device))[0].number == 3
    assert seats.take(after.show_id, somebody("Bình"))[1], "a new seat, not the old one"
    assert shows.catch_up(after.show_id).state.phase == "lobby"
    assert play.state.followed == after.public_id
    assert (after.chapter_id, after.host_member_id, after.title) == (None, None, {"vi": "Hội thi"})


def test_it_is_made_once_and_only_after_the_end(bound: Database) -> None:
    play = Play()
    with pytest.raises(Rejected, match="not_now"):
        again.again(play.show_id, play.later())
    play.until("over")
    assert again.again(play.show_id, play.later()).public_id == again.again(play.show_id, play.later()).public_id


def test_a_rehearsal_stays_one_and_who_worked_in_it_has_a_place_in_the_next(bound: Database) -> None:
    made = scripts.create("thử", script=SCRIPT, stakes=REHEARSAL)
    scripts.invite(made.show_id, "judge")
    second = scripts.invite(made.show_id, "judge")
    play = Play.going_on(made.show_id)
    play.until("over")
    with pytest.raises(Rejected, match="not_now"):
        again.seat_after(made.show_id, second.number)
    after = again.again(made.show_id, play.later())
    assert (after.stakes, after.title) == (REHEARSAL, made.title), "one mark of a rehearsal, not two"
    judges = [place.number for place in seats.staff(after.show_id) if place.role == "judge"]
    assert again.seat_after(made.show_id, second.number).number == judges[1]
    stage = next(place for place in seats.staff(after.show_id) if place.role == "stage")
    assert again.seat_after(made.show_id, made.stage.number) == stage
