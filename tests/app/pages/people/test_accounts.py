"""Coming in through the pages, as people do it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.services.people import links
from app.services.people.chapters import find_chapters
from app.services.people.consent import consents, given_consents
from app.services.people.members import member, member_with_code
from app.services.people.public_names import this_year
from tests.conftest import application, settings_for
from tests.organisation import browser, plant, send
from tests.people import AN, BINH, CHI

PASSWORD = "bốn con vịt bơi"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The engine makes no difference here."""
    return sqlite_url


def with_signup(mode: str, database_url: str, folder: Path) -> Iterator[Flask]:
    yield from application(settings_for(folder, database_url, signup=mode))


def link_on(page: str) -> str:
    """The path of the one-time link a page shows."""
    found = re.search(r'<code class="breakable">http://[^/]+(/[^<]+)</code>', page)
    assert found
    return found[1]


def test_a_grown_up_signs_up_in_three_steps_with_unticked_boxes(app: Flask) -> None:
    org = plant()
    client = app.test_client()
    assert "Chi đoàn khu phố 1" in client.get("/sign-up?q=khu pho").text
    assert "Bạn sinh năm nào" in client.get(f"/sign-up?chapter={org.branch}").text
    form = client.get(f"/sign-up?chapter={org.branch}&born=2004").text
    assert form.count('type="checkbox"') == 4
    assert "checked" not in form
    fields = {"chapter": org.branch, "born": 2004, "name": "Lê Thị Mận", "username": "man.le", "password": PASSWORD}
    refused = send(client, "/sign-up", **fields)
    assert refused.status_code == 422
    assert "Cần sự đồng ý này" in refused.text
    assert 'value="Lê Thị Mận"' in refused.text, "what was typed is still there"
    assert PASSWORD not in refused.text
    answer = send(client, "/sign-up", **fields, consent_contest="on", consent_ranking="on")
    assert answer.location == "/"
    number = member_with_code("man.le")
    assert number is not None
    assert given_consents(number) == {"contest", "ranking"}
    proof = consents(number)[0]
    assert proof.channel == "self"
    assert "Lê Thị Mận" in client.get("/").text


def test_a_child_gets_a_link_for_the_guardian_and_cannot_sign_in_before(app: Flask) -> None:
    org = plant()
    born = this_year() - 12
    client = app.test_client()
    form = client.get(f"/sign-up?chapter={org.branch}&born={born}").text
    assert "Họ và tên" not in form
    assert "checkbox" not in form
    fields = {"chapter": org.branch, "born": born, "nickname": "Sóc Nâu", "username": "soc.nau", "password": PASSWORD}
    assert send(client, "/sign-up", **fields).location == "/sign-up/waiting"
    waiting = client.get("/sign-up/waiting").text
    assert "<svg" in waiting
    early = send(app.test_client(), "/sign-in", login="soc.nau", password=PASSWORD)
    assert "giám hộ" in early.text
    parent = app.test_client()
    address = link_on(waiting)
    assert client.get(address).status_code == 403, "not in the browser of the child"
    assert send(client, address, name="Lê Văn Con").status_code == 403
    child = member_with_code("soc.nau")
    address = f"/guardian/{links.guardian_link(org.members[BINH], child or 0)}"
    assert client.get(address).status_code == 403, "nor by a link an organiser made"
    assert "Sóc Nâu" in parent.get(address).text
    agreed = {"name": "Lê Văn Con", "guardian": "Lê Văn Cha", "relation": "father", "consent_contest": "on"}
    assert send(parent, address, **agreed).status_code == 422, "must say to be the guardian"
    assert "Cảm ơn bạn" in send(parent, address, **agreed, is_guardian="on").text
    assert parent.get(address).status_code == 410
    number = member_with_code("soc.nau")
    assert number is not None
    assert send(app.test_client(), "/sign-in", login="soc.nau", password=PASSWORD).status_code == 422
    organiser = browser(app, org.members[BINH])
    shown = organiser.get(f"/members/{number}").text
    assert "Lê Văn Cha" in shown and "Lê Văn Con" in shown
    assert f"/members/{number}" in organiser.get("/me").text, "the organiser is told"
    assert send(organiser, f"/members/{number}/guardian", met="yes").status_code == 302
    assert send(app.test_client(), "/sign-in", login="soc.nau", password=PASSWORD).status_code == 302
    assert consents(number)[0].channel == "guardian"


