"""Half points are exact wherever a result stands: the page in both languages, both files, the ledger."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from flask import Flask

from app.services import points
from app.services.shows import listing, results
from tests.app.services.shows.playing import Play
from tests.organisation import browser, plant
from tests.people import AN, BINH, CHI

AN_HAS, BINH_HAS = 12.5, -2.5


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_half_points_are_exact_on_the_page_in_the_files_and_in_the_ledger(app: Flask) -> None:
    org = plant()
    members = {AN: org.members[AN], BINH: org.members[BINH]}
    play = Play(members=members, host=org.members[CHI], chapter=org.branch, points=AN_HAS, scoring="accuracy")
    play.until("open")
    play.answer(1)
    play.until("revealed")
    play.host("adjust", seat=2, points=BINH_HAS)
    play.until("over")
    results.post_due()

    client, address = browser(app, org.members[CHI]), f"/results/{listing.by_id(play.show_id).public_id}"
    for lang, shown in (("vi", ("12,5", "-2,5")), ("en", ("12.5", "-2.5"))):
        text = client.get(f"{address}?lang={lang}").text.replace("\u2212", "-")
        assert all(f">{one}<" in text or f"{one} " in text for one in shown), lang
    rows = list(csv.reader(io.StringIO(client.get(f"{address}/csv?lang=en").get_data().decode("utf-8-sig"))))
    at = rows[0].index("Points")
    listed = {row[1]: row[at] for row in rows[1:]}
    assert (listed[AN], listed[BINH]) == ("12.5", "-2.5")
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{address}/xlsx?lang=en").get_data())).worksheets[0]
    cells = {row[1]: row[at] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert (cells[AN], cells[BINH]) == (AN_HAS, BINH_HAS)
    assert points.sums("show", play.show_id)[org.members[AN]] == int(2 * AN_HAS), "in half-points"
