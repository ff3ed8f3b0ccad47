"""The page of parcels: a key is approved, a file read in once; the hall's page gives the file out."""

from __future__ import annotations

import io

import pytest
from flask import Flask

from app.services.shows import results
from app.services.shows.listing import by_public_id
from app.services.shows.parcels import key, sending
from tests.app.services.shows.playing import Play
from tests.organisation import browser, form_token, plant, send
from tests.people import AN, BINH, DUNG


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The engine makes no difference here."""
    return sqlite_url


def test_an_organiser_approves_a_hall_and_reads_its_parcel_in_once(app: Flask) -> None:
    org, province = plant(), key.own._key
    key.own.bind("hall")
    play = Play(members=org.members, host=org.members[DUNG], chapter=org.village).until("open")
    play.answer(1)
    play.until("over")
    results.post_due()
    name, written = sending.write(play.show_id)
    hall, key.own._key = key.own.public(), province
    page, binh = f"/chapters/{org.branch}/parcels", browser(app, org.members[BINH])

    got = browser(app, org.members[DUNG]).get(f"/shows/{name}/parcel")
    assert (got.status_code, got.mimetype) == (200, "application/gzip")
    assert browser(app, org.members[AN]).get(f"/shows/{name}/parcel").status_code == 403
    assert browser(app, org.members[AN]).get(page).status_code == 403

    def upload() -> object:
        data = {"csrf_token": form_token(binh), "parcel": (io.BytesIO(written), "x.parcel")}
        return binh.post(page, data=data, content_type="multipart/form-data")

    refused = upload()
    assert refused.status_code == 403 or "Chưa ai duyệt" in refused.text
    assert send(binh, f"{page}/keys", name="Nhà văn hóa", key="abc").status_code == 422
    long = "Nhà văn hóa khu phố 1, phường Sao Mai, thành phố Mỹ Tho"
    assert send(binh, f"{page}/keys", name=long, key=hall).status_code == 302
    taken = upload()
    assert taken.status_code == 302
    again = upload()
    assert again.location == taken.location
    shown = binh.get(page).text
    assert shown.count("Nhà văn hóa") >= 2
    assert "đã nhận trước đây" in binh.get(taken.location).text or "Không thêm gì" in shown
    public_id = taken.location.rpartition("/")[2]
    assert by_public_id(public_id).over_at
    assert key.own.public() in shown, "this server's own key, for when it is the hall's"
