"""The whole server under fire: events of others, foreign pages, and every attack on the transport."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from app.live.access import EVENTS, may_send
from app.live.doors import sockets
from tests.app.live.attacks import ATTACKS, MORE_ATTACKS
from tests.app.live.hall import OPEN_ENDED, Hall, events_stored, port_of, post, take_seat
from tests.app.live.memory import MOST, no_more_than
from tests.app.live.raw_socket import Raw
from tests.serving import Server, serving

FORGIVEN = {"a handler that fails", "too many arguments"}
"""The real server's handlers do not fail on these; they answer."""


# --- events of another role or show


COMMANDS = ("advance", "close_now", "pause", "resume", "undo", "void", "adjust", "kick", "lock", "unlock", "suspend",
            "time_up", "settled", "judge", "all_answered")  # fmt: skip


@pytest.mark.parametrize("side", ["public", "staff"])
@pytest.mark.parametrize("event", sorted(EVENTS))
def test_an_event_of_the_other_side_is_refused(server: Server, show: dict[str, Any], event: str, side: str) -> None:
    ticket = show["host_ticket"] if side == "staff" else take_seat(server, show, f"Chi, {event}")
    messages = {
        "answer": {"no": 1, "choice": "a", "id": "12345678"},
        "sync": {"v": 0},
        "act": {"do": "nothing at all", "args": {}, "id": "12345678"},
    }
    with Raw(port_of(server)).join({"ticket": ticket}) as raw:
        said = raw.ask(event, messages[event])
    if may_send(event, side):
        assert said["ok"] or said["code"] in ("not_open", "not_in_round", "not_yours", "not_now", "unknown")
    else:
        assert said["code"] == "not_in_round"


@pytest.mark.parametrize("role", ["player", "stage"])
def test_no_command_of_the_host_is_taken_from_anybody_else(server: Server, show: dict[str, Any], role: str) -> None:
    ticket = show["stage_ticket"] if role == "stage" else take_seat(server, show, "Dũng")
    before = events_stored(server)
    with Raw(port_of(server)).join({"ticket": ticket}) as raw:
        for number, do in enumerate(COMMANDS, start=1):
            args = {"seat": 1, "points": 5, "no": 1, "steps": 1, "reason": "vì thế", "role": "host", "actor": "host"}
            said = raw.ask("act", {"do": do, "args": args, "id": f"stolen-{do}-{role}"}, number=number)
            assert said["ok"] is False, (do, said)
    assert events_stored(server) == before


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


def test_an_empty_origin_is_a_foreign_one(server: Server, show: dict[str, Any]) -> None:
    with Raw(port_of(server)) as raw:
        raw.send(raw.head("Origin:"))
        assert raw.response().startswith("HTTP/1.1 400")
    assert post(f"{server.url}/live/join", {"pin": show["pin"]}, Origin="")[0] == 400
    assert post(f"{server.url}/taking", {"do": "state"}, Origin="")[0] == 403


DOORS = {"handshake": 400, "/live/join": 400, "/taking": 403}
RIGHT = {"handshake": 101, "/live/join": 404, "/taking": 401}
"""To our own page: a PIN that is none, a ticket that is none."""
SENT = {
    "another scheme": ("https://sanchoi.example", "http", "sanchoi.example"),
    "a foreign host that agrees with its page": ("http://evil.example", "http", "evil.example"),
    "our host, a foreign page": ("http://evil.example", "http", "sanchoi.example"),
    "a foreign host without a page": (None, "http", "evil.example"),
}


