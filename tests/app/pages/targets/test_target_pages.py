"""The pages of targets: Mỹ Tho's and Hoài Ân's figures where they belong, the table, the chart, the report, files."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from flask import Flask

from app.services.files.containers import open_tables, write_csv
from app.services.targets import looking
from tests import movement as way
from tests.organisation import Organisation, browser, form_token, plant, send
from tests.people import AN, BINH, CHI, DUNG

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def org(app: Flask) -> Iterator[Organisation]:
    with way.at_noon():
        yield plant()


def begin(app: Flask, org: Organisation, preset: str) -> list[looking.TargetLine]:
    chi = browser(app, org.members[CHI])
    dates = {"starts_on": "2023-01-01", "ends_on": "2040-12-31"}
    assert send(chi, f"/chapters/{org.province}/targets/preset", preset=preset, **dates).status_code == 302
    return looking.targets(org.path(org.province))


def test_the_figures_of_hoai_an_are_imported_and_stand_on_their_pages(app: Flask, org: Organisation) -> None:
    begin(app, org, "hoai-an")
    chi = browser(app, org.members[CHI])
    rows = [["Mã cơ sở", "Việc", "Ngày", "Số lượng", "Nguồn"],
            ["P", "VNeID mức 1", "30/6/2023", "3.535", "Báo cáo Huyện đoàn"],
            ["X", "VNeID mức 2 – Đã kích hoạt", "2023-06-30", "2000", "Báo cáo Huyện đoàn"],
            ["X", "Bay lên trời", "2023-06-30", "1", ""]]  # fmt: skip
    body = {"csrf_token": form_token(chi), "file": (io.BytesIO(write_csv(rows)), "hoai-an.csv")}
    preview = chi.post(f"/chapters/{org.province}/deeds/import", data=body, follow_redirects=True)
    assert "Bay lên trời" in preview.text and "Không có loại việc này" in preview.text and ">3.535<" in preview.text
    confirm = re.search(r'action="(/deeds/imports/\d+/confirm)"', preview.text)
    assert confirm
    assert "/deeds/imports/" in send(chi, confirm[1]).location, "a wrong row must be left out knowingly"
    done = chi.post(confirm[1], data={"csrf_token": form_token(chi), "leave_out": "1"}, follow_redirects=True)
    assert ">5.535<" not in done.text and ">3.535<" in done.text and ">2.000<" in done.text
    targets = chi.get(f"/chapters/{org.province}/targets").text
    assert "Kích hoạt 5.535 tài khoản định danh" in targets and "<b>5.535</b>" in targets and ">đạt</span>" in targets
    first = next(one for one in looking.targets(org.path(org.province)) if one.counts == ("id1", "id2"))
    page = browser(app, org.members[AN]).get(f"/targets/{first.public_id}").text
    assert ">5.535</p>" in page and ">3.535</td>" in page and "<polyline" in page and "Ghi số" not in page


def test_the_targets_of_my_tho_are_all_there_in_both_languages_and_are_changed(app: Flask, org: Organisation) -> None:
    targets = begin(app, org, "my-tho")
    chi, an = browser(app, org.members[CHI]), browser(app, org.members[AN])
    page = an.get(f"/chapters/{org.ward}/targets").text
    for words in ("5.000 người dân", "1.000 cửa hàng", "80 phần trăm", "Hai tuyến phố", "Hai chợ", "ngày hội", "ký số"):
        assert words in page
    assert "Bắt đầu với một bộ" not in page and an.get(f"/chapters/{org.ward}/targets/new").status_code == 403
    send(an, "/targets/mine", what=["vneid2"])
    assert "25 %" in chi.get(f"/targets/{targets[0].public_id}").text
    assert "50 %" in chi.get(f"/targets/{targets[0].public_id}?at={org.branch}").text
    signed = next(one for one in targets if "ký số" in one.title)
    here = f"/targets/{signed.public_id}"
    assert "phải là số" not in send(chi, f"{here}/shares", **{f"goal-{org.ward}": "", f"base-{org.ward}": "40"}).text
    refused = send(chi, f"{here}/figure?at={org.ward}", count="39", evidence="")
    assert refused.status_code == 422 and "minh chứng" in refused.text
    send(chi, f"{here}/figure?at={org.ward}", count="39", evidence="Sổ văn bản quý 3", id="just-once")
    page = chi.get(here).text
    assert "97,5 %" in page and "Sổ văn bản quý 3" in page and ">gần đạt</span>" in page
    rows = [["Mã cơ sở", "Ngày", "Số lượng"], ["P", "1/9/2023", "một"]]
    body = {"csrf_token": form_token(chi), "file": (io.BytesIO(write_csv(rows)), "so.csv")}
    wrong = chi.post(f"{here}/file", data=body)
    assert wrong.status_code == 422 and "Số lượng phải là số nguyên" in wrong.text
    changed = {"title": "Văn bản ký số", "shape": "percent", "goal": "95", "base": "given", "starts_on": "2023-01-01",
               "ends_on": "2040-12-31", "ways": ["hand"], "document": "12-KH/TĐ", "baseline": "0"}  # fmt: skip
    assert send(chi, f"{here}/change", **changed).status_code == 302
    assert "12-KH/TĐ" in chi.get(here).text and ">đạt</span>" in chi.get(here).text


def test_the_report_and_the_workbook_hold_the_same_and_who_may_not_is_refused(app: Flask, org: Organisation) -> None:
    (first, *_) = begin(app, org, "dong-ha")
    chi, dung = browser(app, org.members[CHI]), browser(app, org.members[DUNG])
    send(chi, f"/targets/{first.public_id}/figure", count="9", evidence="Báo cáo 20-3-2023")
    report = dung.get(f"/chapters/{org.province}/targets/report").text
    assert "9 đội hình chuyển đổi số" in report and "Đoàn phường Sao Mai" in report
    book = open_tables(dung.get(f"/chapters/{org.province}/targets.xlsx").data)
    assert [sheet.name for sheet in book] == ["Chỉ tiêu", "Theo cơ sở"]
    assert book[0].rows[1][:3] == ["9 đội hình chuyển đổi số", 9, 9] and len(book[1].rows) == 1 + 3 * 2
    for who in (AN, BINH, DUNG):
        client = browser(app, org.members[who])
        assert send(client, f"/targets/{first.public_id}/remove").status_code == 403
        assert client.get(f"/targets/{first.public_id}/change").status_code == 403
    assert send(chi, f"/targets/{first.public_id}/remove").status_code == 302
    assert chi.get(f"/targets/{first.public_id}").status_code == 404