def test_the_year_of_birth_cannot_be_swapped_between_the_steps(app: Flask) -> None:
    org = plant()
    fields = {"chapter": org.branch, "name": "Lê Con", "username": "con.le", "password": PASSWORD}
    answer = send(app.test_client(), "/sign-up", **fields, born=this_year() - 12, consent_contest="on")
    assert answer.status_code == 422, "a child is asked for a nickname, whatever else was sent"
    assert send(app.test_client(), "/sign-up", **fields, born="abc").status_code == 200
    assert member_with_code("con.le") is None


@pytest.mark.parametrize("mode", ["invited", "closed"])
def test_where_sign_up_is_not_open_nobody_gets_in_alone(mode: str, database_url: str, tmp_path: Path) -> None:
    made = with_signup(mode, database_url, tmp_path)
    app = next(made)
    org = plant()
    assert app.test_client().get("/sign-up").status_code == 403
    fields = {"chapter": org.branch, "born": 2004, "name": "Lê Mận", "username": "man.le", "password": PASSWORD}
    assert send(app.test_client(), "/sign-up", **fields, consent_contest="on").status_code == 403
    invited = app.test_client()
    token = links.invite(org.members[BINH], org.branch, 1)
    assert invited.get(f"/invited/{token}").location == "/sign-up"
    answer = send(invited, "/sign-up", **fields, consent_contest="on")
    assert answer.status_code == (302 if mode == "invited" else 403)
    made.close()


def test_an_organiser_hands_over_a_link_and_the_member_sets_a_password(app: Flask) -> None:
    org = plant()
    page = send(browser(app, org.members[BINH]), f"/members/{org.members[AN]}/link").text
    client = app.test_client()
    address = link_on(page)
    assert send(client, address, password=PASSWORD, again="khác").status_code == 422
    assert send(client, address, password=PASSWORD, again=PASSWORD).status_code == 302
    assert client.get("/me").status_code == 200
    assert app.test_client().get(address).status_code == 410


def test_the_first_administrator_founds_the_organisation(app: Flask) -> None:
    token = links.admin_link()
    client = app.test_client()
    assert "15 phút" in client.get(f"/start/{token}").text
    fields = {
        "organisation": "Đoàn phường Sao Mai",
        "kind": "xa_phuong",
        "name": "Trần Thị Quản",
        "birth_year": 1995,
        "username": "quan.tri",
        "password": PASSWORD,
    }
    assert send(client, f"/start/{token}", **fields).status_code == 422
    assert send(client, f"/start/{token}", **fields, consent_contest="on").location == "/admin"
    assert "Đoàn phường Sao Mai" in client.get("/admin").text
    assert client.get("/admin/audit").status_code == 200
    assert app.test_client().get(f"/start/{token}").status_code == 410


def first_admin(app: Flask) -> FlaskClient:
    org = plant()
    return browser(app, org.members[CHI])


def test_links_lead_to_where_phones_can_reach_when_the_organiser_sits_at_the_server(
    database_url: str, tmp_path: Path
) -> None:
    from dataclasses import replace

    settings = replace(
        settings_for(tmp_path, database_url), addresses=("http://192.168.1.5:8000", "http://127.0.0.1:8000")
    )
    made = application(settings)
    client = first_admin(next(made))
    branch = find_chapters("khu pho 1")[0].id
    page = send(client, f"/chapters/{branch}/invite", uses=5).text
    assert "http://192.168.1.5:8000/invited/" in page
    made.close()


def test_a_seat_of_power_is_told_apart_from_a_member(app: Flask) -> None:
    org = plant()
    assert "Quản trị" not in browser(app, org.members[AN]).get("/").text
    assert "Quản trị" in browser(app, org.members[BINH]).get("/").text
    found = member(org.members[AN])
    assert found is not None
    assert found.name in browser(app, org.members[AN]).get("/").text
