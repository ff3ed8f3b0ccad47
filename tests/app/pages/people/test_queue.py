"""The organiser's queue of people who signed up, and members who are one person, through the pages."""

from __future__ import annotations

import pytest
from flask import Flask

from app.services.people import links, members, membership, merging, slips
from app.services.people.accounts import SignUp, sign_up_in
from app.services.people.person import Person
from tests.app.services.people.test_power import terms
from tests.organisation import Organisation, browser, plant, send
from tests.people import AN, BINH


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The engine makes no difference here."""
    return sqlite_url


def two(org: Organisation) -> tuple[int, int]:
    listed = membership.add_member(None, org.branch, Person("Lê Thị Em", 2004, "EM1"))
    return listed, sign_up_in(SignUp(org.branch, 2004, "em.le", "", "Lê Thị Em"), terms(), None, "no hash").member_id


def test_the_queue_proposes_and_a_merger_is_shown_before_it_is_done_and_undone(app: Flask) -> None:
    org = plant()
    em, alone = two(org)
    desk = browser(app, org.members[BINH])
    assert "Chờ xác nhận: 1" in desk.get(f"/chapters/{org.branch}/members").text
    page = desk.get(f"/chapters/{org.branch}/queue").text
    assert "Gộp với Lê Thị Em (EM1" in page and "data-apart" in page
    assert "Lê Thị Em" not in desk.get(f"/chapters/{org.branch}/queue?q=binh").text
    assert browser(app, org.members[AN]).get(f"/chapters/{org.branch}/queue").status_code == 403
    address = f"/members/{em}/merge"
    wrong = send(desk, address, other="Nguyễn Thị")
    assert wrong.status_code == 422 and "DV-1" in wrong.text and 'value="Nguyễn Thị"' in wrong.text
    shown = send(desk, address, other="em.le")
    assert "chuyển sang hồ sơ được giữ" in shown.text and merging.kept_as(alone) is None
    assert send(desk, address, other="em.le", sure="yes").location == f"/members/{em}"
    kept = desk.get(f"/members/{em}").text
    (one,) = merging.merged(em)
    assert "Tách lại" in kept and "đã gộp vào" in desk.get(f"/members/{alone}").text
    send(desk, f"{address}/{one.id}/undo")
    assert merging.kept_as(alone) is None
    send(desk, f"/chapters/{org.branch}/queue", member=str(alone))
    assert (found := members.member(alone)) and found.confirmed


def test_a_slip_opened_by_who_signed_up_before_links_at_once(app: Flask) -> None:
    org = plant()
    em, alone = two(org)
    (slip,) = slips.make(org.members[BINH], org.branch, [em])
    phone = browser(app, alone)
    assert "Cả hai là tôi" in phone.get(f"/slip/{slip.code}").text
    assert send(phone, f"/slip/{slip.code}/claim").location == "/"
    assert "EM1" in phone.get("/me").text, "signed in as who is on the list"
    assert links.link(slip.code, links.SLIP) is None
