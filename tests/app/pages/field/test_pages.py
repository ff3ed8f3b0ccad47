"""Teams, sites and records as people meet them: forms, files, who may see what."""

from __future__ import annotations

import io

import pytest
from flask import Flask

from app.services.deeds.noting import day_at
from app.services.files.containers import write_csv
from app.services.movement import campaigns
from app.services.movement.clock import now
from tests import movement as way
from tests.contests import hold
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


def test_a_team_notes_deeds_and_enters_a_contest_on_its_leaders_phone(app: Flask, org: Organisation) -> None:
    binh, an = browser(app, org.members[BINH]), browser(app, org.members[AN])
    made = send(binh, f"/chapters/{org.branch}/teams", name="Tổ công nghệ số khu phố 1").location
    number = made.rpartition("/")[2]
    assert 'name="team"' not in an.get("/deeds").text, "who leads nothing is not asked"
    send(binh, made, what="put", member="DV-1", part="leader", post="")
    send(binh, made, what="put", member="DV-2", part="member", post="")
    assert f'value="{number}"' in an.get("/deeds").text
    day = day_at(now()).isoformat()
    row = {"what": "payment", "day": day, "count": "1", "id": "form-00000001", "team": number}
    assert send(an, "/deeds", **row).status_code == 302
    assert send(binh, "/deeds", **row | {"id": "form-00000002"}).status_code == 422
    page = an.get(made).text
    assert "việc chờ xác minh" in page and "Tổ công nghệ số khu phố 1" in an.get("/deeds").text
    held, plain = hold(org, ranking={"teams": 2}), hold(org)
    address = f"/contests/{held.public_id}/teams"
    assert browser(app).get(f"/contests/{plain.public_id}/teams").status_code == 409
    assert "Chưa có tổ nào" in browser(app).get(address).text and "Đăng ký tổ" not in browser(app).get(address).text
    assert send(binh, address, team=number).status_code == 422
    assert send(an, address, team=number).status_code == 302
    assert "Tổ công nghệ số khu phố 1" in browser(app).get(address).text
    assert "Cuộc thi thử nghiệm" in an.get(made).text
    assert "tổng điểm của 2 người cao nhất" in browser(app).get(f"/contests/{held.public_id}/the-le").text
    assert send(an, address, team=number, what="leave").status_code == 302
    assert "Chưa có tổ nào" in browser(app).get(address).text


def test_a_card_is_revoked_at_the_desk_and_one_of_another_campaign_is_not_printed(
    app: Flask, org: Organisation
) -> None:
    chi, binh = browser(app, org.members[CHI]), browser(app, org.members[BINH])
    desk = f"/chapters/{org.branch}/deeds"
    printed = send(binh, f"{desk}/card", label="Nhà văn hóa").location
    assert binh.get(printed).status_code == 200
    assert "Đã thu hồi thẻ" in binh.get(send(binh, f"{desk}/card", revoke="1").location).text
    assert binh.get(printed).status_code == 404 and "Thu hồi</button>" not in binh.get(f"{desk}/desk").text
    first, second = (way.begin(org, title=f"1+2 số {n}") for n in range(2))
    ours, theirs = (f"/movement/{campaigns.campaign_numbered(one).public_id}" for one in (first, second))
    made = send(chi, f"{ours}/card", label="Công an xã").location
    number = made.rpartition("=")[2]
    assert chi.get(made).status_code == 200 and chi.get(f"{theirs}/card?number={number}").status_code == 404
    assert "Đã thu hồi thẻ" in chi.get(send(chi, f"{ours}/card", revoke=number).location).text
    assert chi.get(made).status_code == 404
