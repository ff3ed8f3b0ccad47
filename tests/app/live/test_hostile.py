"""The whole server under fire: tickets, Origins, events of others, floods, and every attack on the transport."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.live.transport.limits import Limits
from app.load.crowd import Crowd
from app.security.access import EVENTS, may_send
from app.services.shows.tickets import Ticket, issue
from tests.app.live.hall import SPEED, Hall, new_show, post, wait_for
from tests.app.live.raw_socket import Raw, masked, text
from tests.app.live.test_transport import ATTACKS, MB, TEXT, deflated
from tests.serving import Server
from tests.serving import serving as started

SECRET = "a key that only this server has"
MORE_ATTACKS = {
    "98 KB bomb": masked(TEXT, deflated(100 * MB), reserved=0x40),
    "60 MB begun and never ended": bytes((0x01, 0xFF)) + (60 * MB).to_bytes(8, "big") + b"\0\0\0\0" + b"4" * 50_000,
}
FORGIVEN = {"a handler that fails", "too many arguments"}
"""The real server's handlers do not fail on these; they answer."""
CLOSED_S = 2.0


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with started(tmp_path_factory.mktemp("hostile") / "instance", "--no-demo", SCS_SECRET_KEY=SECRET) as running:
        yield running


@pytest.fixture(scope="module")
def show(server: Server) -> dict[str, Any]:
    """A show in its lobby."""
    return new_show(server, SPEED)


def seat(server: Server, show: dict[str, Any], name: str) -> str:
    """A player's ticket."""
    message = {"pin": show["pin"], "name": name, "device": f"device of {name:_<20}"}
    return str(post(f"{server.url}/live/join", message)[1]["ticket"])


def port_of(server: Server) -> int:
    return int(server.url.rpartition(":")[2])


