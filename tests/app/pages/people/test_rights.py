"""Requests about one's own data, incidents, and the report of what was erased in time."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from app.models.engines import Database
from app.services import retention
from app.services.people import my_data, requests
from app.services.people.incidents import Draft, listed, write_down
from quizzes.refusals import Rejected
from quizzes.rights import DAY, HOUR
from tests.organisation import Organisation, browser, plant, send
from tests.people import AN, BINH, CHI, DUNG

WHY = "Tôi muốn biết ai đã xem tên tôi."


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_request_is_asked_answered_and_read_and_only_by_those_above(app: Flask) -> None:
    org = plant()
    an, binh, dung = (browser(app, org.members[who]) for who in (AN, BINH, DUNG))
    assert send(an, "/me/requests", kind="view", words="ngắn").status_code == 422
    assert send(an, "/me/requests", kind="view", words=WHY).status_code == 302
    assert "trả lời đầu tiên muộn nhất" in an.get("/me/requests").text
    desk = binh.get("/requests").text
    assert WHY in desk and "Hạn:" in desk
    assert dung.get("/requests").status_code == 403
    (number,) = {int(found) for found in re.findall(r'action="/requests/(\d+)"', desk)}
    send(binh, f"/requests/{number}", do="reply", words="Đã nhận, đang tra nhật ký.")
    send(binh, f"/requests/{number}", do="extend", words="Nhật ký dài, cần thêm thời gian.")
    send(binh, f"/requests/{number}", do="grant", words="Chỉ người tổ chức của chi đoàn.")
    mine = an.get("/me/requests").text
    for said in ("Đã nhận", "Nhật ký dài", "Chỉ người tổ chức", "đã làm"):
        assert said in mine
    assert "đã trả lời yêu cầu của bạn về dữ liệu" in an.get("/me").text
    sent = {
        "what": "Mất một máy tính có danh sách",
        "data_kinds": "họ tên, năm sinh",
        "people": 40,
        "harm": "có thể bị gọi làm phiền",
        "measures": "đã đổi mật khẩu",
        "contact": "Văn phòng Đoàn phường",
    }
    assert send(binh, "/incidents", found_at="2026-02-30T10:00", **sent).status_code == 422
    assert send(binh, "/incidents", found_at="2026-03-01T10:00", **sent).status_code == 302
    page = binh.get("/incidents").text
    assert "Mất một máy tính" in page and "quá 72 giờ" in page
    send(binh, "/incidents/1")
    assert "Đã báo lúc" in binh.get("/incidents").text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_administrators_decide_days_that_move_the_deadline_and_take_them_back(app: Flask) -> None:
    org = plant()
    an, binh, chi = (browser(app, org.members[who]) for who in (AN, BINH, CHI))
    send(an, "/me/requests", kind="view", words=WHY)
    (asked,) = requests.mine(org.members[AN])
    assert asked.clock is not None
    last = datetime.fromtimestamp(asked.clock.until / 1e6, ZoneInfo("Asia/Ho_Chi_Minh")).date()
    sent = {"day": last.isoformat(), "name": "Nghỉ bão"}
    assert send(binh, "/requests/days", **sent).status_code == 422, "an organiser reads, and decides nothing"
    assert send(chi, "/requests/days", **sent | {"name": ""}).status_code == 422
    assert send(chi, "/requests/days", **sent).status_code == 302
    (moved,) = requests.mine(org.members[AN])
    assert moved.clock is not None and moved.clock.until > asked.clock.until
    assert "Nghỉ bão" in binh.get("/requests/days").text
    assert send(chi, f"/requests/days/{last:%Y%m%d}/back").status_code == 302
    assert requests.mine(org.members[AN]) == [asked]
    assert send(chi, f"/requests/days/{last:%Y%m%d}/back").status_code == 404


@pytest.fixture
def org(bound: Database) -> Organisation:
    return plant()


def test_who_asks_decides_nothing_and_each_thing_happens_once(org: Organisation) -> None:
    number = requests.ask(org.members[BINH], "delete", WHY)
    with pytest.raises(Rejected, match="second_person"):
        requests.close(org.members[BINH], number, True, "Tự xóa cho mình luôn.")
    with pytest.raises(Rejected, match="forbidden"):
        requests.reply(org.members[DUNG], number, "Đã nhận yêu cầu.")
    requests.extend(org.members[CHI], number, "Cần hỏi thêm đơn vị khác.")
    with pytest.raises(Rejected, match="not_now"):
        requests.extend(org.members[CHI], number, "Vẫn cần thêm thời gian.")
    requests.close(org.members[CHI], number, False, "Còn khiếu nại chưa xong.")
    with pytest.raises(Rejected, match="already_decided"):
        requests.reply(org.members[CHI], number, "Đã nhận yêu cầu.")
    for _ in range(requests.MOST_OPEN):
        requests.ask(org.members[AN], "view", WHY)
    with pytest.raises(Rejected, match="slow_down"):
        requests.ask(org.members[AN], "view", WHY)
    assert my_data.copy_of(org.members[AN])["requests"][0]["words"] == WHY
    my_data.erase(org.members[CHI], org.members[AN])
    assert [one for one in requests.desk(["/"]) if one.words and one.member_id == org.members[AN]] == []


def test_an_incident_is_reported_within_seventy_two_hours(org: Organisation) -> None:
    from app.models.engines import now_us
    from app.services.commit import reading

    now = reading(now_us)()
    draft = Draft(now - 71 * HOUR, "Gửi nhầm danh sách", "họ tên", 12, "bị lộ tên", "đã thu hồi", "Văn phòng Đoàn")
    write_down(org.members[BINH], org.branch, draft)
    (one,) = listed([org.path(org.branch)])
    assert not one.late and one.report_by == draft.found_at + 72 * HOUR
    assert listed([org.path(org.village)]) == []
    with pytest.raises(Rejected, match="forbidden"):
        write_down(org.members[AN], org.branch, draft)
    with pytest.raises(Rejected, match="bad_dates"):
        write_down(org.members[BINH], org.branch, Draft(now + DAY, *list(vars(draft).values())[1:]))


def test_what_retention_erased_is_reported_day_by_day(org: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    class Area:
        @staticmethod
        def erase_due(now: int) -> dict[str, int]:
            return {"names": 3, "answers": 0}

    monkeypatch.setattr(retention, "offered", lambda name: [Area])
    for moment in (0, 1, DAY):
        retention.erase_due(moment)
    assert retention.report() == [(19700102, "names", 3), (19700101, "names", 6)]
