"""What stands in a screen besides the view."""

from __future__ import annotations

from types import SimpleNamespace

from app.live.screens.drawing import _pictures, data_of, seconds, staff_v


def announced(**body: object) -> SimpleNamespace:
    return SimpleNamespace(phase="ready", round=SimpleNamespace(body=lambda: body))


def test_pictures_are_fetched_while_the_question_is_announced_in_an_order_that_says_nothing() -> None:
    options = [{"media": {"name": "z.webp"}}, {"text": {"vi": "không ảnh"}}, {"media": {"name": "a.webp"}}]
    state = announced(media={"name": "q.webp"}, options=options)
    assert _pictures(state) == ["/media/q.webp", "/media/a.webp", "/media/z.webp"]
    state.phase = "lobby"
    assert _pictures(state) == []


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
