"""Two chapters of one name: wherever it stands in a row, a list or a choice, the chapter above stands with it."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask

from app.services.banks import banks
from app.services.people.membership import move_member
from app.services.people.tree import Draft, add_chapter
from tests import movement as way
from tests.look.reader import Reader
from tests.organisation import browser, plant
from tests.people import AN, CHI, DUNG
from tests.versions import plant as planted

NAME, ABOVE = "Chi đoàn khu phố 1", ("Đoàn phường Sao Mai", "Đoàn xã Sóng Xanh", "phường Sao Mai", "xã Sóng Xanh")
PIECE = re.compile(r"<(li|tr|option|dd)\b[^>]*>(?:(?!<(?:li|tr|option|dd)\b).)*?</\1>", re.S)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_two_chapters_of_one_name_are_told_apart_on_every_page(app: Flask) -> None:
    with way.at_noon():
        org = plant()
        twin = add_chapter(None, org.village, Draft(NAME, "chi_doan", "KP1-X"))
        move_member(org.members[CHI], org.members[DUNG], twin)
        banks.load_shipped()
        planted.people(org)
        planted.finished_show(org)
        planted.running_show(org)
        planted.contests(org)
        campaign = way.begin(org)
        for number in range(12):
            way.taught(org, campaign, "other", f"Lê Thị Mận {number}", (AN, DUNG)[number % 2])
        faults = []
        for who in (CHI, AN, None):
            reader = Reader(app, browser(app, org.members[who] if who else None))
            reader.read()
            for endpoint, [drawn, *_] in reader.pages.items():
                page = drawn.text
                main = page[page.index("<main") : page.index("</main>")] if "<main" in page else page
                main = re.sub(r'<ol class="breadcrumb">.*?</ol>', "", main, flags=re.S)
                for found in PIECE.finditer(main):
                    said = " ".join(unescape(re.sub(r"<[^>]+>", " ", found[0])).split())
                    if NAME in said and not any(above in said for above in ABOVE):
                        faults.append(f"{endpoint} {drawn.address}: {said[:90]}")
        assert sorted(set(faults)) == []
