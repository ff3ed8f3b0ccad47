"""Pages of awards: the screen of a prize-giving, the picture its holder may post, who may have the document."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from PIL import Image

from app.services import points
from app.services.awards import batches, ceremony, previews, printing, proposing
from app.services.people.membership import add_member
from app.services.people.person import Person
from app.services.people.roles import grant_role
from quizzes.ledger import Due
from tests.app.services.awards.test_awards import DRAFT
from tests.organisation import browser, open_account, plant, send
from tests.people import AN, BINH, CHI, DUNG

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_the_stage_brings_the_last_on_first_and_only_a_grown_holder_makes_a_picture_to_post(app: Flask) -> None:
    org = plant()
    grant_role(None, org.members[BINH], "organiser", org.province)
    child = add_member(None, org.branch, Person("Phạm Bé Na", date.today().year - 12, "TE-1", nickname="Sóc Nâu"))
    open_account(child, "soc.nau")
    draft = proposing.Draft(**(vars(DRAFT) | {"lines": [("DV-1", "Giải Nhất"), ("TE-1", "Giải Nhì")]}))
    made = proposing.propose(org.members[CHI], org.province, draft)
    proposing.decide(org.members[BINH], made, True)
    printing.print_due()
    first, second = (line.public_id for line in batches.batch(made)[1])

    stage = browser(app, org.members[CHI]).get(f"/awards/{made}/stage").text
    assert stage.index("Sóc Nâu") < stage.index("Nguyễn Thị An")
    assert "Phạm Bé Na" not in stage
    assert browser(app, org.members[AN]).get(f"/awards/{made}/stage").status_code == 403

    an, na, dung = browser(app, org.members[AN]), browser(app, child), browser(app, org.members[DUNG])
    assert an.get(f"/c/{first}/document.pdf").data.startswith(b"%PDF")
    assert dung.get(f"/c/{first}/document.pdf").status_code == 403
    assert send(an, f"/c/{first}/share").status_code == 400
    with Image.open(io.BytesIO(send(an, f"/c/{first}/share", agree="on").data)) as picture:
        assert (picture.format, picture.width) == ("PNG", 1684), "sharp on a large phone"
    assert send(dung, f"/c/{first}/share", agree="on").status_code == 403
    assert send(na, f"/c/{second}/share", agree="on").status_code == 403
    assert "Giải của tôi" in an.get("/").text
    page = browser(app).get(f"/c/{second}").text
    assert "Sóc Nâu" in page and "Phạm Bé Na" not in page
    assert "giấy và trang này chỉ ghi tên gọi" in page
    assert "Sóc Nâu</b> (Phạm Bé Na)" in browser(app, org.members[CHI]).get(f"/awards/{made}").text


def test_the_stage_takes_in_who_come_on_together(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ceremony, "MOST", 1)
    org = plant()
    grant_role(None, org.members[BINH], "organiser", org.province)
    made = proposing.propose(org.members[CHI], org.province, DRAFT)
    chi = browser(app, org.members[CHI])
    assert chi.get(f"/awards/{made}/stage/1").status_code == 404, "nobody has agreed to it"
    proposing.decide(org.members[BINH], made, True)
    page = chi.get(f"/awards/{made}/stage").text
    assert f'data-from="/awards/{made}/stage/1"' in page and "Nguyễn Thị Dũng" not in page.partition("Chúc mừng!")[0]
    step = chi.get(f"/awards/{made}/stage/1").text
    assert "Nguyễn Thị Dũng" in step and "Đoàn phường Sao Mai" in step and step.count("<svg") == 2
    assert chi.get(f"/awards/{made}/stage/2").status_code == 404
    grant_role(None, org.members[DUNG], "organiser", org.village)
    award = batches.batch(made)[1][0].public_id
    for other in (browser(app, org.members[AN]), browser(app, org.members[DUNG])):
        assert other.get(f"/awards/{made}/stage/1").status_code == 403
        for address in (f"/awards/{made}/decide", f"/c/{award}/revoke"):
            assert send(other, address, accept="yes", decision="16-QĐ/ĐTN", reason="Không có quyền.").status_code == 403


def test_a_batch_is_written_by_names(app: Flask) -> None:
    org = plant()
    chi = browser(app, org.members[CHI])
    form = vars(DRAFT) | {"decided_on": "", "decision_no": "", "kind": "certificate"}
    form = {name: value for name, value in form.items() if isinstance(value, str)}
    address = f"/chapters/{org.province}/awards/new"

    wrong = send(chi, address, **form | {"lines": "Không Có Ai; Giải Nhất"})
    assert "Không Có Ai; Giải Nhất" in wrong.text, "what was typed stays"
    assert "Dòng 1" in wrong.text and 'href="#f-lines"' in wrong.text

    two = add_member(None, org.branch, Person("Trần Văn Bình Minh", 2004, "DV-77"))
    assert two
    several = send(chi, address, **form | {"lines": "Nguyễn Thị An; Giải Nhất\nBình; Giải Nhì"})
    assert "Dòng 2" in several.text and "DV-77" in several.text, "who may be meant is named"

    made = send(chi, address, **form | {"lines": "Nguyễn Thị An; Giải Nhất\nTrần Văn Bình Minh (DV-77); Giải Nhì"})
    assert made.status_code == 302, made.text
    lines = batches.batch(made.location.rpartition("/")[2])[1]
    assert [(line.name, line.prize) for line in lines] == [
        ("Nguyễn Thị An", "Giải Nhất"),
        ("Trần Văn Bình Minh", "Giải Nhì"),
    ]


def test_the_page_behind_the_code_has_every_word_of_the_paper(app: Flask) -> None:
    org = plant()
    grant_role(None, org.members[BINH], "organiser", org.province)
    decided = {"decision_no": "15-QĐ/ĐTN", "decided_on": date(2026, 11, 20), "place": "Mỹ Tho"}
    signed = {"signer": "Trần Văn Ẵng", "signer_title": "TM. Ban Thường vụ, Bí thư"}
    lines = {"kind": "praise", "lines": [("DV-1", "Giải Nhất")]}
    made = proposing.propose(org.members[CHI], org.ward, proposing.Draft(**(vars(DRAFT) | lines | decided | signed)))
    proposing.decide(org.members[BINH], made, True)
    (line,) = batches.batch(made)[1]
    paper, page = printing.one_document(line.public_id), browser(app).get(f"/c/{line.public_id}").text
    drawing = {"design", "link", "address", "gives", "decision", "dated"}
    for field in paper.keys() - drawing:
        assert paper[field] in page, field
    for words in ("Mỹ Tho", "15-QĐ/ĐTN", "20-11-2026"):
        assert words in page, words


def test_an_organiser_goes_from_the_public_ranking_to_a_batch_of_the_best_below(app: Flask) -> None:
    org = plant()
    points.post("contest", 1, {org.members[AN]: Due(40, None), org.members[DUNG]: Due(30, None)})
    address = "/ranking?kind=xa_phuong&by=per_head"
    assert "Trao giải trong" not in browser(app).get(address).text + browser(app, org.members[AN]).get(address).text
    chi = browser(app, org.members[CHI])
    (way,) = re.findall(r'href="([^"]*awards/new[^"]*)"', chi.get(address).text)
    form = chi.get(html.unescape(way)).text
    assert "Đoàn xã Sóng Xanh (X); Giải Nhất\nĐoàn phường Sao Mai (P); Giải Nhì" in form
    assert browser(app, org.members[BINH]).get(html.unescape(way)).status_code == 403


def test_a_page_shows_an_empty_sheet_while_a_document_is_drawn(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    org, later = plant(), list[Callable[[], None]]()
    monkeypatch.setattr(previews, "beside", later.append)
    chi = browser(app, org.members[CHI])
    assert "data-drawn-beside" in chi.get(f"/chapters/{org.province}/awards/new").text
    address = f"/chapters/{org.province}/letterhead/wave.png"
    first = chi.get(address)
    assert (first.status_code, first.mimetype, first.headers["Cache-Control"]) == (202, "image/svg+xml", "no-store")
    later[0]()
    assert chi.get(address).data.startswith(b"\x89PNG")