def knock(server: Server, door: str, origin: str | None, proto: str, host: str) -> int:
    """The status one door answers; the proxy in front has told it scheme and host."""
    headers = [f"Host: {host}", f"X-Forwarded-Proto: {proto}", *([f"Origin: {origin}"] if origin else [])]
    with Raw(port_of(server)) as raw:
        if door == "handshake":
            raw.send(raw.head(*headers).replace(f"Host: 127.0.0.1:{raw.port}\r\n".encode(), b"", 1))
        else:
            lines = [f"POST {door} HTTP/1.1", *headers, "Content-Type: application/json", "Content-Length: 11"]
            raw.send("\r\n".join(lines).encode() + b'\r\n\r\n{"pin":"x"}')
        return int(raw.response()[9:12])


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Behind one proxy, with a public address."""
    where = tmp_path_factory.mktemp("proxied") / "instance"
    with serving(where, "--no-demo", SCS_PUBLIC_URL="http://sanchoi.example", SCS_TRUSTED_PROXIES="1") as running:
        yield running


@pytest.mark.parametrize("sent", SENT.values(), ids=SENT)
@pytest.mark.parametrize("door", DOORS)
def test_every_door_refuses_what_its_neighbours_refuse(
    proxied: Server, door: str, sent: tuple[str | None, str, str]
) -> None:
    assert knock(proxied, door, *sent) == DOORS[door]
    assert knock(proxied, door, "http://sanchoi.example", "http", "sanchoi.example") == RIGHT[door]


# --- names and texts that are none


@pytest.mark.parametrize("name", ["connect", "disconnect", "*", "connect_error", "\ud800", "__proto__", "", "nothing"])
def test_an_event_that_nobody_knows_is_unknown(server: Server, show: dict[str, Any], name: str) -> None:
    with Raw(port_of(server)).join({"ticket": take_seat(server, show, f"Chi, {name!a}")}) as raw:
        for number, args in enumerate(([], [{}], [None, 1], ["x", {}, []]), start=1):
            said = raw.ask(name, *args, number=number)
            assert (said["ok"], said["code"]) == (False, "unknown")
        assert raw.ask("sync", {"v": 0}, number=9)["ok"]
    assert "Traceback" not in server.said


def test_half_an_emoji_and_a_zero_byte_are_bad_requests(server: Server, show: dict[str, Any]) -> None:
    half = "\ud83c"
    with Raw(port_of(server)).join({"ticket": show["host_ticket"]}) as raw:
        messages = [
            ("act", {"do": half, "id": "12345678"}),
            ("act", {"do": "pause", "id": half * 8}),
            ("sync", half),
            ("sync", {"v": half}),
            ("act", half),
        ]
        messages += [
            ("act", {"do": "undo", "id": "12345678", "args": args})
            for args in (
                {"steps": 1, "reason": half},
                {"reason": "a\0"},
                {half: 1},
                {"a": [{"b": half}]},
                {"reason": [half]},
            )
        ]
        for number, (event, message) in enumerate(messages, start=1):
            said = raw.ask(event, message, number=number)
            assert (said["ok"], said["code"]) == (False, "bad_request"), ascii(message)
    message = {"pin": show["pin"], "name": "An", "device": "d" * 20}
    for field in ("pin", "device", "lang", "code", "team", "unit"):
        assert post(f"{server.url}/live/join", message | {field: half})[0] == 400, field
    assert "Traceback" not in server.said


# --- our own mistakes


def test_internal_carries_the_id_under_which_it_stands_in_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    live = SimpleNamespace(
        trouble=SimpleNamespace(noticed=lambda problem: None),
        rooms=SimpleNamespace(connection=lambda sid: None),
        sentences={("internal", "vi"): "Có lỗi."},
    )

    def fail() -> None:
        raise RuntimeError("a bug")

    said = sockets._refused(live, "sid", fail)  # type: ignore[arg-type]
    assert said == {"ok": False, "code": "internal", "message": "Có lỗi.", "id": said and said["id"]}
    assert said["id"] in "".join(capsys.readouterr())


# --- every attack


def test_every_attack_on_the_real_server_is_cut_while_a_question_is_open(server: Server) -> None:
    """An's answer costs one of the 64 that a seat may ask at once, Bình's `sync` four, and so does every connection:
    nobody here comes near to that."""
    hall = Hall.open(server, OPEN_ENDED)
    tickets = [hall.seat(f"Kẻ phá {number}") for number in range(4)]
    an, binh = (Raw(port_of(server)).join({"ticket": hall.seat(name)}) for name in ("An", "Bình"))
    hall.advance("ready")
    hall.advance("open")
    answer = {"no": hall.host.data["no"], "choice": hall.host.data["question"]["options"][0]["id"], "id": "an's answer"}
    assert an.ask("answer", answer)["ok"]
    assert "screen" in binh.ask("sync", {"v": 0})
    for number, (name, attack) in enumerate((ATTACKS | MORE_ATTACKS).items(), start=2):
        with no_more_than(MOST, server.note["pid"], name):
            with Raw(port_of(server)).join({"ticket": tickets[number % 4]}) as raw:
                with contextlib.suppress(ConnectionError):  # it is cut while still shouting
                    raw.send(attack)
                assert name in FORGIVEN or raw.is_cut(), name
            said = an.ask("answer", answer, number=number)
            assert said["ok"], (name, said)
            if number % 10 == 0:
                assert binh.ask("sync", {"v": 0}, number=number)["screen"]["data"]["phase"] == "open", name
    an.sock.close()
    binh.sock.close()
    hall.close()
