"""The work in the field as it looks in use: deeds, targets, teams, sites, activities, records, files read, words told.

Everything is made through the forms that people use. `pages` names each page with who reads it.
"""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

from flask import Flask
from PIL import Image

from app.services.activities import attending, planning
from app.services.deeds import checking, partners
from app.services.deeds.noting import day_at
from app.services.files.containers import write_csv
from app.services.points import checkpoints
from quizzes.movement.steps import DAY
from tests import movement as way
from tests.contests import hold, now
from tests.look.everything import HOUR, TITLE
from tests.look.scenes import LONG, UNBREAKABLE
from tests.organisation import Organisation, browser, form_token, send
from tests.people import AN, BINH, CHI, DUNG

Seen = tuple[str, str]
"""(who reads it, its address); "" is a stranger."""
OLD = [
    ["Mã cơ sở", "Việc", "Ngày", "Số lượng", "Nguồn"],
    ["P", "VNeID mức 1", "30/6/2023", "3.535", "Báo cáo Huyện đoàn Hoài Ân sáu tháng đầu năm 2023"],
    ["X", "VNeID mức 2 – Đã kích hoạt", "2023-06-30", "2000", "Báo cáo Huyện đoàn"],
    ["X", "Bay lên trời", "2023-06-30", "1", ""],
    ["Z", "VNeID mức 1", "30/2/2023", "nhiều", ""],
]
RECORDS = [["Mã đoàn viên", "Nghiệp vụ", "Ngày"], ["DV-1", "Kết nạp đoàn viên mới", "26/3/2026"], ["DV-1", "x", ""]]
STREET = "# Tiếp cận thông tin\nBảng thông tin điện tử\n# Hộ và cửa hàng\nNhận chuyển khoản\n# Điểm công cộng\nWi-Fi"


class Field:
    """Plants page after page, signed in as those who make them."""

    def __init__(self, app: Flask, org: Organisation) -> None:
        self.app, self.org = app, org
        self.pages: dict[str, Seen] = {}
        self.an, self.binh, self.chi, self.dung = (browser(app, org.members[who]) for who in (AN, BINH, CHI, DUNG))

    def seen(self, who: str, **pages: str) -> None:
        self.pages |= {name: (who, address) for name, address in pages.items()}

    def posted(self, client: Any, address: str, **form: Any) -> str:
        """The address that an accepted form leads to."""
        answer = send(client, address, **form)
        assert answer.status_code == 302, f"{address}: {answer.status_code} {answer.text[:3000]}"
        return str(answer.headers["Location"])

    def read(self, address: str, rows: list[list[str]]) -> str:
        """The preview of a file."""
        body = {"csrf_token": form_token(self.chi), "file": (io.BytesIO(write_csv(rows)), "so-lieu.csv")}
        return str(self.chi.post(address, data=body).location)


def pages(app: Flask, org: Organisation) -> dict[str, Seen]:
    """Every page of these areas, with what may stand on it."""
    field = Field(app, org)
    for work in (deeds, targets, teams, sites, activities, undertakings, told, records, files):
        work(field, org)
    return field.pages


