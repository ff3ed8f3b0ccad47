"""Rights that end, end with everything that stands on them: each ending tried on each thing, on a real server.

The endings are made in another process than the server's, as another worker makes them, and there is no Redis.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from app.models.engines import database
from app.services.contests.taking import starting
from app.services.contests.taking import tickets as papers
from app.services.contests.taking.starting import Entry
from app.services.people import logins, merging, my_data, passwords, roles, sign_ins
from app.services.people.membership import add_member
from app.services.people.person import Person as Somebody
from app.services.shows import handing_over, lives, scripts, seats, tickets
from app.services.shows.seats import Newcomer
from app.services.shows.tickets import PUBLIC, STAFF, Ticket
from tests.app.live.hall import SPEED, Person, get, port_of, post, wait_for
from tests.app.live.raw_socket import Raw, text
from tests.contests import Held, hold, now
from tests.organisation import Organisation, open_account, plant, session_of
from tests.people import BINH, CHI
from tests.serving import Server, serving

SECRET = "a key of this test"
OLD, NEW = "một mật khẩu cũ dài", "một mật khẩu mới dài"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Organisation, Held]]:
    folder = tmp_path_factory.mktemp("endings")
    with serving(folder / "instance", "--no-demo", SCS_SECRET_KEY=SECRET) as server:
        database.bind(f"sqlite:///{server.instance}/sanchoi.db")
        try:
            org = plant()
            yield server, org, hold(org)
        finally:
            database.dispose()


@dataclass
class Hosting:
    """A host of a show with two sessions, who also plays in it and takes a contest, and what stands on each."""

    server: Server
    org: Organisation
    member: int
    show: scripts.Created
    seat: int
    invited: dict[str, int]
    """The seats of an MC and a judge whom the host asked in."""
    attempt: str
    own: int
    other: int

    def ticket(self, kind: str, session: int) -> str:
        if kind == "paper":
            return papers.issue(SECRET, self.attempt, self.member, session)
        host, stage = self.show.host.number, self.show.stage.number
        number = {"seat": self.seat, "host": host, "stage": stage, "machine": host, **self.invited}[kind]
        side, issue = PUBLIC if kind == "seat" else STAFF, tickets.issue_trigger if kind == "machine" else tickets.issue
        return issue(SECRET, Ticket(self.show.show_id, number, side, now() // 1_000_000, session, self.member))

    def connect(self, kind: str, session: int) -> Person:
        return Person(self.server.url, self.ticket(kind, session), f"{kind} {session}").connect()

    def over_http(self, kind: str, session: int) -> bool:
        """True when the HTTP door of this thing is open: the fallback, the staff's page, the save of a paper."""
        bearer = {"Authorization": f"Bearer {self.ticket(kind, session)}"}
        if kind == "paper":
            save = {"do": "flag", "place": 0, "choice": True}
            said = post(f"{self.server.url}/taking", save, **bearer)
            assert said[0] == 200 or (said[0], said[1]["code"]) == (401, "bad_ticket"), said
            return said[0] == 200
        if kind == "machine":
            said = post(f"{self.server.url}/live/trigger/lock", {}, **bearer)
            assert said[0] == 200 or (said[0], said[1]["code"]) == (401, "bad_ticket"), said
            return said[0] == 200
        status, said = get(f"{self.server.url}/live/screen", **bearer)
        assert status == 200 or (status, said["code"]) == (401, "bad_ticket"), said
        renewed = post(f"{self.server.url}/live/renew", {}, **bearer)[0]
        assert renewed == status
        if kind != "seat":
            assert page_of(f"{self.server.url}/{kind}/{self.ticket(kind, session)}") == status
        return status == 200

    def is_refused(self, kind: str, session: int) -> str:
        with Raw(port_of(self.server)).shake() as raw:
            raw.send(text("40/live," + json.dumps({"ticket": self.ticket(kind, session)})))
            return str(raw.read())


def page_of(url: str) -> int:
    import urllib.error
    import urllib.request

    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refusal:
        return refusal.code


COUNTER = iter(range(1, 1000))


@pytest.fixture
def hosting(site: tuple[Server, Organisation, Held]) -> Hosting:
    server, org, contest = site
    number = next(COUNTER)
    member = add_member(None, org.branch, Somebody(f"Lê Thị Dung {number}", 2000, f"NEW-{number}"))
    open_account(member, f"dung.{number}", passwords.hashed(OLD))
    roles.grant_role(None, member, "host", org.branch)
    show = scripts.create("thử", script=SPEED, seed="hạt giống", host_member_id=member, chapter_id=org.branch)
    place, _ = seats.take(show.show_id, Newcomer("Dung", f"device {number:_>20}", member_id=member))
    attempt = starting.start(Entry(contest.id, member, False, now(), agreed=True))
    invited = {role: scripts.invite(show.show_id, role).number for role in ("mc", "judge")}
    return Hosting(server, org, member, show, place.number, invited, attempt, session_of(member), session_of(member))


