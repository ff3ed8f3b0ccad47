"""Teams, sites and records as people meet them: forms, files, who may see what."""

from __future__ import annotations

import io

import pytest
from flask import Flask

from app.services.files.containers import write_csv
from tests.organisation import Organisation, browser, form_token, plant, send
from tests.people import AN, BINH, CHI, DUNG

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def org(app: Flask) -> Organisation:
    return plant()


def test_a_team_is_made_filled_ruled_and_ended_with_forms(app: Flask, org: Organisation) -> None:
    binh, list_ = browser(app, org.members[BINH]), f"/chapters/{org.branch}/teams"
    made = send(binh, list_, name="Tổ công nghệ số khu phố 1").location
    assert send(binh, list_, name="tổ công nghệ số khu phố 1").status_code == 422
    assert "ít nhất 5 người, đang có 0" in binh.get(made).text
    send(binh, made, what="put", member="DV-1", part="deputy", post="")
    assert send(binh, made, what="put", name="1", part="leader", post="").status_code == 422
    send(binh, made, what="put", name="Bà Tư", part="leader", post="residents_leader")
    page = browser(app, org.members[AN]).get(made).text
    assert "Bà Tư" in page and "Thêm người" not in page
    assert browser(app, org.members[DUNG]).get(made).status_code == 403
    assert "Tổ công nghệ số khu phố 1" in browser(app, org.members[AN]).get("/").text
    like = binh.get(f"{list_}/rules?like=dong_ha").text
    assert 'value="area_secretary" checked' in like
    rules = {"fewest": 2, "most": 0, "youth": 1, "leads": "", "posts": "area_secretary", "source": "QĐ 1"}
    assert send(binh, f"{list_}/rules", **rules).status_code == 302 and "QĐ 1" in binh.get(list_).text
    assert send(binh, f"{list_}/rules", **rules | {"youth": 99}).status_code == 422
    send(binh, made, what="end")
    assert "Chưa có tổ nào" in binh.get(list_).text


def test_a_list_is_read_looked_at_and_confirmed(app: Flask, org: Organisation) -> None:
    chi, address = browser(app, org.members[CHI]), f"/chapters/{org.province}/lists/records"
    rows = [["Mã đoàn viên", "Nghiệp vụ", "Ngày"], ["DV-1", "Kết nạp đoàn viên mới", "26/3/2026"], ["DV-1", "x", ""]]
    file = {"csrf_token": form_token(chi), "file": (io.BytesIO(write_csv(rows)), "nv.csv")}
    preview = chi.post(address, data=file).location
    page = chi.get(preview).text
    assert "Nguyễn Thị An (DV-1)" in page and "Không nhận ra nghiệp vụ này" in page
    assert "Không nhận ra" in chi.get(f"{preview}/problems.csv").text
    assert browser(app, org.members[BINH]).get(preview).status_code == 403
    for _ in range(2):
        done = send(chi, f"{preview}/confirm", leave_out="yes").location
    assert "Kết nạp đoàn viên mới" in chi.get(done).text and "vẫn là nơi lưu gốc" in chi.get(done).text
    assert chi.get("/list-templates/teams.xlsx").data[:2] == b"PK"
    assert chi.get(f"/chapters/{org.province}/lists/crowns").status_code == 404


def test_records_are_read_by_the_member_and_the_organisers_above(app: Flask, org: Organisation) -> None:
    binh, an, address = browser(app, org.members[BINH]), org.members[AN], f"/members/{org.members[AN]}/records"
    assert send(binh, address, operation="outstanding", on="2026-03-26", document="9-QĐ").status_code == 302
    assert send(binh, address, operation="outstanding", on="2026-03-26", document="9-QĐ").status_code == 422
    assert "9-QĐ" in browser(app, an).get("/me/records").text
    send(binh, "/records/1/back", why="Nhầm")
    assert "Nhầm" in browser(app, an).get("/me/records").text
    export = binh.get(f"/chapters/{org.branch}/records.csv").text
    assert "9-QĐ" in export and "Nhầm" in export
    assert binh.get(f"/chapters/{org.branch}/records.xlsx").data[:2] == b"PK"
    for who, status in ((AN, 403), (DUNG, 403)):
        assert browser(app, org.members[who]).get(address).status_code == status


def test_a_site_is_public_marked_by_its_chapter_and_recognised_from_above(app: Flask, org: Organisation) -> None:
    binh, chi, list_ = browser(app, org.members[BINH]), browser(app, org.members[CHI]), f"/chapters/{org.branch}/sites"
    made = send(binh, list_, kind="street", name="Đường Ấp Bắc").location
    stranger = browser(app)
    assert "không phải danh hiệu" in stranger.get(made).text and "Đường Ấp Bắc" in stranger.get(list_).text
    key = binh.get(made).text.split('name="criterion" value="')[1][:16]
    assert send(binh, made, what="mark", criterion=key, **{f"evidence-{key}": ""}).status_code == 422
    assert send(binh, made, what="mark", criterion=key, **{f"evidence-{key}": "Biên bản 3"}).status_code == 302
    assert "Biên bản 3" in stranger.get(made).text
    assert "Còn 8 tiêu chí" in send(chi, made, what="recognise", decision="QĐ 5").text
    assert send(binh, made, what="recognise", decision="QĐ 5").status_code == 422
    text = "# Nhóm A\nTiêu chí riêng"
    assert send(binh, f"{list_}/criteria/street", criteria=text, source="HD 7").status_code == 302
    assert "Tiêu chí riêng" in stranger.get(made).text
    assert send(binh, f"{list_}/criteria/street", criteria="không nhóm", source="HD 7").status_code == 422
