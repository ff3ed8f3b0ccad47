"""A prize-giving inside a running show, played over the protocol: from a contest's ranking of chapters to the stage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models.engines import database
from app.services import points
from app.services.awards import proposing, sources
from app.services.awards.proposing import Draft
from app.services.people.roles import grant_role
from app.services.points.signing import keys
from app.services.shows import addresses, scripts
from app.services.standings import freezing, snapshots, standings
from quizzes.ledger import Due
from quizzes.standing.rules import Rules
from tests.app.live.hall import SPEED, Hall, Person, wait_for
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI, DUNG
from tests.serving import DATABASE, Server
from tests.serving import serving as started

SECRET = "a key that the test knows too"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with started(tmp_path / "instance", "--no-demo", SCS_SECRET_KEY=SECRET) as running:
        yield running


def test_the_host_of_a_running_show_brings_on_the_winners_of_a_frozen_standing(server: Server) -> None:
    database.bind(f"sqlite:///{server.instance / DATABASE}")
    try:
        keys.bind(SECRET)
        org = plant()
        batch = given(org)
        made = scripts.create("awards", script=SPEED, chapter_id=org.province)
        said = addresses.of(made, server.url, SECRET)
    finally:
        database.dispose()
    host, stage = (Person(server.url, said.staff_tickets[role], role).connect() for role in ("host", "stage"))
    hall = Hall(server, {"pin": made.pin}, host, stage)
    an = hall.join("An")
    hall.advance("ready")
    hall.advance("open")
    assert not hall.act("show_awards", of=batch, step=0)["ok"], "not while somebody answers"
    assert an.answer(an.data["question"]["options"][0]["id"])["ok"]
    hall.wait("closed")
    hall.advance("revealed")

    wait_for(lambda: "Trao: Thi đua thử" in host.html)
    for step, seen in ((0, "Lễ trao giải"), (1, "Đoàn phường Sao Mai"), (2, "Đoàn xã Sóng Xanh"), (3, "Chúc mừng")):
        assert hall.act("show_awards", of=batch, step=step)["ok"]
        wait_for(lambda step=step: f'id="awards-{batch}-{step}"' in stage.html, about=f"step {step}")
        assert seen in stage.html, seen
    assert "Sóng Xanh" not in an.html
    assert not hall.act("show_awards", of="nothing", step=0)["ok"]
    assert hall.act("hide_awards")["ok"]
    wait_for(lambda: "awards-" not in stage.html)
    hall.advance("standings")  # the evening goes on
    hall.advance("ready")


def given(org: Organisation) -> str:
    """A batch from a frozen standing, that a second person has agreed to."""
    grant_role(None, org.members[BINH], "organiser", org.province)
    points.post("contest", 1, {org.members[AN]: Due(40, None), org.members[DUNG]: Due(60, None)})
    draft = standings.Draft("Thi đua thử", "xa_phuong", points.season_of(snapshots.now_of()))
    held = standings.make(org.members[CHI], org.province, draft, Rules(formula="total", least=1))
    source = f"standing:{held}:{freezing.freeze(org.members[CHI], held)}"
    found = sources.proposed(source, 3, snapshots.now_of())
    drawn = Draft("certificate", found.title, "drum", found.wording, "Theo kết quả.", found.lines, source=source)
    batch = proposing.propose(org.members[CHI], org.province, drawn)
    proposing.decide(org.members[BINH], batch, True)
    return batch
