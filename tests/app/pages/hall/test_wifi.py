"""The hall's Wi-Fi is tried before people come: who sees the server, how fast, and who may still leave."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.organisation import browser, plant
from tests.people import AN, DUNG

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_who_prepares_a_hall_sees_which_phones_came_through_how_fast_and_which_may_leave(app: Flask) -> None:
    host = browser(app, plant().members[DUNG])
    assert "Chưa máy nào tới được" in host.get("/hall").get_data(as_text=True)
    guest = app.test_client()
    for address, ms in (("10.10.1.5", 20), ("10.10.1.6", 900)):
        for _ in range(3):
            said = guest.get(f"/hall/ping?ms={ms}", environ_overrides={"REMOTE_ADDR": address})
            assert (said.status_code, said.headers["Cache-Control"]) == (204, "no-store")
    guest.get("/generate_204", environ_overrides={"REMOTE_ADDR": "10.10.1.5"})
    page = host.get("/hall").get_data(as_text=True)
    assert page.index("10.10.1.6") < page.index("10.10.1.5"), "the slowest first"
    assert page.count("có thể rời</span>") == 1
    assert page.count("ở lại</span>") == 1


def test_nonsense_is_no_time_and_the_page_is_for_those_who_run_shows(app: Flask) -> None:
    member = browser(app, plant().members[AN])
    assert member.get("/hall").status_code == 403
    for ms in ("-1", "99999999", "x", "1e3", ""):
        assert member.get(f"/hall/ping?ms={ms}").status_code == 204
    assert app.extensions["hall_phones"].here() == []
    assert member.get("/hall/phone").status_code == 200
