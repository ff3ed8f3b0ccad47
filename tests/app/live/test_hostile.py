"""The whole server under fire: events of others, foreign pages, and every attack on the transport."""

from __future__ import annotations

import contextlib
import time
from typing import Any

import pytest

from app.security.access import EVENTS, may_send
from tests.app.live.attacks import ATTACKS, MORE_ATTACKS
from tests.app.live.hall import OPEN_ENDED, Hall, events_stored, port_of, post, take_seat
from tests.app.live.memory import MOST, no_more_than
from tests.app.live.raw_socket import Raw
from tests.serving import Server

FORGIVEN = {"a handler that fails", "too many arguments"}
"""The real server's handlers do not fail on these; they answer."""
CLOSED_S = 2.0


# --- events of another role or show


COMMANDS = ("advance", "close_now", "pause", "resume", "undo", "void", "adjust", "kick", "lock", "unlock", "suspend",
            "time_up", "settled", "judge", "all_answered")  # fmt: skip


@pytest.mark.parametrize("side", ["public", "staff"])
@pytest.mark.parametrize("event", sorted(EVENTS))
def test_an_event_of_the_other_side_is_refused(server: Server, show: dict[str, Any], event: str, side: str) -> None:
    ticket = show["host_ticket"] if side == "staff" else take_seat(server, show, "Chi")
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
                assert name in FORGIVEN or raw.is_cut(CLOSED_S), name
            began = time.monotonic()
            said = an.ask("answer", answer, number=number)
            assert said["ok"], (name, said)
            assert time.monotonic() - began < CLOSED_S, name
            if number % 10 == 0:
                assert binh.ask("sync", {"v": 0}, number=number)["screen"]["data"]["phase"] == "open", name
    an.sock.close()
    binh.sock.close()
    hall.close()
