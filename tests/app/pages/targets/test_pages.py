"""The pages of targets: Mỹ Tho's and Hoài Ân's figures where they belong, the table, the chart, the report, files."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.services.commit import writing
from app.services.files.containers import open_tables, write_csv
from app.services.people import tree
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


def test_a_set_whose_days_are_turned_round_keeps_what_was_chosen(app: Flask, org: Organisation) -> None:
    dates = {"starts_on": "2026-05-01", "ends_on": "2026-04-01"}
    chi = browser(app, org.members[CHI])
    answer = send(chi, f"/chapters/{org.province}/targets/preset", preset="my-tho", **dates)
    assert answer.status_code == 422 and 'value="2026-05-01"' in answer.text and 'value="2026-04-01"' in answer.text
    assert '<option value="my-tho" selected' in answer.text and looking.targets(org.path(org.province)) == []


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
    for words, count in (("1.200 đoàn viên", 1200), ("20 tổ công nghệ", 20), ("150 đoàn viên", 151)):
        one = next(each for each in looking.targets(org.path(org.province)) if words in each.title)
        send(chi, f"/targets/{one.public_id}/figure?at={org.village}", count=str(count), evidence="Báo cáo Huyện đoàn")
    targets = browser(app, org.members[DUNG]).get(f"/chapters/{org.village}/targets").text
    assert all(f"<b>{count}</b>" in targets for count in ("1.200", "20", "151", "2.000"))


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
    changed = {"title": "Văn bản ký số", "shape": "percent", "goal": "95", "base": "given", "starts_on": "2023-01-01",
               "ends_on": "2040-12-31", "ways": ["hand"], "document": "12-KH/TĐ", "baseline": "0"}  # fmt: skip
    assert send(chi, f"{here}/change", **changed).status_code == 302
    assert "12-KH/TĐ" in chi.get(here).text and ">đạt</span>" in chi.get(here).text


def test_the_report_and_the_workbook_hold_the_same_and_who_may_not_is_refused(app: Flask, org: Organisation) -> None:
    (first, *_) = begin(app, org, "dong-ha")
    chi, dung = browser(app, org.members[CHI]), browser(app, org.members[DUNG])
    send(chi, f"/targets/{first.public_id}/figure", count="9", evidence="Báo cáo 20-3-2023")
    report = dung.get(f"/chapters/{org.province}/targets/report").text
    assert "9 tổ công nghệ số cộng đồng" in report and report.count("<table") == 1, "nothing to say of those below"
    assert "Chưa có số ở chỉ tiêu nào" in report and "Đoàn phường Sao Mai" in report
    send(chi, f"/targets/{first.public_id}/figure?at={org.ward}", count="2", evidence="Báo cáo 20-3-2023")
    report = dung.get(f"/chapters/{org.province}/targets/report").text
    assert report.count("<table") == 2 and "1 cơ sở khác chưa có số" in report
    book = open_tables(dung.get(f"/chapters/{org.province}/targets.xlsx").data)
    assert [sheet.name for sheet in book] == ["Chỉ tiêu", "Theo cơ sở"]
    assert book[0].rows[1][:3] == ["9 tổ công nghệ số cộng đồng", 9, 11] and len(book[1].rows) == 1 + 3 * 2
    for who in (AN, BINH, DUNG):
        client = browser(app, org.members[who])
        assert send(client, f"/targets/{first.public_id}/remove").status_code == 403
        assert client.get(f"/targets/{first.public_id}/change").status_code == 403
    assert send(chi, f"/targets/{first.public_id}/remove").status_code == 302
    assert chi.get(f"/targets/{first.public_id}").status_code == 404


def read(client: FlaskClient, address: str, rows: list[list[str]]) -> str:
    """The address of the preview of a file."""
    body = {"csrf_token": form_token(client), "file": (io.BytesIO(write_csv(rows)), "so.csv")}
    return str(client.post(address, data=body).location)


def test_a_targets_file_is_looked_at_and_its_columns_are_chosen_and_remembered(app: Flask, org: Organisation) -> None:
    signed = next(one for one in begin(app, org, "my-tho") if "ký số" in one.title)
    chi, here = browser(app, org.members[CHI]), f"/targets/{signed.public_id}"
    address = f"/chapters/{org.province}/lists/figures?of={signed.public_id}"
    assert address.replace("&", "&amp;") in chi.get(here).text
    odd = [
        ["Nơi gửi", "Chốt đến", "Văn bản đã ký", "Sổ"],
        ["P", "1/9/2023", "39", "Sổ quý 3"],
        ["P", "2/9/2023", "một", ""],
    ]
    preview = read(chi, address, odd)
    assert "Chọn cột" in chi.get(preview).text and "Nhập 1 dòng" not in chi.get(preview).text
    send(
        chi,
        f"{preview}/columns",
        **{"column-0": "chapter", "column-1": "day", "column-2": "count", "column-3": "evidence"},
    )
    page = chi.get(preview).text
    assert "số nguyên từ 0 đến 1.000.000.000" in page and "Nhập 1 dòng" in page and "Sổ quý 3" in page
    assert send(chi, f"{preview}/confirm").location == preview, "a wrong row must be left out knowingly"
    assert send(chi, f"{preview}/confirm", leave_out="1").location == here
    assert "Sổ quý 3" in chi.get(here).text
    again = read(chi, address, odd)
    assert "Nhập 1 dòng" in chi.get(again).text, "the chapter remembers its columns"
    send(chi, f"{again}/confirm", leave_out="1")
    assert chi.get(here).text.count("Sổ quý 3") == 1, "the same file counts once"
    assert browser(app, org.members[BINH]).get(preview).status_code == 403
    for of in ("nothing", ""):
        body = {"csrf_token": form_token(chi), "file": (io.BytesIO(write_csv(odd)), "so.csv")}
        assert chi.post(f"/chapters/{org.province}/lists/figures?of={of}", data=body).status_code == 422


def test_columns_of_old_figures_are_chosen_and_remembered(app: Flask, org: Organisation) -> None:
    chi, address = browser(app, org.members[CHI]), f"/chapters/{org.province}/deeds/import"
    odd = [
        ["Nơi gửi", "Đã làm", "Chốt đến", "Được"],
        ["P", "VNeID mức 1", "30/6/2023", "3.535"],
        ["P", "Bay lên trời", "30/6/2023", "1"],
    ]
    preview = read(chi, address, odd)
    assert "Chọn cột" in chi.get(preview).text and "Nhập 1 dòng" not in chi.get(preview).text
    choice = {"column-0": "chapter", "column-1": "kind", "column-2": "day", "column-3": "count"}
    assert browser(app, org.members[BINH]).post(f"{preview}/columns", data=choice).status_code in (400, 403)
    for _twice in range(2):
        assert send(chi, f"{preview}/columns", **choice).location == preview
        page = chi.get(preview).text
        assert "Nhập 1 dòng" in page and ">3.535<" in page and "Không có loại việc này" in page
    assert send(chi, f"{preview}/confirm", leave_out="1").location == address.removesuffix("/import")
    assert send(chi, f"{preview}/columns", **choice).status_code == 404, "what is in force is not read again"
    again = chi.get(read(chi, address, odd)).text
    assert "Chọn cột" not in again and "Không có gì để nhập" in again, "the chapter remembers its columns"


def test_the_figures_of_my_tho_are_entered_and_stand_on_their_pages(app: Flask, org: Organisation) -> None:
    """Residents and shops from the old books, members by their own word, streets and markets by hand, per ward."""
    targets = begin(app, org, "my-tho")
    chi = browser(app, org.members[CHI])
    rows = [["Mã cơ sở", "Việc", "Ngày", "Số lượng", "Nguồn"]]
    for kind, ward, village in (("portal", "3.200", "1.800"), ("shop", "640", "360"), ("payment", "600", "399")):
        rows += [
            [code, kind, "31/12/2023", count, "Báo cáo Thành đoàn"] for code, count in (("P", ward), ("X", village))
        ]
    preview = read(chi, f"/chapters/{org.province}/deeds/import", rows)
    assert send(chi, f"{preview}/confirm").location == f"/chapters/{org.province}/deeds"
    sums = chi.get(f"/chapters/{org.province}/deeds").text
    for count in ("5.000", "1.000", "999", "3.200", "360"):
        assert f">{count}<" in sums
    for name in (AN, BINH, CHI, DUNG):
        send(
            browser(app, org.members[name]),
            "/targets/mine",
            what=["vneid2", "portal", *(["payment"] if name != AN else [])],
        )
    by_hand = {"phố": 2, "chợ": 2, "ngày hội": 1}
    for word, count in by_hand.items():
        one = next(each for each in targets if word in each.title.lower())
        send(
            chi,
            f"/targets/{one.public_id}/figure?at={org.ward}",
            count=str(count),
            evidence="Biên bản",
            id=f"once-{word}",
        )
    book = open_tables(chi.get(f"/chapters/{org.province}/targets.xlsx").data)[0].rows
    said = {
        word: next(row[1:3] for row in book[1:] if word in str(row[0]).lower())
        for word in (
            "5.000 người dân",
            "1.000 cửa",
            "1.000 người",
            "phố",
            "chợ",
            "ngày hội",
            "vneid",
            "tài khoản thanh",
        )
    }
    assert said == {
        "5.000 người dân": [5000, 5000],
        "1.000 cửa": [1000, 1000],
        "1.000 người": [1000, 999],
        "phố": [2, 2],
        "chợ": [2, 2],
        "ngày hội": [1, 1],
        "vneid": [100, 4],
        "tài khoản thanh": [90, 3],
    }
    ward = browser(app, org.members[AN]).get(f"/chapters/{org.ward}/targets").text
    assert "<b>3.200</b>" in ward and "<b>640</b>" in ward


@writing
def grow(db: Session, parent: int, count: int) -> None:
    for number in range(1, count + 1):
        tree.add_chapter_in(db, None, parent, tree.Draft(f"Chi đoàn {number:03}", "chi_doan"))


def test_the_501st_chapter_is_left_out_of_no_table(app: Flask, org: Organisation) -> None:
    grow(org.province, 501)
    (*_, target) = begin(app, org, "my-tho")
    chi = browser(app, org.members[CHI])
    for address in (f"/targets/{target.public_id}", f"/chapters/{org.province}/targets/report"):
        assert "Chi đoàn 501" in chi.get(address).text
    for address in (f"/chapters/{org.province}/targets.xlsx", f"/chapters/{org.province}/deeds.xlsx"):
        rows = [row for page in open_tables(chi.get(address).data) for row in page.rows]
        assert any("Chi đoàn 501" in str(row) for row in rows)
