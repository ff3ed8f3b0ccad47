"""Pages of standings: an organiser makes one, sees what new rules do, freezes it; everybody reads and checks it."""

from __future__ import annotations

import hashlib
import re

import pytest
from flask import Flask

from app.services import points
from app.services.files.opening.tables import read_tables
from app.services.people.membership import add_member
from app.services.people.person import Person
from app.services.points.checkpoints import checkpoint_text
from app.services.standings import standings
from quizzes.ledger import Due
from tests.organisation import browser, plant, send
from tests.people import AN, CHI, DUNG

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_from_a_new_standing_to_a_frozen_one_that_a_stranger_computes_again(app: Flask) -> None:
    org = plant()
    for number in range(4):
        add_member(None, org.village, Person(f"Lê Văn {number}", 2000, f"X-{number}"))
    points.post("contest", 1, {org.members[AN]: Due(80, None), org.members[DUNG]: Due(60, None)})
    chi, stranger = browser(app, org.members[CHI]), browser(app)
    address = f"/chapters/{org.province}/standings/new"
    assert "Chi đoàn ba người" in chi.get(address).text
    sent = {"title": "Thi đua thử", "kind": "xa_phuong", "season": "2026", "formula": "total"}
    assert send(chi, address, **sent | {"title": "x"}).status_code == 422
    made = send(chi, address, **sent | {"season": str(points.season_of(points_now()))})
    assert made.status_code == 302
    (held,) = standings.listed()
    page = f"/standings/{held.public_id}"
    assert "Thi đua thử" in stranger.get("/standings").text
    assert re.findall(r'data-place="(.)"', stranger.get(page).text) == ["1", "–"]

    bad = send(chi, f"{page}/rules", formula="total", least="0")
    assert bad.status_code == 422 and 'value="0"' in bad.text
    seen = send(chi, f"{page}/rules", formula="total", least="1", clusters="Cụm 1: phường sao mai\nCụm 2: x")
    assert "2 cơ sở đổi hạng" in seen.text and "Cụm 2: Đoàn xã Sóng Xanh (X)" in seen.text
    assert re.findall(r'data-place="(.)"', stranger.get(page).text) == ["1", "–"]
    unknown = send(chi, f"{page}/rules", formula="total", clusters="Cụm 1: P; Đoàn xã Không Có")
    assert unknown.status_code == 422 and "Đoàn xã Không Có" in unknown.text and "Cụm 1: P; Đoàn" in unknown.text
    wanted = {"formula": "total", "least": "1", "revision": "1"}
    for unseen in ("yes", shown(seen.text)):  # never looked at, and others than those that were looked at
        again = send(chi, f"{page}/rules", **wanted, save=unseen)
        assert again.status_code == 200 and "đã đổi sau khi xem" in again.text and "cơ sở đổi hạng" in again.text
        assert re.findall(r'data-place="(.)"', stranger.get(page).text) == ["1", "–"]
    assert send(chi, f"{page}/rules", **wanted, save=shown(again.text)).status_code == 302
    assert re.findall(r'data-place="(.)"', stranger.get(page).text) == ["1", "2"]

    weighed = {"formula": "fair", "contests": "77", "completion": "20"}
    assert 'value="77"' not in send(chi, f"{page}/rules", **weighed | {"completion": "60"}).text, "nobody reads it"
    assert send(chi, f"{page}/rules", **weighed).status_code == 422, "1+2 weighs at least a third"
    assert 'value="77"' in send(chi, f"{page}/rules", formula="own", contests="77", completion="20").text

    assert send(stranger, f"{page}/freeze").status_code == 401
    assert send(chi, f"{page}/freeze").headers["Location"] == f"{page}/1"
    checked = stranger.get(f"{page}/1?check=1").text
    assert "Chữ ký đúng" in checked
    assert stranger.get(f"{page}/1/figures.json").mimetype == "application/json"
    assert stranger.get(f"{page}/2").status_code == 404
    why = stranger.get(f"{page}/1/chapters/{org.ward}").text
    assert "Đoàn phường Sao Mai" in why and "Điểm cuộc thi" in why
    an = browser(app, org.members[AN])
    assert an.get(f"{page}/1/chapters/{org.ward}/report.pdf").data.startswith(b"%PDF")
    (sheet,) = read_tables(an.get(f"{page}/1/chapters/{org.ward}/report.xlsx").data)  # one page, printed too
    rows = {row[0]: row[1] for row in sheet.rows if len(row) > 1}
    assert int(rows["Hạng"]) == 1
    body = an.get(f"{page}/1/figures.json").data
    assert rows["Mã băm"] == hashlib.sha256(body).hexdigest()
    assert checkpoint_text(rows["Mốc niêm phong"]).count == 2  # whole: `ledger check` takes it as it stands
    assert an.get(f"{page}/0/chapters/{org.ward}/report.pdf").status_code == 404
    assert "N.T.A." in browser(app, org.members[AN]).get(f"/chapters/{org.branch}/points").text
    assert send(chi, f"{page}/remove").status_code == 302
    assert "Thi đua thử" not in stranger.get("/standings").text


def shown(text: str) -> str:
    """The value of the button that saves: it stands for the rules whose ranks are on the page."""
    button = re.search(r'name="save" value="(\w+)"', text)
    assert button
    return button[1]


def points_now() -> int:
    from app.services.standings.snapshots import now_of

    return now_of()
