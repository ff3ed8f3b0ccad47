"""Composing a show: rounds, their settings, single questions, what it is played for; shows found and removed."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.shows import JournalLine, Show
from app.services.banks import banks
from app.services.commit import reading
from quizzes.formats import FORMATS
from tests.organisation import Organisation, browser, plant, send
from tests.people import CHI, DUNG

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
OWN = {
    "type": "single",
    "text": "Chi đoàn ta họp vào thứ mấy?",
    "option_A": "Thứ sáu",
    "option_B": "Thứ bảy",
    "answer": "b",
}


class Desk:
    """A host's browser at the composer."""

    def __init__(self, client: FlaskClient) -> None:
        self.client, self.address = client, ""
        self.typed: dict[str, Any] = {"title": "Đêm hội của xã", "stakes": "none", "guests": "yes"}

    def press(self, do: str, **typed: Any) -> str:
        """Press a button of the composer; where it leads."""
        self.typed |= typed
        seen = re.search(r'name="seen" value="(\d+)"', self.page())
        answer = send(
            self.client, self.address or "/shows/compose", **self.typed, do=do, **({"seen": seen[1]} if seen else {})
        )
        assert answer.status_code == 302, re.sub(r"<[^>]+>", "", answer.text)
        where = answer.headers["Location"]
        self.address = self.address or (re.match(r"/scripts/[\w-]+", where) or [""])[0]
        return where

    def page(self) -> str:
        return self.client.get(self.address or "/shows/compose").text

    def write(self, where: str, **question: str) -> None:
        seen = re.search(r'name="seen" value="(\d+)"', self.client.get(where).text)
        assert seen
        assert send(self.client, where, seen=seen[1], **question).status_code == 302

    def make(self) -> tuple[Show, dict[str, Any]]:
        return made(self.press("create").rpartition("/")[2])


@reading
def made(db: Session, public_id: str) -> tuple[Show, dict[str, Any]]:
    """A show, and the event it began with."""
    show = db.scalars(select(Show).where(Show.public_id == public_id)).one()
    event = db.scalars(select(JournalLine.data).where(JournalLine.show_id == show.id, JournalLine.seq == 1)).one()
    db.expunge_all()
    return show, json.loads(event)


@pytest.fixture
def org(app: Flask) -> Organisation:
    banks.load_shipped()
    return plant()


@pytest.fixture
def desk(app: Flask, org: Organisation) -> Desk:
    desk = Desk(browser(app, org.members[DUNG]))
    desk.typed["chapter"] = org.village
    return desk


def test_every_format_is_offered_a_new_one_too(app: Flask, org: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS, "relay", replace(FORMATS["speed"], key="relay", title="Tiếp sức"))
    page = browser(app, org.members[CHI]).get("/shows/compose").text
    assert [key for key in FORMATS if f'<option value="{key}"' not in page] == []


def test_single_questions_are_chosen_ordered_and_played_by_the_settings_typed(desk: Desk) -> None:
    choose = desk.press("pick:0")
    page = desk.client.get(f"{choose}?q=vneid&difficulty=1").text
    keys = re.findall(r'name="question" value="([\w-]+)"', page)
    assert len(keys) > 2
    assert "Xem đáp án" in page
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen
    send(desk.client, choose, seen=seen[1], question=keys[:3], do="add")
    desk.press(
        "down:0:0",
        **{
            "r0-format": "speed",
            "r0-title": "Vòng một",
            "r0-s-points": "70",
            "r0-s-seconds": "45",
            "r0-s-scoring": "speed",
            "r0-s-streak": "on",
            "r0-s-streak-shown": "1",
            "r0-s-double": "3",
            "s-standings": "round",
        },
    )
    desk.press("drop:0:2")
    assert "khoảng" in desk.page()
    desk.press("save", **{"r0-s-double": "2"})
    show, event = desk.make()
    part = event["script"]["rounds"][0]
    assert [one["id"] for one in event["questions"][0]] == [keys[1], keys[0]]
    assert part["title"] == {"vi": "Vòng một"}
    settings = {name: part["settings"][name] for name in ("points", "seconds", "scoring", "streak", "double")}
    assert settings == {"points": 70, "seconds": 45, "scoring": "speed", "streak": True, "double": [2]}
    assert event["script"]["settings"]["standings"] == "round"
    assert (show.stakes, show.chapter_id) == ("none", desk.typed["chapter"])


