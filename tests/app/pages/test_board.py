"""Announcements and polls of a chapter: on the first page and the chapter's, one vote each, no names."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import inspect, text

from app.models.engines import database
from app.pages.parts.frame import today
from app.services.board import boards
from tests.organisation import Organisation, browser, plant, send
from tests.people import AN, BINH, CHI, DUNG

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ASKED = {"what": "poll", "question": "Tháng sau đi đâu?", "options": "Lên núi\nRa biển\n\nRa biển"}


@pytest.fixture
def org(app: Flask) -> Organisation:
    return plant()


def until(app: Flask, days: int = 3) -> str:
    with app.app_context():
        return str(today() + timedelta(days=days))


def poll_of(chapter_id: int) -> boards.Poll:
    (poll,) = boards.polls([chapter_id], None)
    return poll


def test_an_account_and_a_browser_vote_once_each_and_no_name_is_kept(app: Flask, org: Organisation) -> None:
    chi = browser(app, org.members[CHI])
    address = f"/chapters/{org.province}/board"
    assert send(chi, address, **ASKED, until=until(app)).status_code == 302
    poll = poll_of(org.province)
    assert [words for words, _ in poll.options] == ["Lên núi", "Ra biển"]
    an, other, stranger = browser(app, org.members[AN]), browser(app, org.members[AN]), browser(app)
    for client, choice in ((an, 0), (other, 1), (stranger, 1), (stranger, 0)):
        assert "Tháng sau đi đâu?" in client.get("/").text
        assert send(client, f"/polls/{poll.public_id}/vote", choice=choice).status_code == 302
    assert poll_of(org.province).options == (("Lên núi", 1), ("Ra biển", 1))
    assert "2 ý kiến" in stranger.get(f"/chapters/{org.province}").text
    with database.engine.connect() as db:
        assert {column["name"] for column in inspect(db).get_columns("vote")} == {"poll_id", "voter", "choice"}


def test_a_poll_closes_by_its_date_and_says_so(app: Flask, org: Organisation) -> None:
    send(browser(app, org.members[CHI]), f"/chapters/{org.province}/board", **ASKED, until=until(app))
    poll = poll_of(org.province)
    with database.engine.begin() as db:
        db.execute(text("UPDATE board_poll SET closes_at = at + 1"))
    assert send(browser(app), f"/polls/{poll.public_id}/vote", choice=0).status_code == 409
    assert "đã đóng" in browser(app, org.members[AN]).get("/").text


def test_who_is_below_reads_an_announcement_and_only_organisers_there_write(app: Flask, org: Organisation) -> None:
    binh = browser(app, org.members[BINH])
    told = {"what": "told", "title": "Họp <b>chi đoàn</b>", "text": "Tối thứ sáu.", "until": until(app)}
    assert send(binh, f"/chapters/{org.branch}/board", **told).status_code == 302
    assert "Họp &lt;b&gt;" in browser(app, org.members[AN]).get("/").text
    assert "Họp" not in browser(app, org.members[DUNG]).get("/").text
    assert send(binh, f"/chapters/{org.ward}/board", **told).status_code == 403
    late = send(binh, f"/chapters/{org.branch}/board", **told | {"until": "2020-01-01"})
    assert late.status_code == 422
    assert "Tối thứ sáu." in late.text
    (hung,) = boards.announcements([org.branch])
    assert send(browser(app, org.members[DUNG]), "/board/down", kind="told", number=hung.id).status_code == 403
    assert send(binh, "/board/down", kind="told", number=hung.id).status_code == 302
    assert boards.announcements([org.branch]) == []
