"""Many at once: members of a list, and the first steps of a new administrator."""

from __future__ import annotations

import pytest
from flask import Flask

from app.services.people import members, membership
from app.services.people.person import Person
from tests.organisation import browser, plant, send
from tests.people import AN, BINH, CHI, DUNG


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The engine makes no difference here."""
    return sqlite_url


def test_members_are_moved_and_taken_off_the_list_together_or_not_at_all(app: Flask) -> None:
    org = plant()
    chi, address = browser(app, org.members[CHI]), f"/chapters/{org.province}/members"
    two = [membership.add_member(None, org.branch, Person(f"Lê Thị Em {no}", 2004)) for no in range(2)]
    nobody = send(chi, address, do="leave")
    assert nobody.status_code == 422 and "Chưa chọn ai" in nobody.text
    wrong = send(chi, address, do="move", member=two, chapter="không có", reason="Chuyển nhà")
    assert wrong.status_code == 422 and 'href="#f-chapter"' in wrong.text and 'value="Chuyển nhà"' in wrong.text
    assert wrong.text.count(" checked>") == 2, "who was ticked still is"
    assert send(chi, address, do="move", member=two, chapter="Sóng Xanh").status_code == 302
    assert {one.chapter_id for one in map(members.member, two) if one} == {org.village}
    bound = [*two, org.members[CHI]]
    dung = send(
        browser(app, org.members[BINH]), f"/chapters/{org.branch}/members", do="leave", member=[org.members[AN], *bound]
    )
    assert dung.status_code == 422
    assert (an := members.member(org.members[AN])) and not an.left, "all or none"
    send(chi, address, do="leave", member=two)
    assert "Lê Thị Em 1" in chi.get(f"{address}?left=on").text
    send(chi, address, do="return", member=two)
    assert (em := members.member(two[0])) and not em.left
    assert send(chi, f"/chapters/{org.province}/slips", member=two).text.count("<svg") > 1, "slips of those ticked"
    assert browser(app, org.members[DUNG]).get(address).status_code == 403


def test_a_new_administrator_reads_what_to_do_first(app: Flask) -> None:
    org = plant()
    page = browser(app, org.members[CHI]).get("/admin").text
    assert "Những bước đầu tiên" in page and page.count(">xong<") == 4 and page.count(">chưa<") == 3