def test_what_was_typed_wrong_is_said_with_its_place_and_nothing_is_lost(desk: Desk) -> None:
    desk.write(desk.press("write:0"), **OWN)
    desk.press("add", **{"r0-s-points": "nhiều", "r0-format": "speed"})
    seen = re.search(r'name="seen" value="(\d+)"', desk.page())
    assert seen
    answer = send(desk.client, desk.address, **desk.typed, seen=seen[1], do="create")
    assert answer.status_code == 422
    assert "Phần 1: Điểm cho một câu đúng: Điểm phải là số từ 0, tròn đến nửa điểm." in answer.text
    assert "Phần 2: chưa có câu hỏi nào." in answer.text
    assert 'value="nhiều"' in answer.text
    assert OWN["text"] in answer.text


def test_an_own_new_question_is_asked_at_once_but_not_where_points_count(desk: Desk) -> None:
    desk.write(desk.press("write:0"), **OWN)
    show, event = desk.make()
    assert event["questions"][0][0]["answer"] == 1
    page = desk.client.get(f"/shows/{show.public_id}").text
    assert "Không tính điểm, không trao giải." in page
    show, event = made(desk.press("create", stakes="rehearsal").rpartition("/")[2])
    assert event["title"]["vi"] == "Đêm hội của xã (tập dượt)"
    seen = re.search(r'name="seen" value="(\d+)"', desk.page())
    assert seen
    refused = send(desk.client, desk.address, **desk.typed | {"stakes": "points"}, seen=seen[1], do="create")
    assert refused.status_code == 422
    assert "Phần 1, câu 1: Câu này chưa được duyệt" in refused.text


def test_a_poll_is_written_without_an_answer_and_counts_anywhere(desk: Desk) -> None:
    desk.press("save", **{"r0-format": "poll", "stakes": "points"})
    where = desk.press("write:0")
    page = desk.client.get(where).text
    assert "Đáp án" not in page
    desk.write(where, type="word", text="Một từ về buổi hôm nay?")
    desk.write(where, type="single", text="Tuần sau họp ở đâu?", option_A="Nhà văn hóa", option_B="Trường")
    _, event = desk.make()
    assert [one["type"] for one in event["questions"][0]] == ["word", "single"]


def test_shows_of_one_name_are_told_apart_found_and_removed(desk: Desk, app: Flask, org: Organisation) -> None:
    desk.write(desk.press("write:0"), **OWN)
    (first, _), (second, _) = desk.make(), desk.make()
    found = desk.client.get("/shows?q=dem+hoi").text
    assert first.pin is not None
    assert second.pin is not None
    assert first.pin in found
    assert second.pin in found
    assert "Đoàn xã Sóng Xanh" in found
    assert first.pin not in desk.client.get(f"/shows?q={second.pin}").text.split("</form>", 2)[-1]
    assert send(browser(app, org.members["An"]), f"/shows/{first.public_id}/remove").status_code == 403
    assert send(desk.client, f"/shows/{first.public_id}/remove").status_code == 302
    assert first.public_id not in desk.client.get("/shows").text
    assert desk.client.get(f"/shows/{first.public_id}").status_code == 404
    assert made(first.public_id)[0].pin is None


def test_a_shipped_script_and_a_played_show_are_copied_to_be_changed(desk: Desk) -> None:
    page = desk.client.get("/shows").text
    assert "năm câu nhanh tay nhiều kiểu trả lời" in page
    where = send(desk.client, "/scripts/from-shipped", script="evening").headers["Location"]
    assert "Khởi động" in desk.client.get(where).text
    desk.write(desk.press("write:0"), **OWN)
    show, _ = desk.make()
    again = send(desk.client, f"/shows/{show.public_id}/again").headers["Location"]
    assert OWN["text"] in desk.client.get(again).text


def test_a_script_is_its_composers_own_and_an_old_page_overwrites_nothing(
    desk: Desk, app: Flask, org: Organisation
) -> None:
    desk.press("save")
    assert browser(app, org.members[CHI]).get(desk.address).status_code == 404
    old = re.search(r'name="seen" value="(\d+)"', desk.page())
    assert old
    desk.press("save", title="Tên mới")
    assert (
        send(desk.client, desk.address, **desk.typed | {"title": "Tên cũ"}, seen=old[1], do="save").status_code == 409
    )
    assert "Tên mới" in desk.page()
