"""The pages of a tournament: made from lines, drawn, points typed, a place corrected; everybody sees the bracket."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.organisation import browser, plant, send
from tests.people import AN, BINH, CHI

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

STAGES = "Bán kết; 2; 2; 1; 0\nChung kết; 1; 2"
NAMES = "Đội Sen\nĐội Trúc\nĐội Mai\nĐội Đào"


def test_a_tournament_is_made_drawn_played_and_corrected_on_its_pages(app: Flask) -> None:
    org = plant()
    binh, an, anybody = browser(app, org.members[BINH]), browser(app, org.members[AN]), app.test_client()
    new = f"/chapters/{org.branch}/tournaments/new"
    sent = {"title": "Giải khu phố", "script": "province", "stages": STAGES, "names": NAMES}
    bad = send(binh, new, **sent | {"stages": "Bán kết; hai"})
    assert (bad.status_code, "Các vòng chưa đúng: 1:" in bad.text) == (422, True)
    assert "Cần từ 4 đến 4 đội" in send(binh, new, **sent | {"names": "Đội Sen"}).text
    assert send(an, new, **sent).status_code == 403
    one = send(binh, new, **sent).headers["Location"]
    assert "Giải khu phố" in binh.get(f"/chapters/{org.branch}/tournaments").text
    assert send(an, one, what="draw").status_code == 403
    send(binh, one, what="draw")
    page = binh.get(one).text
    typed = re.findall(
        r'name="match" value="(\d+)"(?:(?!name="match").)*?name="points_(\d+)".*?name="points_(\d+)"', page, re.S
    )
    for match, first, second in [row for row in typed if row][-2:]:
        assert send(binh, one, what="type", match=match, **{f"points_{first}": "12,25"}).status_code == 422
        send(binh, one, what="type", match=match, **{f"points_{first}": "12,5", f"points_{second}": "-5"})
    page = binh.get(one).text
    assert page.count("đi tiếp</small>") == 2 and "12,5" in page
    stage, on, out = (
        re.search(pattern, page, re.S)
        for pattern in (
            r'name="stage" value="(\d)"',
            r'name="instead_of".*?value="(\d+)"',
            r'name="entrant".*?value="(\d+)"',
        )
    )
    assert stage and on and out
    sent = {"stage": stage[1], "instead_of": on[1], "entrant": out[1]}
    assert "Hãy nêu lý do" in send(binh, one, what="correct", **sent).text
    send(binh, one, what="correct", reason="Đội nhất xin rút", **sent)
    for client in (anybody, browser(app, org.members[CHI])):
        seen = client.get(one).text
        assert "Đội nhất xin rút" in seen and "ban tổ chức sửa" in seen
        assert "ban tổ chức sửa" in client.get(f"{one}/stage").text
    assert 'name="what"' not in anybody.get(one).text
    assert send(binh, one, what="remove").status_code == 302 and anybody.get(one).status_code == 404
