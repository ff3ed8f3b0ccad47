"""Printed slips, as the organiser makes them and as people use them."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.services.people.members import member
from app.services.people.membership import add_member
from app.services.people.person import Person
from tests.organisation import browser, plant, send
from tests.people import AN, BINH

PASSWORD = "bốn con vịt bơi"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The engine makes no difference here."""
    return sqlite_url


def test_a_sheet_is_printed_once_and_its_code_opens_one_account(app: Flask) -> None:
    org = plant()
    em = add_member(None, org.branch, Person("Lê Thị Em", 2004))
    desk = browser(app, org.members[BINH])
    page = desk.get(f"/chapters/{org.branch}/slips").text
    assert f"[[{em}]]" in page
    sheet = send(desk, f"/chapters/{org.branch}/slips", members=str(em), piece="yes").text
    (code,) = re.findall(r"<code>([-0-9A-Z]{14})</code>", sheet)
    assert "<svg" in sheet and "Lê Thị Em" in sheet and "Chi đoàn khu phố 1" in sheet and "password" not in sheet
    assert f"[[{em}]]" not in desk.get(f"/chapters/{org.branch}/slips").text, "it has one"
    assert browser(app, org.members[AN]).get(f"/chapters/{org.branch}/slips").status_code == 403

    phone = app.test_client()
    refused = send(phone, "/slip", code="K7QM-2XPD-9RTH")
    assert refused.status_code == 422 and 'value="K7QM-2XPD-9RTH"' in refused.text and "f-code" in refused.text
    onward = send(phone, "/slip", code=code.lower()).location
    assert "Lê Thị Em" in phone.get(onward).text
    fields = {"username": "em.le", "password": PASSWORD, "again": PASSWORD, "consent_contest": "on"}
    assert send(phone, onward, **fields).location == "/"
    assert (found := member(em)) and (found.username, found.account) == ("em.le", "active")
    assert app.test_client().get(onward).status_code == 410
    assert send(desk, f"/chapters/{org.branch}/slips", members=str(em)).status_code == 409, "who has an account"