def memory(server: Server) -> int:
    """Resident bytes of the serving process."""
    return int(Path(f"/proc/{server.note['pid']}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def head_of(server: Server) -> int:
    """How many events all journals hold."""
    with sqlite3.connect(f"file:{server.instance / 'sanchoi.db'}?mode=ro", uri=True) as db:
        return int(db.execute("SELECT count(*) FROM journal").fetchone()[0])


# --- tickets


@pytest.mark.parametrize(
    "ticket",
    [
        None, 17, "", "x", "x" * 5000, ["x"], {"a": 1}, "\ud800", "good",
        issue("the key of another server", Ticket(1, 1, "staff")),
        issue(SECRET, Ticket(1, 999, "public")), issue(SECRET, Ticket(999, 1, "public")),
        issue(SECRET, Ticket(1, 1, "staff"))[:-1],
        issue(SECRET, Ticket(1, 1, "staff")).replace(".", ".."),
    ],
    ids=str,
)  # fmt: skip
def test_a_ticket_that_is_not_ours_opens_nothing(server: Server, show: dict[str, Any], ticket: object) -> None:
    with Raw(port_of(server)).shake() as raw:
        raw.send(text("40/live," + json.dumps({"ticket": ticket})))
        said = raw.read()
        assert said.startswith("44/live,"), said
        assert json.loads(said[len("44/live,"):])["code"] in ("bad_ticket", "bad_request")
    if isinstance(ticket, str) and ticket.isascii():
        answered = post(f"{server.url}/live/answer", {"no": 1, "choice": "a", "id": "12345678"},
                        Authorization=f"Bearer {ticket}")
        assert answered[0] == 401 or answered[1]["ok"] is False


def test_a_ticket_of_another_show_or_of_one_that_is_over_answers_and_drives_nothing(
    server: Server, show: dict[str, Any]
) -> None:
    hall = Hall.open(server, SPEED)
    an = hall.join("An")
    hall.advance("ready")
    hall.advance("open")
    an_answer_from_another_show_stays_in_its_own(server, hall, elsewhere=show)
    for _ in range(20):
        if hall.host.phase == "over":
            break
        assert hall.act("advance")["ok"]
        time.sleep(0.1)
    wait_for(lambda: an.phase == "over")
    before = head_of(server)
    assert an.answer("a", no=1)["code"] in ("not_open", "too_late")
    assert not hall.act("advance")["ok"]
    assert head_of(server) == before
    status, said = post(f"{server.url}/live/join", {"pin": hall.show["pin"], "name": "Bình", "device": "d" * 20})
    assert (status, said["code"]) in ((404, "no_such_show"), (410, "over"))
    hall.close()


# --- events of another role or show


COMMANDS = ("advance", "close_now", "pause", "resume", "undo", "void", "adjust", "kick", "lock", "unlock", "suspend",
            "time_up", "settled", "judge", "all_answered")  # fmt: skip


@pytest.mark.parametrize("side", ["public", "staff"])
@pytest.mark.parametrize("event", sorted(EVENTS))
def test_an_event_of_the_other_side_is_refused(server: Server, show: dict[str, Any], event: str, side: str) -> None:
    ticket = show["host_ticket"] if side == "staff" else seat(server, show, "Chi")
    messages = {
        "answer": {"no": 1, "choice": "a", "id": "12345678"}, "sync": {"v": 0},
        "act": {"do": "nothing at all", "args": {}, "id": "12345678"},
    }
    with Raw(port_of(server)).join({"ticket": ticket}) as raw:
        said = raw.ask(event, messages[event])
    if may_send(event, side):
        assert said["ok"] or said["code"] in ("not_open", "not_yours", "not_now", "unknown")
    else:
        assert said["code"] == "not_in_round"


@pytest.mark.parametrize("role", ["player", "stage"])
def test_no_command_of_the_host_is_taken_from_anybody_else(server: Server, show: dict[str, Any], role: str) -> None:
    ticket = show["stage_ticket"] if role == "stage" else seat(server, show, "Dũng")
    before = head_of(server)
    with Raw(port_of(server)).join({"ticket": ticket}) as raw:
        for number, do in enumerate(COMMANDS, start=1):
            args = {"seat": 1, "points": 5, "no": 1, "steps": 1, "reason": "vì thế", "role": "host", "actor": "host"}
            said = raw.ask("act", {"do": do, "args": args, "id": f"stolen-{do}-{role}"}, number=number)
            assert said["ok"] is False, (do, said)
    assert head_of(server) == before


def an_answer_from_another_show_stays_in_its_own(server: Server, hall: Hall, elsewhere: dict[str, Any]) -> None:
    choice = hall.host.data["question"]["options"][0]["id"]
    message = {"no": hall.host.data["no"], "choice": choice, "id": "12345678", "show": hall.show["id"], "seat": 1}
    with Raw(port_of(server)).join({"ticket": seat(server, elsewhere, "Người lạ")}) as stranger:
        assert stranger.ask("answer", message)["code"] == "not_open"


# --- Origins


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1.evil.example", "file://", "x"])
def test_a_foreign_page_reaches_nothing(server: Server, show: dict[str, Any], origin: str) -> None:
    with Raw(port_of(server)) as raw:
        raw.send(raw.head(f"Origin: {origin}", "X-Forwarded-Host: evil.example"))
        assert raw.response().startswith("HTTP/1.1 400")
    message = {"pin": show["pin"], "name": "An", "device": "d" * 20}
    status, said = post(f"{server.url}/live/join", message, Origin=origin)
    assert (status, said["code"]) == (400, "bad_request")


def test_our_own_page_gets_in(server: Server, show: dict[str, Any]) -> None:
    with Raw(port_of(server)) as raw:
        raw.send(raw.head(f"Origin: {server.url}"))
        assert raw.response().startswith("HTTP/1.1 101")


# --- floods


def test_wrong_pins_are_slowed_and_the_right_one_never_is(server: Server, show: dict[str, Any]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port_of(server))
    told = []
    for number in range(40):
        body = json.dumps({"pin": f"{number:06d}", "name": "An", "device": "d" * 20})
        connection.request("POST", "/live/join", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        told.append(answer.status)
        answer.read()
    connection.close()
    assert told[0] == 404
    assert told[-1] == 429
    assert post(f"{server.url}/live/join", {"pin": show["pin"], "name": "Hoa", "device": "h" * 20})[0] == 201


def test_two_thousand_honest_phones_behind_one_address_all_get_in(server: Server, show: dict[str, Any]) -> None:
    crowd = Crowd([("127.0.0.1", port_of(server))], 2000, "h")
    joined = crowd.join(show["pin"], 800.0)
    assert set(joined["told"]) <= {201, 429}  # told to wait is not refused: a phone asks again by itself
    assert joined["told"][201] == 2000
    assert len(crowd.connect(800.0)) == 2000
    assert all(phone.sock for phone in crowd.phones)
    for phone in crowd.phones:
        phone.hang_up()


def test_every_attack_on_the_real_server_is_cut_and_leaves_no_memory(server: Server, show: dict[str, Any]) -> None:
    tickets = [seat(server, show, f"Kẻ phá {n}") for n in range(4)]
    honest = Raw(port_of(server)).join({"ticket": seat(server, show, "Người thật")})
    honest.ask("sync", {"v": 0})
    before = memory(server)
    for number, (name, attack) in enumerate((ATTACKS | MORE_ATTACKS).items()):
        with Raw(port_of(server)).join({"ticket": tickets[number % 4]}) as raw:
            with contextlib.suppress(ConnectionError):  # it is cut while still shouting
                raw.send(attack)
            assert name in FORGIVEN or raw.is_cut(CLOSED_S), name
        said = honest.ask("answer", {"no": 1, "choice": "a", "id": "12345678"}, number=number + 1)
        assert said["code"] == "not_open", name
        assert memory(server) - before < 5 * MB, name
    honest.sock.close()


def test_a_flood_of_events_is_cut_at_the_transports_limit(server: Server, show: dict[str, Any]) -> None:
    limits = Limits()
    with Raw(port_of(server)).join({"ticket": seat(server, show, "Vội")}) as raw:
        flood = text('42/live,1["sync",{"v":0}]') * (2 * limits.inbound_burst // limits.frame_cost)
        raw.send(flood)
        assert raw.is_cut(CLOSED_S)
