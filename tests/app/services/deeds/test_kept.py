"""The data of deeds and declarations: copied out, erased with the person or after a time, carried when two are one."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from PIL import Image

from app.services.deeds import looking, noting, photos, retention
from app.services.deeds.noting import day_at
from app.services.movement.clock import now
from app.services.people import merging, my_data
from app.services.people.membership import add_member
from app.services.people.person import Person
from app.services.targets import filling
from quizzes.deeds.entries import Entry
from quizzes.movement.steps import DAY
from tests import movement as way
from tests.organisation import Organisation, plant
from tests.people import AN, CHI

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def org(app: Flask) -> Iterator[Organisation]:
    with way.at_noon():
        yield plant()


def entry(number: int, day: date, note: str = "Bác bán rau đầu chợ") -> Entry:
    return Entry(f"phone-{number:06}", "bill", "done", day, note=note, place="Chợ Sao Mai")


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, "PNG")
    return out.getvalue()


def test_words_and_pictures_go_after_180_days_and_the_numbers_stay(org: Organisation) -> None:
    an = org.members[AN]
    noting.note(an, [entry(1, day_at(now()))])
    photos.add(an, "phone-000001", picture())
    assert retention.erase_due(now() + 179 * DAY) == {"deed_words": 0, "deed_photos": 0}
    assert retention.erase_due(now() + 181 * DAY) == {"deed_words": 1, "deed_photos": 1}
    (one,) = looking.of_member(an)
    assert (one.note, one.place, one.photo, one.count) == ("", "", False, 1)


def test_the_copy_has_the_own_deeds_and_word_and_no_partner(org: Organisation) -> None:
    an = org.members[AN]
    noting.note(an, [entry(1, day_at(now()))])
    filling.declare(an, ["vneid2"])
    copy = my_data.copy_of(an)
    assert copy["deeds"][0]["note"] == "Bác bán rau đầu chợ" and copy["declarations"][0]["what"] == "vneid2"


def test_deeds_go_over_when_two_members_are_one_person(org: Organisation) -> None:
    an, chi, day = org.members[AN], org.members[CHI], day_at(now())
    twin = add_member(None, org.branch, Person("Nguyễn Thị An", 2004, "DV-9"))
    noting.note(an, [entry(1, day)])
    noting.note(twin, [entry(1, day), entry(2, day)])
    filling.declare(twin, ["portal"])
    merging.merge(chi, an, twin, "cùng một người")
    assert len(looking.of_member(an)) == 2 and filling.declared(an) == {"portal"}
    merging.undo(chi, merging.merged(an)[0].id)
    assert len(looking.of_member(an)) == 1 and len(looking.of_member(twin)) == 2