def deeds(field: Field, org: Organisation) -> None:
    day, rows = day_at(now()), []
    card = field.posted(field.chi, f"/chapters/{org.branch}/deeds/card", label="Nhà văn hóa khu phố 3")
    code = next(one.code for one in partners.cards(org.branch))
    for number, kind in enumerate(("id2", "portal", "payment", "shop", "leaflets", "household") * 3):
        step = "label" if kind == "shop" else "first" if kind == "payment" and number > 6 else "done"
        on = day - timedelta(days=5 if number in (1, 7) else 0)  # these came late: somebody looks first
        rows.append(
            {"id": f"phone-{number:06d}", "kind": kind, "step": step, "day": str(on), "partner": code}
            | {"count": 1 + number if kind == "leaflets" else 1}
            | {"place": "Chợ Sao Mai, gần cổng chào khu phố 1", "note": f"Bác bán rau, quầy {number}"}
        )
    field.posted(
        field.chi, f"/chapters/{org.branch}/deeds/person", member="DV-2", title="Tổ trưởng tổ dân phố, Bí thư chi bộ"
    )
    head = {"X-CSRFToken": form_token(field.an)}
    said = field.an.post("/deeds/send", json={"deeds": rows[:12]}, headers=head).json
    assert {one["code"] for one in said["answers"]} == {"ok"}
    out = io.BytesIO()
    Image.new("RGB", (600, 400), "steelblue").save(out, "JPEG")
    picture = {"csrf_token": form_token(field.an), "id": rows[1]["id"], "photo": (io.BytesIO(out.getvalue()), "a.jpg")}
    assert field.an.post("/deeds/photo", data=picture, headers={"Accept": "application/json"}).status_code == 200
    field.posted(field.chi, f"/chapters/{org.branch}/deeds/freeze")
    for _ in range(2):
        checkpoints.make(way.now())
        way.later(DAY)
    checking.draw_due()
    field.an.post("/deeds/send", json={"deeds": rows[12:]}, headers=head)
    desk = f"/chapters/{org.branch}/deeds/desk"
    found = re.search(r"list=(\d+)", field.chi.get(desk).text)
    field.seen(AN, deeds="/deeds", deeds_partner="/deeds/partner", deeds_no_code="/deeds/my-code")
    field.seen(BINH, deeds_my_code="/deeds/my-code", deeds_figures_branch=f"/chapters/{org.branch}/deeds")
    field.seen(CHI, deeds_desk=desk, deeds_card=card, deeds_figures=f"/chapters/{org.province}/deeds")
    field.seen(CHI, deeds_list=f"{desk}?list={found[1]}" if found else desk)
    field.seen(CHI, deeds_import=f"/chapters/{org.province}/deeds/import")
    field.seen(CHI, deeds_preview=field.read(f"/chapters/{org.province}/deeds/import", OLD))
    odd = [["Nơi gửi", "Đã làm", "Chốt đến", "Được"], ["P", "VNeID mức 1", "30/6/2023", "3.535"]]
    field.seen(CHI, deeds_columns=field.read(f"/chapters/{org.ward}/deeds/import", odd))
    done = field.read(f"/chapters/{org.province}/deeds/import", OLD[:3])
    field.posted(field.chi, f"{done}/confirm")


def targets(field: Field, org: Organisation) -> None:
    dates = {"starts_on": "2023-01-01", "ends_on": "2040-12-31"}
    here = f"/chapters/{org.province}/targets"
    field.posted(field.chi, f"{here}/preset", preset="hoai-an", **dates)
    listed = list(dict.fromkeys(re.findall(r'href="(/targets/[\w-]{8,})', field.chi.get(here).text)))
    field.posted(field.an, "/targets/mine", what=["vneid2", "payment"])
    with_figures = []
    for one in listed:
        page = field.chi.get(one).text
        if f"{one}/figure" in page and not with_figures:
            figure = {"count": "39", "evidence": f"Sổ văn bản quý 3, {LONG[:80]}"}
            field.posted(field.chi, f"{one}/figure?at={org.ward}", **figure)
            with_figures.append(one)
    field.seen(CHI, targets=here, targets_report=f"{here}/report", targets_new=f"{here}/new")
    field.seen(CHI, targets_one=listed[0], targets_change=f"{listed[0]}/change", targets_deeds=listed[1])
    field.seen(CHI, targets_by_hand=with_figures[0], targets_counted=listed[-5])
    field.seen(AN, targets_mine="/targets/mine", targets_member=f"/chapters/{org.branch}/targets")
    of = with_figures[0].rpartition("/")[2]
    rows = [["Mã cơ sở", "Ngày", "Số lượng", "Minh chứng"], ["P", "1/9/2023", "39", "Sổ"], ["Q", "x", "một", ""]]
    address = f"/chapters/{org.province}/lists/figures?of={of}"
    field.seen(CHI, targets_file=address, targets_preview=field.read(address, rows))


