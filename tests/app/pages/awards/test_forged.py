"""Papers that this site did not issue: made elsewhere with a real code, edited, or never agreed to."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.services.awards import batches, printing, proposing, reading
from app.services.awards.letterheads import Pictures
from app.services.awards.typesetting import typeset
from app.services.people.roles import grant_role
from tests.app.services.awards.test_awards import DRAFT
from tests.organisation import Organisation, browser, form_token, plant
from tests.people import BINH, CHI

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

BY_HAND = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 842 595]>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""


def checked(client: FlaskClient, file: bytes) -> str:
    sent = {"csrf_token": form_token(client), "file": (io.BytesIO(file), "giay.pdf")}
    return client.post("/c", data=sent).text


def proposed() -> tuple[Organisation, str]:
    org = plant()
    grant_role(None, org.members[BINH], "organiser", org.province)
    return org, proposing.propose(org.members[CHI], org.province, DRAFT)


def test_a_paper_made_elsewhere_with_a_real_code_fails_and_its_code_leads_to_the_true_words(app: Flask) -> None:
    org, made = proposed()
    proposing.decide(org.members[BINH], made, True)
    printing.print_due()
    line = batches.batch(made)[1][0]
    issued = reading.content_of(line.public_id) or b""
    true = printing.one_document(line.public_id)
    (copied,) = typeset([true | {"name": "Kẻ Giả Mạo"}], Pictures())  # the same template, fonts, number and code
    assert copied.startswith(b"%PDF") and copied != issued
    stranger = browser(app)
    assert "Đúng là tệp trang này đã cấp" in checked(stranger, issued)
    for forged in (copied, BY_HAND, BY_HAND + issued, issued + BY_HAND, issued.replace(b"%PDF-1.7", b"%PDF-1.6")):
        told = checked(stranger, forged)
        assert "Trang này không cấp tệp này, hoặc tệp đã bị sửa" in told
        assert "Đúng là tệp" not in told and "Nguyễn Thị An" not in told
    page = stranger.get(f"/c/{line.public_id}").text
    assert "Nguyễn Thị An" in page and "Kẻ Giả Mạo" not in page, "its code shows what was really issued"


@pytest.mark.parametrize("refused", [False, True])
def test_the_code_of_a_paper_that_nobody_agreed_to_leads_nowhere(app: Flask, refused: bool) -> None:
    org, made = proposed()
    if refused:
        proposing.decide(org.members[BINH], made, False)
    public_id = batches.batch(made)[1][0].public_id
    for client in (browser(app), browser(app, org.members[CHI])):
        for address in (f"/c/{public_id}", "/c/aaaaaaaaaaaaaaaa"):
            assert client.get(address).status_code == 404
    assert browser(app, org.members[CHI]).get(f"/c/{public_id}/document.pdf").status_code == 404
    assert printing.print_due() == 0
