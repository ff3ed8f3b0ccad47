"""Pages of awards: the screen of a prize-giving, the picture its holder may post, who may have the document."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from app.services.awards import printing, proposing, reading
from app.services.people.members import add_member
from app.services.people.person import Person
from app.services.people.roles import grant_role
from tests.app.services.awards.test_awards import DRAFT
from tests.organisation import browser, open_account, plant, send
from tests.people import AN, BINH, CHI, DUNG

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_the_stage_brings_the_last_on_first_and_only_a_grown_holder_makes_a_picture_to_post(app: Flask) -> None:
    org = plant()
    grant_role(None, org.members[BINH], "organiser", org.province)
    child = add_member(None, org.branch, Person("Phạm Bé Na", date.today().year - 12, "TE-1", nickname="Sóc Nâu"))
    open_account(child, "soc.nau")
    draft = proposing.Draft(**(vars(DRAFT) | {"lines": [("DV-1", "Giải Nhất"), ("TE-1", "Giải Nhì")]}))
    made = proposing.propose(org.members[CHI], org.province, draft)
    proposing.decide(org.members[BINH], made, True)
    printing.print_due()
    first, second = (line.public_id for line in reading.batch(made)[1])

    stage = browser(app, org.members[CHI]).get(f"/awards/{made}/stage").text
    assert stage.index("Sóc Nâu") < stage.index("Nguyễn Thị An")
    assert "Phạm Bé Na" not in stage
    assert browser(app, org.members[AN]).get(f"/awards/{made}/stage").status_code == 403

    an, na, dung = browser(app, org.members[AN]), browser(app, child), browser(app, org.members[DUNG])
    assert an.get(f"/c/{first}/document.pdf").data.startswith(b"%PDF")
    assert dung.get(f"/c/{first}/document.pdf").status_code == 403
    assert send(an, f"/c/{first}/share").status_code == 400
    assert send(an, f"/c/{first}/share", agree="on").data.startswith(b"\x89PNG")
    assert send(dung, f"/c/{first}/share", agree="on").status_code == 403
    assert send(na, f"/c/{second}/share", agree="on").status_code == 403
    assert "Giải của tôi" in an.get("/").text
    page = browser(app).get(f"/c/{second}").text
    assert "Sóc Nâu" in page and "Phạm Bé Na" not in page