def teams(field: Field, org: Organisation) -> None:
    here = f"/chapters/{org.branch}/teams"
    made = field.posted(field.binh, here, name="Tổ công nghệ số cộng đồng khu phố 1")
    field.posted(field.binh, here, name="Đội hình 1", parent=made.rpartition("/")[2])
    field.posted(field.binh, made, what="put", member="DV-1", part="deputy", post="")
    field.posted(field.binh, made, what="put", name="Nguyễn Thị Hồng Nhung", part="leader", post="residents_leader")
    field.posted(field.binh, made, what="put", name="Trần Văn Bảy", part="member", post="", youth="yes")
    held = hold(org, ranking={"teams": 2})
    field.seen(BINH, teams=here, teams_one=made, teams_rules=f"{here}/rules")
    field.seen(AN, teams_member=made, teams_contest=f"/contests/{held.public_id}/teams")
    field.seen(CHI, teams_province=f"/chapters/{org.province}/teams")


def sites(field: Field, org: Organisation) -> None:
    here = f"/chapters/{org.branch}/sites"
    made = field.posted(field.binh, here, kind="street", name="Đường Ấp Bắc", place="Từ ngã ba Lý Thường Kiệt đến chợ")
    market = field.posted(field.binh, here, kind="market", name="Chợ Sao Mai", place="Khu phố 1")
    for key in re.findall(r'name="criterion" value="([^"]+)', field.binh.get(made).text)[:4]:
        field.posted(field.binh, made, what="mark", criterion=key, **{f"evidence-{key}": "Biên bản số 3 ngày 20/11"})
    for key in re.findall(r'name="criterion" value="([^"]+)', field.binh.get(market).text):
        field.posted(field.binh, market, what="mark", criterion=key, **{f"evidence-{key}": "Biên bản số 4"})
    field.posted(field.chi, market, what="recognise", decision="QĐ 15-QĐ/TĐ ngày 21/11/2026")
    field.seen(BINH, sites=here, sites_one=made, sites_criteria=f"{here}/criteria/street")
    field.seen("", sites_stranger=made, sites_market=market, sites_list=here)
    field.seen(CHI, sites_above=made, sites_recognised=market)


def activities(field: Field, org: Organisation) -> None:
    draft = planning.Draft(
        "meeting", TITLE, now() - HOUR // 2, now() + HOUR, "Nhà văn hóa khu phố 1", f"1. {LONG}\n2. Bàn việc", points=5
    )
    hop = planning.plan(org.members[CHI], org.branch, draft)
    one = f"/activities/{hop}"
    upload = {"csrf_token": form_token(field.binh), "what": "document"}
    file = (io.BytesIO(b"%PDF-1.7 not much"), "Báo cáo kết quả chuyển đổi số quý 4.pdf")
    assert field.binh.post(one, data=upload | {"file": file}).status_code == 302
    field.posted(field.binh, one, what="minutes", minutes="Kết luận: mỗi người hai hộ.\nGiao đồng chí An ghi sổ.")
    field.posted(field.binh, one, what="part", member="DV-1", part="Ghi biên bản")
    scanned = field.binh.get(f"{one}/screen/code").json["address"].partition("localhost")[2]
    field.an.get(scanned)
    field.seen(AN, activities_here=f"{one}/here", activities_mine="/me/attendance", activities_member=one)
    field.posted(field.an, f"{one}/here")
    assert attending.is_here(planning.activity(hop).id, org.members[AN])
    field.binh.get(scanned)
    field.seen(BINH, activities_ready=f"{one}/here")
    here = f"/chapters/{org.branch}/activities"
    for number in range(1, 4):
        starts = now() + number * DAY
        planning.plan(
            org.members[CHI], org.branch, planning.Draft("friday", f"Ngày thứ 6 xanh {number}", starts, starts + HOUR)
        )
    field.seen(BINH, activities=here, activities_new=f"{here}/new", activities_change=f"{one}/change")
    field.seen(BINH, activities_one=one, activities_screen=f"{one}/screen", activities_door=f"{one}/door")
    field.seen("", activities_stranger=one, activities_gone=f"/c/{hop}/1-0123456789abcdef")