def sign_out(one: Hosting) -> None:
    sign_ins.end_sign_ins(one.member, only=one.own)


def change_password(one: Hosting) -> None:
    logins.change_password(one.member, OLD, NEW, keep=one.own)


def disable(one: Hosting) -> None:
    logins.set_disabled(one.org.members[CHI], one.member, True)


def erase(one: Hosting) -> None:
    my_data.erase(one.org.members[CHI], one.member)


def revoke(one: Hosting) -> None:
    for grant in roles.grants("/", member_id=one.member):
        roles.revoke_role(one.org.members[CHI], grant.id)


def hand_over(one: Hosting) -> None:
    handing_over.hand_over(one.member, one.show.show_id, one.org.members[BINH])


def merge(one: Hosting) -> None:
    """The host turns out to be somebody else, who has the same roles."""
    other = add_member(None, one.org.branch, Somebody("Lê Thị Dung", 2000))
    roles.grant_role(None, other, "host", one.org.branch)
    merging.merge(one.org.members[CHI], other, one.member)


POWER = ("host", "stage", "mc", "judge", "machine")
EVERYTHING = ("seat", "paper", *POWER)
WITHOUT_SOCKETS = ("paper", "machine")
Endings = dict[str, tuple[Callable[[Hosting], None], Callable[[Hosting], set[tuple[str, int]]]]]
ENDINGS: Endings = {
    "sign-out": (sign_out, lambda one: {(kind, one.own) for kind in EVERYTHING}),
    "changed password": (change_password, lambda one: {(kind, one.other) for kind in EVERYTHING}),
    "disabled account": (disable, lambda one: {(kind, at) for kind in EVERYTHING for at in (one.own, one.other)}),
    "merged into another": (merge, lambda one: {(kind, at) for kind in EVERYTHING for at in (one.own, one.other)}),
    "erased account": (erase, lambda one: {(kind, at) for kind in EVERYTHING for at in (one.own, one.other)}),
    "revoked role": (revoke, lambda one: {(kind, at) for kind in POWER for at in (one.own, one.other)}),
    "hand-over": (hand_over, lambda one: {(kind, at) for kind in POWER for at in (one.own, one.other)}),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_stood_on_a_right_ends_with_it_and_nothing_else_does(hosting: Hosting, ending: str) -> None:
    things = [(kind, session) for kind in EVERYTHING for session in (hosting.own, hosting.other)]
    sockets = {
        (kind, session): hosting.connect(kind, session) for kind, session in things if kind not in WITHOUT_SOCKETS
    }
    wait_for(lambda: all(one.screens for one in sockets.values()))
    assert all(hosting.over_http(*thing) for thing in things)
    end, ended = ENDINGS[ending]
    gone = ended(hosting)
    end(hosting)
    told = [("bye", {"code": "signed_out"})]
    wait_for(
        lambda: all(
            [e for e in one.heard if e[0] == "bye"] == (told if thing in gone else []) for thing, one in sockets.items()
        ),
        about=lambda: str(sockets),
    )
    assert {thing for thing in things if not hosting.over_http(*thing)} == gone
    for (kind, session), one in sockets.items():
        if (kind, session) in gone:
            wait_for(lambda one=one: not one.io.connected, about=f"{kind} cut")
            assert "bad_ticket" in hosting.is_refused(kind, session)
        else:
            assert one.call("sync", {"v": 0})["ok"]


def test_a_host_who_is_dismissed_advances_nothing(hosting: Hosting) -> None:
    """Power is asked of the database where it is used: also in the second before the worker has looked."""
    console = hosting.connect("host", hosting.own)
    assert console.call("act", {"do": "lock", "args": {}, "id": "before it"})["ok"]
    revoke(hosting)
    said = console.call("act", {"do": "advance", "args": {}, "id": "after it"})
    assert (said["ok"], said["code"]) == (False, "bad_ticket")


def test_after_a_hand_over_the_new_host_runs_the_show(hosting: Hosting) -> None:
    hand_over(hosting)
    binh = hosting.org.members[BINH]
    hosting.member, session = binh, session_of(binh)
    console = hosting.connect("host", session)
    assert console.call("act", {"do": "advance", "args": {}, "id": "the new one"})["ok"]


def test_who_signs_in_again_has_the_seat_again(hosting: Hosting) -> None:
    sign_out(hosting)
    place, is_new = seats.take(hosting.show.show_id, Newcomer("Dung", "another " * 3, member_id=hosting.member))
    assert (place.number, is_new) == (hosting.seat, False)
    wait_for(lambda: not hosting.over_http("seat", hosting.own))
    assert hosting.over_http("seat", session_of(hosting.member))


def test_who_signed_out_has_no_seat_of_a_member_by_the_device_alone(hosting: Hosting) -> None:
    device = f"device {next(COUNTER):_>20}"
    theirs, _ = seats.take(hosting.show.show_id, Newcomer("Dung", device, member_id=hosting.member))
    guest, is_new = seats.take(hosting.show.show_id, Newcomer("Khách", device))
    assert is_new
    assert guest.number != theirs.number


# --- lives, and fresh tickets


def old(hosting: Hosting, kind: str, days: float, **more: Any) -> str:
    number = {"seat": hosting.seat, "host": hosting.show.host.number}[kind]
    side = PUBLIC if kind == "seat" else STAFF
    issued = int(now() / 1_000_000 - days * 86_400)
    return tickets.issue(
        SECRET, Ticket(hosting.show.show_id, number, side, issued, more.get("session", hosting.own), hosting.member)
    )


def screen_with(hosting: Hosting, ticket: str) -> int:
    return get(f"{hosting.server.url}/live/screen", Authorization=f"Bearer {ticket}")[0]


def test_a_staff_link_lives_seven_days_unused(hosting: Hosting) -> None:
    assert screen_with(hosting, old(hosting, "host", 7.1)) == 401
    assert screen_with(hosting, old(hosting, "host", 6.9)) == 200
    link = old(hosting, "host", 20)
    last_used(hosting, link, days=8)
    assert screen_with(hosting, link) == 401
    last_used(hosting, link, days=6)
    assert screen_with(hosting, link) == 200
    assert lives._used(tickets.read(SECRET, link)) > now() - 60_000_000, "this was a use, too"


def last_used(hosting: Hosting, link: str, days: int) -> None:
    lives._note(tickets.read(SECRET, link), now() - days * 86_400_000_000)


def test_a_ticket_that_holds_is_renewed_and_one_that_does_not_is_not(hosting: Hosting) -> None:
    ticket = hosting.ticket("seat", hosting.own)
    status, said = post(f"{hosting.server.url}/live/renew", {}, Authorization=f"Bearer {ticket}")
    assert (status, said["seat"], said["show"]) == (200, hosting.seat, hosting.show.public_id)
    assert screen_with(hosting, said["ticket"]) == 200
    sign_out(hosting)
    for one in (ticket, said["ticket"]):
        status, refused = post(f"{hosting.server.url}/live/renew", {}, Authorization=f"Bearer {one}")
        assert (status, refused["code"]) == (401, "bad_ticket")


def test_a_device_whose_ticket_is_over_joins_without_the_pin(hosting: Hosting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scripts, "now_us", lambda _: now() - 13 * 3600 * 1_000_000)
    hosting.show = scripts.create("thử", script=SPEED, seed="hạt giống")
    join = f"{hosting.server.url}/live/join"
    device = "a guest's device " * 2
    status, an = post(join, {"pin": hosting.show.pin, "name": "An", "device": device})
    assert status == 201
    past = Ticket(hosting.show.show_id, an["seat"], PUBLIC, now() // 1_000_000 - 13 * 3600)
    over = tickets.issue(SECRET, past)
    assert screen_with(hosting, over) == 401
    for by in ({"show": hosting.show.public_id}, {"ticket": over}):
        status, again = post(join, {"device": device, **by})
        assert (status, again["seat"], again["show"]) == (200, an["seat"], hosting.show.public_id), by
        assert screen_with(hosting, again["ticket"]) == 200
        assert post(join, {"device": "somebody else's " * 2, **by})[0] == 401
    assert post(join, {"device": device})[0] == 400


def test_a_kick_ends_the_seat_only(hosting: Hosting) -> None:
    console, phone = hosting.connect("host", hosting.own), hosting.connect("seat", hosting.own)
    assert console.call("act", {"do": "kick", "args": {"seat": hosting.seat}, "id": "out with you"})["ok"]
    wait_for(lambda: ("bye", {"code": "kicked"}) in phone.heard)
    bearer = {"Authorization": f"Bearer {hosting.ticket('seat', hosting.own)}"}
    assert get(f"{hosting.server.url}/live/screen", **bearer)[1]["code"] == "kicked"
    assert post(f"{hosting.server.url}/live/renew", {}, **bearer)[1]["code"] == "kicked"
    assert hosting.over_http("host", hosting.own)
    assert hosting.over_http("paper", hosting.own)
    assert json.dumps(console.heard).count("signed_out") == 0
