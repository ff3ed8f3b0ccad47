"""The pages of deeds: a queue of a phone, the form without a script, the desk, pictures, who may see what."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from app.services.deeds import checking, looking
from app.services.files.containers import write_csv
from app.services.movement.clock import now
from app.services.points import checkpoints
from quizzes.movement.steps import DAY
from tests import movement as way
from tests.organisation import Organisation, browser, form_token, plant, send
from tests.people import AN, BINH, CHI, DUNG

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def org(app: Flask) -> Iterator[Organisation]:
    with way.at_noon():
        yield plant()


def queue(client: FlaskClient, *deeds: object) -> list[dict[str, str]]:
    answer = client.post("/deeds/send", json={"deeds": list(deeds)}, headers={"X-CSRFToken": form_token(client)})
    assert answer.status_code == 200, answer.text
    return list(answer.json["answers"]) if answer.json else []


def deed(number: int, **more: object) -> dict[str, object]:
    day = looking_day()
    return {"id": f"phone-{number:06d}", "kind": "payment", "step": "done", "day": day, "count": 1} | more


def looking_day() -> str:
    from app.services.deeds.noting import day_at

    return day_at(now()).isoformat()


def test_a_phones_queue_is_answered_entry_by_entry_in_its_language(app: Flask, org: Organisation) -> None:
    an = browser(app, org.members[AN])
    answers = queue(an, deed(1), deed(2, count="nhiều"), deed(3, day="hôm qua"), 7, deed(4, note="0912345678"), deed(1))
    assert {one["id"]: one["code"] for one in answers} == {
        "phone-000001": "ok",
        "phone-000002": "bad_request",
        "phone-000003": "deed_day",
        "": "bad_request",
        "phone-000004": "deed_number",
    }
    assert "số điện thoại" in next(one["message"] for one in answers if one["code"] == "deed_number")
    page = an.get("/deeds").text
    assert page.count("chờ xác minh</span>") == 2 and "Tài khoản thanh toán" in page


@pytest.mark.parametrize("field", ["id", "kind", "step", "note", "place", "partner", "team", "day"])
def test_one_unreadable_entry_keeps_no_other_from_being_stored(app: Flask, org: Organisation, field: str) -> None:
    an = browser(app, org.members[AN])
    for number, bad in enumerate(("\ud800" * 8, "\0" * 8, None, 7, ["x"], {}, "x" * 5000)):
        answers = queue(an, deed(100 + number, **{field: bad}), deed(number))
        assert ("ok" in [one["code"] for one in answers if one["id"] == f"phone-{number:06d}"]) and len(answers) == 2


def test_what_a_phone_kept_for_one_account_is_not_stored_for_another(app: Flask, org: Organisation) -> None:
    an, binh = browser(app, org.members[AN]), browser(app, org.members[BINH])
    token = form_token(an)
    with binh.session_transaction() as session:
        session["csrf_token"] = "1" * 40  # who signs in gets another one
    answer = binh.post("/deeds/send", json={"deeds": [deed(1)]}, headers={"X-CSRFToken": token})
    assert (answer.status_code, answer.json["code"]) == (400, "old_form")
    assert looking.of_member(org.members[BINH]) == []
    queue(an, deed(1))
    queue(binh, deed(1))
    assert [len(looking.of_member(org.members[who])) for who in (AN, BINH)] == [1, 1], "each phone's ids are its own"


def test_the_form_works_without_a_script_and_twice_is_once(app: Flask, org: Organisation) -> None:
    an = browser(app, org.members[AN])
    number = re.search(r'name="id" value="(\w+)"', an.get("/deeds").text)
    assert number
    fields = {"id": number[1], "what": "shop.label", "day": looking_day(), "count": "1", "place": "Chợ Sao Mai"}
    assert send(an, "/deeds", **fields).status_code == send(an, "/deeds", **fields).status_code == 302
    assert [one.step for one in looking.of_member(org.members[AN])] == ["label"]
    refused = send(an, "/deeds", **fields | {"id": "another-one", "what": "household"})
    assert refused.status_code == 422 and "một người có uy tín" in refused.text


def test_the_desk_verifies_a_drawn_sample_in_one_go(app: Flask, org: Organisation) -> None:
    an, chi = browser(app, org.members[AN]), browser(app, org.members[CHI])
    queue(an, *(deed(number) for number in range(12)))
    desk = f"/chapters/{org.province}/deeds"
    assert send(chi, f"/chapters/{org.branch}/deeds/freeze").status_code == 302
    for _ in range(2):
        checkpoints.make(now())
        way.later(DAY)
    checking.draw_due()
    (one,) = looking.lists(org.path(org.province))
    page = chi.get(f"{desk}/desk?list={one.id}").text
    ticked = re.findall(r'name="deed" value="(\d+)"', page)
    assert len(ticked) == one.asked == 3
    body = {"csrf_token": form_token(chi), "list": one.id, "outcome": "met", "deed": ticked}
    assert chi.post(f"{desk}/check", data=body).status_code == 302
    assert ">12<" in chi.get(desk).text
    assert chi.get(f"/chapters/{org.province}/deeds.xlsx").data[:2] == b"PK"
    assert browser(app, org.members[BINH]).get(desk).status_code == 403


def test_a_picture_is_written_anew_and_seen_by_its_member_and_organisers_above(app: Flask, org: Organisation) -> None:
    an = browser(app, org.members[AN])
    queue(an, deed(1))
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Máy của An"
    Image.new("RGB", (60, 40), "red").save(out, "JPEG", exif=exif)
    body = {"csrf_token": form_token(an), "id": "phone-000001", "photo": (io.BytesIO(out.getvalue()), "a.jpg")}
    assert an.post("/deeds/photo", data=body, headers={"Accept": "application/json"}).json == {"code": "ok"}
    (one,) = looking.of_member(org.members[AN])
    address = f"/deeds/{one.id}/photo"
    data = an.get(address).data
    assert Image.open(io.BytesIO(data)).format == "WEBP" and "Máy của An".encode() not in data
    seen = {name: browser(app, org.members[name]).get(address).status_code for name in (BINH, CHI, DUNG)}
    assert seen == {BINH: 200, CHI: 200, DUNG: 403}
    send(an, f"/deeds/{one.id}/photo/remove")
    assert an.get(address).status_code == 404


def test_a_card_is_printed_scanned_and_kept_by_the_phone(app: Flask, org: Organisation) -> None:
    chi, an = browser(app, org.members[CHI]), browser(app, org.members[AN])
    made = send(chi, f"/chapters/{org.ward}/deeds/card", label="Nhà văn hóa khu phố 3")
    assert "Nhà văn hóa khu phố 3" in chi.get(made.location).text
    from app.services.deeds import partners

    (card,) = partners.cards(org.ward)
    headers = {"X-CSRFToken": form_token(an)}
    assert an.post("/deeds/partner", json={"code": card.code}, headers=headers).json == {"label": card.label}
    assert an.post("/deeds/partner", json={"code": card.code + "0"}, headers=headers).status_code >= 400
    answers = queue(an, deed(1, kind="household", partner=card.code), deed(2, kind="household"))
    assert [one["code"] for one in answers] == ["ok", "deed_partner"]
    send(chi, f"/chapters/{org.branch}/deeds/person", member="DV-2", title="Trưởng khu phố 1")
    assert "<svg" in browser(app, org.members[BINH]).get("/deeds/my-code").text
    assert "<h1>" in (told := an.get("/deeds/my-code").text) and "Trưởng khu phố" not in told and "qr big" not in told
    assert json.dumps(card.code) not in an.get("/deeds").text


def test_the_name_of_an_own_kind_is_shown_as_it_is(app: Flask, org: Organisation) -> None:
    chi, an = browser(app, org.members[CHI]), browser(app, org.members[AN])
    send(chi, f"/chapters/{org.province}/deeds/kind", name="Cài <b>ví</b> cho 90 % hộ", points="5", first="5")
    queue(an, deed(1, kind="own:1"))
    job = re.compile(r'action="(/deeds/imports/\d+/confirm)"')
    rows = [["Mã cơ sở", "Việc", "Ngày", "Số lượng"], ["P", "Cài <b>ví</b> cho 90 % hộ", "1/1/2026", "3"]]
    body = {"csrf_token": form_token(chi), "file": (io.BytesIO(write_csv(rows)), "cu.csv")}
    preview = chi.post(f"/chapters/{org.province}/deeds/import", data=body, follow_redirects=True)
    assert job.search(preview.text)
    here = f"/chapters/{org.province}"
    desk = [(chi, f"{here}/{one}") for one in ("deeds/desk", "deeds", "targets/new", "deeds/import")]
    for client, address in [(an, "/deeds"), *desk]:
        page = client.get(address)
        assert page.status_code == 200 and "Cài &lt;b&gt;ví&lt;/b&gt; cho 90 % hộ" in page.text, address
    assert chi.get(f"{here}/deeds.xlsx").data[:2] == b"PK"
    rows = [["Tổ, đội hình", "Thuộc tổ", "Họ và tên"], ["Đội <b>100 %", "Tổ 50 % (x)", "Bà Tư"]]
    body = {"csrf_token": form_token(chi), "file": (io.BytesIO(write_csv(rows)), "to.csv")}
    page = chi.post(f"{here}/lists/teams", data=body, follow_redirects=True)
    assert page.status_code == 200 and "Đội &lt;b&gt;100 %" in page.text


def test_a_count_that_is_no_number_is_told_beside_its_field(app: Flask, org: Organisation) -> None:
    an = browser(app, org.members[AN])
    what = {"id": "a" * 22, "what": "leaflets", "count": "1,5", "note": "Chợ phường", "day": looking_day()}
    answer = send(an, "/deeds", **what)
    assert answer.status_code == 422 and "Số lượng phải từ 1 đến 500." in answer.text and "Chợ phường" in answer.text
