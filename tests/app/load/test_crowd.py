"""What a crowd of phones remembers of what it was shown and told."""

from __future__ import annotations

from app.load.crowd import Crowd
from app.load.wire import Screen

NOWHERE = [("127.0.0.1", 9)]


def test_the_largest_screen_is_the_largest_of_all_that_were_shown_not_of_the_last() -> None:
    crowd = Crowd(NOWHERE, 2, "h")
    for number, (phone, size) in enumerate(zip(crowd.phones * 2, (700, 1100, 400, 300), strict=True)):
        crowd._saw(phone, Screen(number, size, {"phase": "open", "no": 1}))
    assert crowd.screen_bytes() == 1100
