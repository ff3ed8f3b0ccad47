"""Two workers on one PostgreSQL, without Redis: who signs out at one is shut out at the other."""

from __future__ import annotations

import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from app.services.people import roles
from app.services.shows import scripts, seats, tickets
from app.services.shows.seats import Newcomer
from app.services.shows.tickets import PUBLIC, STAFF, Ticket
from tests.app.live.hall import SPEED, Person, get, wait_for
from tests.app.live.pair import SECRET, Pair, two_workers
from tests.conftest import application, settings_for
from tests.contests import now
from tests.organisation import browser, form_token, plant
from tests.people import BINH


@pytest.fixture
def pair(tmp_path: Path):  # type: ignore[no-untyped-def]
    with two_workers(tmp_path) as workers:
        workers.redis.kill()
        yield workers


def test_who_signs_out_at_one_worker_is_shut_out_at_the_other(pair: Pair, tmp_path: Path) -> None:
    made_app = application(settings_for(tmp_path, pair.postgres.url, secret_key=SECRET))
    app = next(made_app)
    org = plant()
    binh = org.members[BINH]
    roles.grant_role(None, binh, "host", org.branch)
    show = scripts.create("thử", script=SPEED, host_member_id=binh, chapter_id=org.branch)
    place, _ = seats.take(show.show_id, Newcomer("Bình", "device " * 3, member_id=binh))
    client = browser(app, binh)
    session = _session_of(client)
    seat, host = (
        tickets.issue(SECRET, Ticket(show.show_id, number, side, now() // 1_000_000, session, binh))
        for number, side in ((place.number, PUBLIC), (show.host.number, STAFF))
    )
    phone, console = Person(pair.other.url, seat).connect(), Person(pair.other.url, host).connect()
    wait_for(lambda: bool(phone.screens and console.screens))
    token = form_token(client)
    cookie = client.get_cookie("scs")
    assert cookie
    form = urllib.parse.urlencode({"csrf_token": token}).encode()
    request = urllib.request.Request(f"{pair.one.url}/sign-out", form, {"Cookie": f"scs={cookie.value}"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        assert answer.status == 200
    for one in (phone, console):
        wait_for(lambda one=one: ("bye", {"code": "signed_out"}) in one.heard)
    for ticket in (seat, host):
        assert get(f"{pair.other.url}/live/screen", Authorization=f"Bearer {ticket}")[0] == 401
    next(made_app, None)


def _session_of(client) -> int:  # type: ignore[no-untyped-def]
    from app.services.people.sign_ins import who

    with client.session_transaction() as session:
        member = who(session["sign_in"])
    assert member
    return member.sign_in
