"""A prize-giving on the stage of a show: one winner after the other, with the code of the document, by who may."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from app.clock import now_us
from app.live.protocol import Act
from app.live.screens import awards, drawing, hosting
from app.services.awards import proposing
from app.services.people.membership import add_member
from app.services.people.person import Person
from app.services.people.roles import grant_role
from app.services.shows import scripts, shows
from app.services.shows.tickets import STAFF, Ticket
from quizzes.engine import HOST, Actor, Command, Viewer
from quizzes.refusals import Rejected
from tests.app.services.awards.test_awards import DRAFT
from tests.organisation import plant
from tests.people import BINH, CHI
from tests.quizzes.questions.samples import question

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_the_host_brings_winners_on_from_what_the_chapter_of_the_show_gives(app: Flask) -> None:
    awards._held.clear()
    awards._offered.clear()
    org = plant()
    grant_role(None, org.members[BINH], "organiser", org.province)
    add_member(None, org.branch, Person("Phạm Bé Na", date.today().year - 12, "TE-1", nickname="Sóc Nâu"))
    draft = proposing.Draft(**(vars(DRAFT) | {"lines": [("DV-1", "Giải Nhất"), ("TE-1", "Giải Nhì")]}))
    batch = proposing.propose(org.members[CHI], org.province, draft)
    script = {"title": {"vi": "Đêm hội"}, "rounds": [{"format": "speed", "questions": [question("single", 0, 4)]}]}
    made = scripts.create("awards", script=script, host_member_id=org.members[CHI], chapter_id=org.province)
    below = scripts.create("awards", script=script, host_member_id=org.members[CHI], chapter_id=org.branch)

    def drawn(role: str, lang: str = "vi", chapter: int = org.province) -> str:
        extra = {"links": {"chapter": str(chapter)}}
        return str(drawing.screen(app, shows.replica(made.show_id), Viewer(role, "", lang), extra)["html"])

    def act(name: str, **args: object) -> None:
        shows.perform(made.show_id, Command(name, Actor(HOST, made.host.number), now_us(), args))

    def need(show_id: int, of: object) -> None:
        hosting.need(Ticket(show_id, 0, STAFF), Act("show_awards", "x", {"of": of, "step": 0}))

    assert "show_awards" not in drawn("host")
    with pytest.raises(Rejected, match="not_found"):
        need(made.show_id, batch)  # nobody has agreed to it yet
    proposing.decide(org.members[BINH], batch, True)
    awards._held.clear()
    awards._offered.clear()
    assert "Trao: Giải tháng 11" in drawn("host")
    need(made.show_id, batch)
    for show_id, of in ((below.show_id, batch), (made.show_id, "nothing"), (made.show_id, 7)):
        with pytest.raises(Rejected, match="not_found"):
            need(show_id, of)

    act("show_awards", of=batch, step=0)
    assert "Lễ trao giải" in drawn("stage") and "2 giấy" in drawn("stage")
    assert "Mời người tiếp (1/3)" in drawn("host") and "Trao: " not in drawn("host")
    act("show_awards", of=batch, step=1)
    second = drawn("stage")
    assert "Sóc Nâu" in second and "Phạm Bé Na" not in second and "<svg" in second and "Nguyễn Thị An" not in second
    act("show_awards", of=batch, step=2)
    assert "Nguyễn Thị An" in drawn("stage") and "Giải Nhất" in drawn("stage")
    act("show_awards", of=batch, step=1001)
    assert "Congratulations!" in drawn("stage", "en")
    assert "awards-" not in drawn("player")
    assert "awards-" not in drawn("stage", chapter=org.branch), "another chapter's show has nothing to show"
    act("hide_awards")
    assert "awards-" not in drawn("stage") and "Trao: Giải tháng 11" in drawn("host")
