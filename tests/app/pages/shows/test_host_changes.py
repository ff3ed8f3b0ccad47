"""Everybody reads on the results page what the host changed; a second person agrees there. A show is handed over."""

from __future__ import annotations

import pytest
from flask import Flask

from app.pages.shows.making import where_hosting
from app.services import points
from app.services.people import roles, sign_ins
from app.services.shows import listing, scripts, shows
from quizzes.engine import Command
from tests.app.live.hall import SPEED
from tests.app.services.shows.playing import Play
from tests.organisation import Organisation, browser, plant, send
from tests.people import AN, BINH, CHI, DUNG

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SEAT = 1


@pytest.fixture
def org(app: Flask) -> Organisation:
    org = plant()
    roles.grant_role(None, org.members[AN], "host", org.branch)
    return org


def changed(org: Organisation) -> Play:
    """An hosts and plays; a question was voided, An was given points, and the last step undone."""
    play = Play(questions=2, members={AN: org.members[AN]}, host=org.members[AN], chapter=org.branch).until("open")
    play.answer(SEAT)
    play.until("over")
    play.host("void", no=2, reason="Đáp án <b>sai</b>")
    give = {"seat": SEAT, "points": 7.5, "reason": "máy của An bị treo"}
    shows.perform(play.show_id, Command("adjust", play._host, play.later(), give), member_id=org.members[BINH])
    play.host("kick", seat=4)
    return play


def results_of(play: Play) -> str:
    return f"/results/{listing.by_id(play.show_id).public_id}"


def test_the_public_page_tells_every_change_with_its_reason(app: Flask, org: Organisation) -> None:
    play = changed(org)
    page = browser(app).get(results_of(play)).text
    for text in (
        "Người dẫn đã thay đổi",
        "Đáp án &lt;b&gt;sai&lt;/b&gt;",
        "+7,5",
        "máy của An bị treo",
        "chờ người thứ hai",
        "1 người được mời ra khỏi phòng",
    ):
        assert text in page, text
    assert "/changes/" not in page, "strangers have no buttons"
    play.host("undo")
    play.until("over")
    page = browser(app).get(results_of(play)).text
    for text in ("Hoàn tác 1 bước", "không nêu lý do", "Đã được hoàn tác: không còn hiệu lực."):
        assert text in page, text


def test_a_second_person_agrees_on_the_results_page(app: Flask, org: Organisation) -> None:
    play = changed(org)
    address = results_of(play)
    before = sum(points.sums("show", play.show_id).values())
    seq = next(one.seq for one in play.state.changes if one.what == "adjusted")
    for name in (BINH, AN, DUNG):  # who gave the points, who got them, who has no right
        them = browser(app, org.members[name])
        assert "/changes/" not in them.get(address).text
        assert send(them, f"{address}/changes/{seq}", agrees="yes").status_code == 403
    chi = browser(app, org.members[CHI])
    assert f"{address}/changes/{seq}" in chi.get(address).text
    assert send(chi, f"{address}/changes/{seq}", agrees="yes").status_code == 302
    assert "Một người thứ hai có quyền đã đồng ý" in browser(app).get(address).text
    assert sum(points.sums("show", play.show_id).values()) == before + 15 or before == 0


def test_a_show_is_handed_over_on_its_page(app: Flask, org: Organisation) -> None:
    an = browser(app, org.members[AN])
    made = scripts.create("thử", script=SPEED, host_member_id=org.members[AN], chapter_id=org.branch)
    address = f"/shows/{made.public_id}"
    assert "Giao cho người dẫn khác" in an.get(address).text
    dung = org.members[DUNG]  # a host, but elsewhere
    assert send(an, f"{address}/host", host=dung).status_code == 400
    assert send(browser(app, dung), f"{address}/host", host=dung).status_code == 403
    assert send(an, f"{address}/host", host=org.members[BINH]).status_code == 302
    assert listing.by_id(made.show_id).host_member_id == org.members[BINH]
    assert an.get(address).status_code == 403


def test_a_dismissed_host_runs_the_own_shows_no_more(app: Flask, org: Organisation) -> None:
    """Also not with the role of a host elsewhere."""
    member = org.members[AN]
    roles.grant_role(None, member, "host", org.village)
    made = scripts.create("thử", script=SPEED, host_member_id=member, chapter_id=org.branch)
    an = browser(app, member)
    assert an.get(f"/shows/{made.public_id}").status_code == 200
    grant = next(one for one in roles.grants("/", member_id=member) if one.chapter_id == org.branch)
    roles.revoke_role(org.members[CHI], grant.id)
    assert an.get(f"/shows/{made.public_id}").status_code == 403


def test_a_host_from_elsewhere_makes_shows_where_the_role_was_given(app: Flask, org: Organisation) -> None:
    roles.grant_role(None, org.members[BINH], "host", org.village)
    grant = next(one for one in roles.grants("/", member_id=org.members[BINH]) if one.role == "organiser")
    roles.revoke_role(org.members[CHI], grant.id)
    binh, an = (sign_ins.who(sign_ins.begin(org.members[name])) for name in (BINH, AN))
    assert binh and an
    assert (where_hosting(binh), where_hosting(an)) == (org.village, org.branch)
