"""Announcements and polls of a chapter: on the first page and the chapter's, one vote each, no names."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from flask import Flask
from limits import parse
from PIL import Image
from sqlalchemy import inspect, text

from app.models.engines import database
from app.pages.parts.frame import today
from app.security import limits
from app.services.banks import banks
from app.services.board import boards
from app.services.shows import addresses, scripts
from tests.contests import hold
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


def test_an_announcement_is_text_picture_and_print_for_everybody(app: Flask, org: Organisation) -> None:
    binh, stranger = browser(app, org.members[BINH]), browser(app)
    told = {"what": "told", "title": "Ra quân <b>", "text": "Tối thứ sáu.\nMời bà con.", "until": until(app)}
    send(binh, f"/chapters/{org.branch}/board", **told)
    (one,) = boards.announcements([org.branch])
    address = f"/announcements/{one.id}"
    assert address in binh.get(f"/chapters/{org.branch}/board").text
    assert address in stranger.get(f"/chapters/{org.branch}").text
    page = stranger.get(address).text
    assert "Ra quân &lt;b&gt;" in page and "Lời để dán" in page and "data-print" in page and "<svg" in page
    with Image.open(io.BytesIO(stranger.get(f"{address}/picture.png").data)) as picture:
        assert picture.size == (1080, 1080) and picture.format == "PNG"
    send(binh, "/board/down", kind="told", number=one.id)
    assert stranger.get(address).status_code == 404 == stranger.get(f"{address}/picture.png").status_code


def test_links_carry_title_picture_and_sentence_and_no_name_of_a_person(app: Flask, org: Organisation) -> None:
    contest = hold(org)
    asked = ["/", f"/contests/{contest.public_id}", f"/contests/{contest.public_id}/results"]
    with app.app_context():
        banks.load_shipped()
        made = scripts.create("poll", host_member_id=org.members[DUNG], chapter_id=org.village)
        key = addresses.key_of(made.pin, app.config["SECRET_KEY"])
    asked += [f"/p/{made.pin}?k={key}", f"/results/{made.public_id}"]
    for address in asked:
        page = browser(app).get(address).text
        head = dict(re.findall(r'<meta property="(og:\w+)" content="([^"]*)"', page))
        assert {"og:title", "og:description", "og:image", "og:url"} <= head.keys(), address
        assert head["og:image"].startswith("http"), address
        with browser(app).get(head["og:image"].partition("localhost")[2]) as picture:
            assert picture.mimetype == "image/png"
        assert "Nguyễn Thị" not in head["og:title"] + head["og:description"]
    assert "Thăm dò" in browser(app).get(f"/p/{made.pin}?k={key}").text
    assert "Thăm dò" not in browser(app).get(f"/p/{made.pin}").text


def test_one_address_cannot_vote_for_ever_by_forgetting_cookies_and_accounts_still_can(
    app: Flask, org: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "VOTES", parse("3/hour"))
    send(browser(app, org.members[CHI]), f"/chapters/{org.province}/board", **ASKED, until=until(app))
    poll = poll_of(org.province)
    address = f"/polls/{poll.public_id}/vote"
    told = [send(browser(app), address, choice=0).status_code for _ in range(5)]
    assert told == [302, 302, 302, 429, 429]
    assert send(browser(app, org.members[AN]), address, choice=1).status_code == 302
    assert [count for _, count in poll_of(org.province).options] == [3, 1]
