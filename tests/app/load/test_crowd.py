"""The memory of a crowd of phones: screens they were shown and replies they got."""

from __future__ import annotations

from unittest.mock import Mock

import pytest

from app.load import crowd as crowd_module
from app.load import phone as phone_module
from app.load.crowd import ONE_IN, Crowd
from app.load.phone import Acknowledged, Phone
from app.load.wire import Screen

NOWHERE = [("127.0.0.1", 9)]


class Heard(Phone):
    """A phone whose every answer is acknowledged at once, on no network; `heard` is what it sent."""

    def call(self, event: str, payload: bytes, then: Acknowledged) -> None:
        self.heard = [*getattr(self, "heard", []), payload]
        then(True, {})


def at_a_question(size: int) -> Crowd:
    """A crowd that sees question 1."""
    crowd = Crowd(NOWHERE, 0, "h")
    for seat in range(1, size + 1):
        phone = Heard(crowd.loop, NOWHERE[0], crowd._saw)
        phone.seat, phone.sock = seat, Mock()
        phone.screen = Screen(1, 9, {"phase": "open", "no": 1, "question": {"type": "true_false"}})
        crowd.phones.append(phone)
    return crowd


def test_the_largest_screen_is_the_largest_of_all_that_were_shown_not_of_the_last() -> None:
    crowd = Crowd(NOWHERE, 2, "h")
    for number, (phone, size) in enumerate(zip(crowd.phones * 2, (700, 1100, 400, 300), strict=True)):
        crowd._saw(phone, Screen(number, size, {"phase": "open", "no": 1}))
    assert crowd.screen_bytes() == 1100


def test_a_phone_sees_every_opening_of_its_screen_once_also_one_that_is_not_the_newest() -> None:
    crowd = Crowd([("127.0.0.1", 9)], 1, "An")
    for v in (1, 2):  # drawn again while both are open
        crowd._saw(crowd.phones[0], Screen(v, 9, {"phase": "open", "no": 4, "asks": [{"no": 3}, {"no": 4}]}))
    assert {where: len(times) for where, times in crowd.seen.items()} == {("open", 3): 1, ("open", 4): 1}
    crowd._saw(crowd.phones[0], Screen(3, 9, {"phase": "open", "no": 3, "asks": [{"no": 3}]}))
    assert len(crowd.seen["open", 3]) == 1, "the other one is closed: this one was seen before"
    crowd._saw(crowd.phones[0], Screen(4, 9, {"phase": "open", "no": 2, "asks": []}))
    assert not crowd.seen["open", 2], "others are asked that; its number stands on every screen"


def test_the_two_halves_of_a_crowd_answer_apart_and_together_are_all() -> None:
    crowd = at_a_question(5)
    given = [[seat for seat, _ in crowd.answer(1, 0.0, [], half=half).given] for half in (0, 1, None)]
    assert given == [[1, 3, 5], [2, 4], [1, 2, 3, 4, 5]]


def test_connecting_is_timed_from_the_first_dialling_however_often_a_phone_has_to_dial(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    crowd = Crowd(NOWHERE, 1, "h")
    phone, clock = crowd.phones[0], Mock()
    monkeypatch.setattr(phone_module, "monotonic", clock)
    monkeypatch.setattr(crowd_module, "monotonic", clock)
    monkeypatch.setattr(Phone, "_dial", lambda *_: None)
    for clock.return_value in (10.0, 14.0):
        phone.connect()
    clock.return_value = 15.0
    crowd._saw(phone, Screen(1, 9, {"phase": "lobby", "no": None}))
    assert (crowd.ready, phone.dialed_at) == ([5.0], 0.0)


def test_a_share_of_the_phones_sends_an_acknowledged_answer_again_under_the_same_id() -> None:
    crowd = at_a_question(2 * ONE_IN + 1)
    crowd.answer(1, 0.0, [])
    assert crowd.repeat() == {"ok": 3}
    sent = {phone.seat: phone.heard for phone in crowd.phones if isinstance(phone, Heard)}
    assert [seat for seat, heard in sent.items() if len(heard) == 2] == [1, 1 + ONE_IN, 1 + 2 * ONE_IN]
    assert sent[1][0] == sent[1][1]
    assert crowd.repeat() == {}, "once"


def test_who_answered_before_a_question_was_cut_off_sends_it_again_too() -> None:
    crowd = at_a_question(4)
    crowd.answer(1, 0.0, [], half=1)
    assert crowd.repeat() == {"ok": 1}
