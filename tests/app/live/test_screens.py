"""What stands in a screen besides the view."""

from __future__ import annotations

from types import SimpleNamespace

from app.live.screens import _pictures, data_of, seconds


def announced(**body: object) -> SimpleNamespace:
    return SimpleNamespace(phase="ready", round=SimpleNamespace(body=lambda: body))


def test_pictures_are_fetched_while_the_question_is_announced_in_an_order_that_says_nothing() -> None:
    options = [{"media": {"name": "z.webp"}}, {"text": {"vi": "không ảnh"}}, {"media": {"name": "a.webp"}}]
    state = announced(media={"name": "q.webp"}, options=options)
    assert _pictures(state) == ["/media/q.webp", "/media/a.webp", "/media/z.webp"]
    state.phase = "lobby"
    assert _pictures(state) == []


def test_a_paused_question_has_no_deadline() -> None:
    view = {"phase": "paused", "no": 1, "asks": [], "acts": [], "opens_at": None, "round": None, "reveal": None}
    assert data_of(view, 5_000_000)["closes_at"] is None
    assert seconds(1_500_000) == 1.5
