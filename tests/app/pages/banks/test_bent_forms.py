"""Forms of the editor bent by hand: wrong kinds, another chapter's bank, an old revision, huge bodies."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from app.services.banks import own_banks, question_writing
from app.services.people.roles import grant_role
from tests.app.pages.banks.test_desk import database_url as database_url
from tests.app.pages.banks.test_desk import seen_in, written
from tests.organisation import Organisation, browser, form_token, send
from tests.people import AN, BINH, CHI, DUNG

PNG = io.BytesIO()
Image.new("RGB", (8, 8), "red").save(PNG, "PNG")


def count(bank: int) -> int:
    return own_banks.questions(bank)[1]


@pytest.mark.parametrize(
    "bent",
    [
        {"type": "hotspot"}, {"type": "<b>"}, {"type": "single\x00"}, {"difficulty": "99"}, {"difficulty": "-1"},
        {"difficulty": "1e9"}, {"answer": "Z"}, {"answer": ""}, {"text": ""}, {"text": "\x00\x07"},
        {"text": "x" * 5000}, {"option_A": "y" * 5000}, {"option_A": "", "option_B": ""}, {"option_B": "Cổng"},
        {"topic": ""}, {"topic": "\u202e"}, {"source": ""}, {"valid_to": "31/02/2026"}, {"valid_to": "x" * 500},
        {"valid_from": "2031-01-01"}, {"settings": "tolerance=nan"}, {"settings": "x=" * 3000}, {"tags": "a," * 500},
        {"siblings": "<script>"}, {"media_alt": "x", "clip": "../../etc/passwd"}, {"media_alt": "x", "clip": "a" * 9000},
        {"type": "number", "answer": "9" * 400}, {"type": "ordering", "answer": "A, A"}, {"type": "true_false"},
    ],
)  # fmt: skip
def test_a_field_of_another_kind_is_told_and_nothing_is_stored(
    app: Flask, org: Organisation, bank: int, bent: dict[str, str]
) -> None:
    client = browser(app, org.members[AN])
    for address in (f"/banks/{bank}/new", f"/banks/{bank}/look"):
        answer = send(client, address, **written(**bent))
        assert answer.status_code in (200, 400, 413, 422), f"{address}: {answer.status_code}"
    assert count(bank) == 0


def test_a_form_that_is_too_large_is_refused(app: Flask, org: Organisation, bank: int) -> None:
    client = browser(app, org.members[AN])
    assert send(client, f"/banks/{bank}/new", **written(text="x" * 3_000_000)).status_code in (413, 422)
    many: Any = {f"option_{number}": "x" for number in range(5000)}
    assert send(client, f"/banks/{bank}/new", **written(**many)).status_code in (302, 413, 422)
    assert count(bank) <= 1


@pytest.mark.parametrize(
    "data", [b"", b"<svg onload=alert(1)>", b"%PDF-1.7", PNG.getvalue()[:40], b"\xff\xd8\xff" * 99]
)
def test_what_is_no_picture_is_told_at_its_field(app: Flask, org: Organisation, bank: int, data: bytes) -> None:
    client = browser(app, org.members[AN])
    sent = {"csrf_token": form_token(client), **written(media_alt="Hình"), "picture": (io.BytesIO(data), "a.png")}
    answer = client.post(f"/banks/{bank}/new", data=sent)
    assert answer.status_code == (422 if data else 302)
    assert count(bank) == (0 if data else 1)


def test_nobody_writes_into_the_bank_of_another_chapter(app: Flask, org: Organisation, bank: int) -> None:
    grant_role(None, org.members[DUNG], "author", org.village)
    theirs = own_banks.create_bank(org.members[CHI], org.village, "Ngân hàng của xã")
    an, dung = browser(app, org.members[AN]), browser(app, org.members[DUNG])
    made = int(send(an, f"/banks/{bank}/new", **written()).headers["Location"].rpartition("/")[2])
    seen = seen_in(an.get(f"/questions/{made}/edit").text)
    page = f"/questions/{made}"
    for address, said in (
        (f"/banks/{bank}/new", written(text="Khác?")),
        (f"/banks/{bank}/look", written()),
        (f"{page}/edit", written(text="Khác?", seen=seen)),
        (f"{page}/step", {"to": "retired", "seen": seen}),
        (f"{page}/comments", {"text": "x"}),
        (f"/banks/{bank}/bulk", {"question": f"{made}.{seen}", "set_topic": "x"}),
        (f"/banks/{bank}/step", {"question": f"{made}.{seen}", "to": "retired"}),
        (f"/banks/{bank}/name", {"title": "Của tôi"}),
        (f"/banks/{bank}/checklist", {"lines": "x"}),
        (f"/banks/{bank}/plan", {"papers": "2"}),
    ):
        assert send(dung, address, **said).status_code in (403, 404), address
    for address in (f"{page}/edit", f"{page}/versions", f"/banks/{bank}/new?like={made}"):
        assert dung.get(address).status_code in (403, 404), address
    assert "Nộp hồ sơ" not in dung.get(f"/banks/{theirs}/new?like={made}").text, "a copy is made within a bank"
    bulk = send(dung, f"/banks/{theirs}/bulk", question=f"{made}.{seen}", set_topic="x")
    assert bulk.status_code in (302, 403, 404)
    (one,) = own_banks.questions(bank)[0]
    assert (one.topic, one.state, str(one.revision)) == ("dich-vu-cong", "draft", seen)
    assert browser(app).post(f"/banks/{bank}/new", data=written()).status_code in (302, 400, 401, 403)


@pytest.mark.parametrize("seen", ["", "0", "-1", "1", "9" * 18, "9" * 40, "abc", "1.5", "\u0661\u0662"])
def test_a_form_of_an_old_revision_changes_nothing(app: Flask, org: Organisation, bank: int, seen: str) -> None:
    an = browser(app, org.members[AN])
    made = int(send(an, f"/banks/{bank}/new", **written()).headers["Location"].rpartition("/")[2])
    answer = send(an, f"/questions/{made}/edit", **written(text="Khác?", seen=seen))
    assert answer.status_code in (409, 422)
    assert len(question_writing.versions(made)) == 1
    for form in ({"question": f"{made}.{seen}", "set_difficulty": "5"}, {"question": ["x", "1", f"{made}."]}):
        assert send(an, f"/banks/{bank}/bulk", **form).status_code in (302, 409)
    assert own_banks.question(made).difficulty == 2


def test_a_form_without_its_token_stores_nothing(app: Flask, org: Organisation, bank: int) -> None:
    client = browser(app, org.members[BINH])
    client.get(f"/banks/{bank}/new")
    assert client.post(f"/banks/{bank}/new", data=written()).status_code == 400
    assert client.post(f"/banks/{bank}/new", json=written()).status_code == 400
    assert count(bank) == 0
