"""The list of a show's screens has room for those that are here."""

from __future__ import annotations

import pytest

from app.models.engines import Database
from app.services.shows import screens
from quizzes.refusals import Rejected
from tests.app.services.shows.playing import Play


def test_screens_that_left_make_room_and_those_that_are_here_or_have_a_name_stay(bound: Database) -> None:
    show = Play().show_id
    for number in range(screens.MOST):
        screens.came(show, f"screen-{number:03}", "stage", "picture", "w")
    with pytest.raises(Rejected, match="full"):
        screens.came(show, "one-too-many", "stage", "picture", "w")
    for number in (7, 3, 5):
        screens.left(show, f"screen-{number:03}", "w")
    seventh = next(one for one in screens.of_show(show) if one.key == "screen-007")
    screens.rename(show, seventh.screen_id, "Màn trái")
    for fresh in ("one-more-screen", "another-screen"):
        screens.came(show, fresh, "stage", "picture", "w")
    keys = {one.key for one in screens.of_show(show)}
    assert {"screen-007", "one-more-screen", "another-screen"} <= keys, "a name is kept, whoever left"
    assert keys & {"screen-003", "screen-005"} == set()
    with pytest.raises(Rejected, match="full"):
        screens.came(show, "one-too-many", "stage", "picture", "w")