def undertakings(field: Field, org: Organisation) -> None:
    made = field.posted(
        field.an, "/undertakings", title="Mã QR cho nhà văn hóa khu phố", text="Dán ở cửa, ai cũng quét"
    )
    address, until = f"/chapters/{org.branch}/undertakings", str(day_at(now()) + timedelta(days=90))
    said = {"title": "Mã QR cho nhà văn hóa", "state": "running", "answer": "Làm ngay trong tháng", "owner": "DV-1"}
    field.posted(field.binh, made, **said)
    said = {"kind": "partner", "title": "Thỏa thuận với bưu điện", "partner": "Bưu điện phường", "state": "running"}
    said |= {"starts_on": str(day_at(now())), "ends_on": until, "target": "100 hộ", "wanted": "100", "reached": "39"}
    signed = field.posted(field.binh, f"{address}/new", **said, owner="DV-2", proof="Biên bản ghi nhớ 12")
    field.seen(BINH, undertakings=address, undertakings_new=f"{address}/new?kind=partner", undertakings_one=signed)
    field.seen(AN, undertakings_idea=made, undertakings_member=address)


def told(field: Field, org: Organisation) -> None:
    voice, board = f"/chapters/{org.branch}/voice", f"/chapters/{org.branch}/board"
    heard = field.posted(field.binh, voice, title="Bản tin số 12", text=f"{LONG}\nXin mời bà con tới nhà văn hóa.")
    until = str(day_at(now()) + timedelta(days=5))
    field.posted(field.binh, board, title="Lịch hỗ trợ thủ tục", text=f"{LONG}\nSáng thứ sáu", until=until)
    poll = {"question": "Nên tổ chức vào buổi nào?", "options": f"Sáng thứ bảy\nTối chủ nhật\n{UNBREAKABLE[:60]}"}
    field.posted(field.binh, board, what="poll", until=until, **poll)
    found = re.search(r"/announcements/\d+", field.binh.get(board).text + field.an.get("/").text)
    assert found
    field.seen(BINH, voice=voice, voice_one=heard, board=board)
    field.seen("", voice_stranger=heard, voice_list=voice, board_one=found[0])
    field.seen(AN, home="/")


def records(field: Field, org: Organisation) -> None:
    address = f"/members/{org.members[AN]}/records"
    field.posted(field.binh, address, operation="outstanding", on="2026-03-26", document="9-QĐ/ĐP ngày 26/3/2026")
    field.posted(field.binh, address, operation="admitted", on="2025-03-26", document="2-QĐ/ĐP", text="Kết nạp tại lễ")
    field.posted(field.binh, "/records/1/back", why="Nhầm người")
    field.seen(BINH, records=f"/chapters/{org.branch}/records", records_of=address)
    field.seen(AN, records_mine="/me/records")


def files(field: Field, org: Organisation) -> None:
    for kind in ("records", "teams"):
        address = f"/chapters/{org.province}/lists/{kind}"
        field.seen(CHI, **{f"lists_{kind}": address})
    field.seen(CHI, lists_preview=field.read(f"/chapters/{org.province}/lists/records", RECORDS))
    crowd = [["Tên tổ", "Cơ sở", "Họ tên", "Vai trò"], *(["Tổ 1", "KP1", f"Người {n}", "x"] for n in range(9))]
    field.seen(CHI, lists_columns=field.read(f"/chapters/{org.province}/lists/teams", crowd))
