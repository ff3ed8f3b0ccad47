"""Activities as people meet them: who sees what, the scan before the sign-in, documents, the year's file."""

from __future__ import annotations

import io

import pytest
from flask import Flask

from app.services.activities import attending, planning
from app.services.activities.planning import Draft
from app.services.movement.clock import now
from quizzes.hours import HOUR
from tests.organisation import Organisation, browser, form_token, plant, send
from tests.people import AN, BINH, CHI, DUNG

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PDF = b"%PDF-1.7 not much"


@pytest.fixture
def org(app: Flask) -> Organisation:
    return plant()


@pytest.fixture
def hop(org: Organisation) -> str:
    draft = Draft("meeting", "Họp chi đoàn", now() - HOUR // 2, now() + HOUR, plan="1. Khai mạc", points=5)
    return planning.plan(org.members[CHI], org.branch, draft)


def test_an_organiser_plans_with_a_form_and_is_told_what_is_wrong(app: Flask, org: Organisation) -> None:
    binh = browser(app, org.members[BINH])
    address = f"/chapters/{org.branch}/activities/new?kind=training"
    assert 'value="training" required checked' in binh.get(address).text
    fields = {"kind": "training", "title": "Tập huấn", "starts": "2026-12-04T08:00", "ends": "2026-12-04T07:00"}
    assert send(binh, address, **fields).status_code == 422
    bad = send(binh, address, **fields | {"ends": "2026-12-04T11:00", "quiz": "https://khac.vn/x"})
    assert "/contests/" in bad.text and bad.status_code == 422
    odd = send(binh, address, **fields | {"ends": "2026-12-04T11:00", "points": "1e1", "place": "Nhà văn hóa"})
    assert odd.status_code == 422 and "Điểm từ 0 đến 100." in odd.text and "Nhà văn hóa" in odd.text
    good = send(
        binh, address, **fields | {"ends": "2026-12-04T11:00", "quiz": "http://x/contests/ab-1?q=1", "counts": "yes"}
    )
    one = planning.activity(good.location.rpartition("/")[2])
    assert (one.quiz, one.counts, one.starts_at) == ("/contests/ab-1", True, 1_796_346_000_000_000)
    assert send(browser(app, org.members[AN]), address, **fields).status_code == 403


def test_the_plan_is_for_everybody_and_the_rest_for_the_chapter(app: Flask, org: Organisation, hop: str) -> None:
    binh, an, dung, stranger = (browser(app, one) for one in (*(org.members[w] for w in (BINH, AN, DUNG)), None))
    address = f"/activities/{hop}"
    upload = {"csrf_token": form_token(binh), "what": "document", "file": (io.BytesIO(PDF), "Báo cáo quý 4.pdf")}
    assert binh.post(address, data=upload).status_code == 302
    wrong = {"csrf_token": form_token(binh), "what": "document", "file": (io.BytesIO(b"<html>"), "x.pdf")}
    assert "PDF, DOCX" in binh.post(address, data=wrong).text
    send(binh, address, what="minutes", minutes="Kết luận: mỗi người hai hộ")
    send(binh, address, what="part", member="DV-1", part="Ghi biên bản")
    for client, sees in ((an, True), (dung, False), (stranger, False)):
        page = client.get(address).text
        assert "1. Khai mạc" in page and all(
            (word in page) == sees for word in ("Báo cáo quý 4", "hai hộ", "Ghi biên bản")
        )
    file = an.get(f"{address}/documents/1")
    assert file.data == PDF and file.headers["Content-Disposition"].startswith("attachment")
    assert dung.get(f"{address}/documents/1").status_code == 403
    assert send(an, address, what="cancel").status_code == 403


def test_who_scans_signs_in_and_says_i_am_here(app: Flask, org: Organisation, hop: str) -> None:
    screen = browser(app, org.members[BINH]).get(f"/activities/{hop}/screen/code").json
    phone, scanned = browser(app), screen["address"].partition("localhost")[2]
    assert "<svg" in screen["qr"] and screen["here"] == 0 and 0 < screen["next_ms"] <= 5000
    first = phone.get(scanned)
    assert first.location == f"/activities/{hop}/here"
    assert "/sign-in" in phone.get(first.location).location
    signed = browser(app, org.members[AN])
    signed.set_cookie("came", phone.get_cookie("came").value)
    assert "Tôi có mặt" in signed.get(first.location).text
    send(signed, first.location)
    assert attending.is_here(planning.activity(hop).id, org.members[AN])
    assert browser(app).get(f"/c/{hop}/1-0123456789abcdef").status_code == 410
    assert "quét mã" in browser(app, org.members[BINH]).get(first.location).text


def test_the_organisers_phone_sends_its_queue_and_a_bad_line_is_no_line(
    app: Flask, org: Organisation, hop: str
) -> None:
    binh, address = browser(app, org.members[BINH]), f"/activities/{hop}/door"
    assert "Nguyễn Thị An" in binh.get(address).text
    head = {"X-CSRFToken": form_token(binh)}
    lines = [{"key": "0123456789", "member": org.members[AN]}]
    for _ in range(2):
        assert binh.post(f"{address}/lines", json={"lines": lines}, headers=head).json == {"settled": ["0123456789"]}
    for bad in (
        [{"key": 1, "member": 1}],
        [{"key": "0123456789", "member": True}],
        "x",
        [{"key": "ø" * 9, "member": 1}],
    ):
        assert binh.post(f"{address}/lines", json={"lines": bad}, headers=head).status_code == 400
    assert browser(app, org.members[AN]).get(address).status_code == 403


def test_the_year_is_read_by_the_member_and_the_organisers_above_and_by_nobody_else(
    app: Flask, org: Organisation, hop: str
) -> None:
    address = f"/chapters/{org.branch}/attendance.csv"
    assert "không xếp hạng" in browser(app, org.members[AN]).get("/me/attendance").text
    for who, status in ((BINH, 200), (CHI, 200), (AN, 403), (DUNG, 403)):
        assert browser(app, org.members[who]).get(address).status_code == status
    assert browser(app, org.members[BINH]).get(address.replace("csv", "xlsx")).data[:2] == b"PK"
    assert browser(app, org.members[BINH]).get(f"{address}?year=1900").status_code == 400


def test_a_member_proposes_an_idea_and_the_organiser_answers(app: Flask, org: Organisation) -> None:
    an, binh = browser(app, org.members[AN]), browser(app, org.members[BINH])
    made = send(an, "/undertakings", title="Mã QR nhà văn hóa", text="Dán ở cửa").location
    assert "Mã QR nhà văn hóa" in binh.get(f"/chapters/{org.branch}/undertakings").text
    assert send(binh, made, title="Mã QR nhà văn hóa", state="declined").status_code == 422
    assert (
        send(binh, made, title="Mã QR nhà văn hóa", state="running", answer="Làm ngay", owner="DV-1").status_code == 302
    )
    assert "Làm ngay" in an.get(made).text
    assert browser(app, org.members[DUNG]).get(made).status_code == 403
