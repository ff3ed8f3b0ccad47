"""A whole show over the protocol, as host, stage and players see it, on both databases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import socketio

from app.live.protocol import Bye, Me, Screen
from tests import serving
from tests.app.live.hall import SPEED, Hall, Person, post, wait_for
from tests.serving import Server
from tests.serving import serving as started


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Server]:
    with started(tmp_path / "instance", "--no-demo", SCS_DATABASE_URL=database_url) as running:
        yield running


@pytest.fixture(scope="module")
def sqlite_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One for all of them: each plays a show of its own."""
    with started(tmp_path_factory.mktemp("site") / "instance", "--no-demo") as running:
        yield running


def option(person: Person, text: str) -> str:
    """The id of the option with this text on this person's screen."""
    return next(one["id"] for one in person.data["question"]["options"] if one["text"] == text)


def test_a_show_from_the_lobby_to_the_podium(server: Server) -> None:
    hall = Hall.open(server, SPEED)
    an, binh = hall.join("An"), hall.join("Bình")
    wait_for(lambda: hall.host.data.get("phase") == "lobby")
    for n in range(3):
        hall.advance("ready")
        hall.advance("open")
        assert "reveal" not in an.data
        assert an.answer(option(an, f"Phương án {n}{'ABCD'[n % 4]}"))["ok"]
        assert binh.answer(option(binh, f"Phương án {n}D"))["ok"]
        hall.wait("closed")  # everybody present has answered
        hall.advance("revealed")
        for one in (an, binh):
            wait_for(lambda n=n, one=one: bool(one.mes) and (one.mes[-1].get("last") or {}).get("no") == n + 1)
        assert an.mes[-1]["last"]["right"]
        assert not binh.mes[-1]["last"]["right"]
        hall.advance("standings")
    hall.advance("over")
    assert [line["name"] for line in hall.stage.data["standings"]] == ["An", "Bình"]
    replayed = serving.command(server.instance, "show", "replay", str(hall.show["id"]), "--json", **server.variables)
    assert replayed.returncode == 0, replayed.stderr + replayed.stdout
    assert json.loads(replayed.stdout)["equal"]
    file = server.instance / "show.json"
    serving.command(server.instance, "show", "export", str(hall.show["id"]), str(file), **server.variables)
    verified = serving.command(server.instance, "show", "verify", str(file), SCS_DATABASE_URL="sqlite:////nowhere/x.db")
    assert verified.returncode == 0, verified.stderr
    hall.close()


def test_everything_sent_is_as_the_protocol_is_written(sqlite_server: Server) -> None:
    hall = Hall.open(sqlite_server, SPEED)
    an, binh = hall.join("An"), hall.join("Bình")
    for phase in ("ready", "open"):
        hall.advance(phase)
    for one in (an, binh):
        assert one.answer(option(one, "Phương án 0A"))["ok"]
    hall.wait("closed")
    hall.advance("revealed")
    wait_for(lambda: bool(an.mes and an.mes[-1]["last"]))
    hall.act("kick", seat=1)
    wait_for(lambda: ("bye", {"code": "kicked"}) in an.heard)
    heard = [message for one in (hall.host, hall.stage, an, binh) for message in one.heard if message[0] != "tally"]
    assert {event for event, _ in heard} == {"screen", "me", "bye"}
    for event, data in heard:
        kind = {"screen": Screen, "me": Me, "bye": Bye}[event]
        msgspec.convert(data, kind)
        assert data.keys() <= set(kind.__struct_fields__), event
    hall.close()


def test_a_changed_answer_in_the_exported_file_is_found(sqlite_server: Server) -> None:
    hall = Hall.open(sqlite_server, SPEED)
    an, binh = hall.join("An"), hall.join("Bình")
    hall.advance("ready")
    hall.advance("open")
    right, wrong = option(an, "Phương án 0A"), option(an, "Phương án 0B")
    assert an.answer(right)["ok"] and binh.answer(wrong)["ok"]
    hall.wait("closed")
    hall.close()
    file = sqlite_server.instance / "show.json"
    serving.command(sqlite_server.instance, "show", "export", str(hall.show["id"]), str(file))
    file.write_text(file.read_text().replace(f'"{wrong}", ', f'"{right}", '))
    forged = serving.command(sqlite_server.instance, "show", "verify", str(file))
    assert forged.returncode == 1
    assert "judged otherwise" in forged.stdout


def test_the_first_answer_counts_and_a_repeated_one_is_answered_the_same(sqlite_server: Server) -> None:
    hall = Hall.open(sqlite_server, SPEED)
    an, _ = hall.join("An"), hall.join("Bình")
    hall.advance("ready")
    hall.advance("open")
    first = option(an, "Phương án 0A")
    assert an.answer(first, client_id="the-same-id")["ok"]
    assert an.answer(first, client_id="the-same-id")["ok"]
    assert an.answer(option(an, "Phương án 0B"), client_id="another-id")["code"] == "already"
    hall.advance("closed")
    assert an.answer(first, no=1, client_id="the-same-id")["ok"]  # accepted once is accepted for ever
    assert an.answer(first, no=1, client_id="too-late-id")["code"] == "too_late"
    hall.close()


def test_every_refusal_is_said(sqlite_server: Server) -> None:
    hall = Hall.open(sqlite_server, SPEED)
    an = hall.join("An")
    assert an.call("act", {"do": "advance", "args": {}, "id": "12345678"})["code"] == "not_yours"
    assert an.answer("x", no=1)["code"] == "not_open"
    assert an.call("no_such_event", {})["code"] == "unknown"
    assert an.call("answer", {"no": "one"})["code"] == "bad_request"
    hall.advance("ready")
    hall.advance("open")
    assert an.answer("no-such-option")["code"] == "bad_choice"
    hall.act("pause")
    hall.wait("paused")
    assert an.answer("x", no=1)["message"]
    hall.close()


def test_a_stale_command_does_nothing(sqlite_server: Server) -> None:
    hall = Hall.open(sqlite_server, SPEED)
    hall.join("An")
    hall.wait("lobby")
    seen = hall.host.newest["v"]
    assert hall.host.call("act", {"do": "advance", "args": {}, "id": "command-a", "v": seen})["ok"]
    again = hall.host.call("act", {"do": "advance", "args": {}, "id": "command-b", "v": seen})
    assert again["code"] == "stale"
    hall.close()


def test_the_same_device_gets_the_same_seat_and_the_code_opens_it_elsewhere(sqlite_server: Server) -> None:
    hall = Hall.open(sqlite_server, SPEED)
    url, pin = f"{sqlite_server.url}/live/join", hall.show["pin"]
    first = post(url, {"pin": pin, "name": "An", "device": "d" * 20})
    again = post(url, {"pin": pin, "name": "Người khác", "device": "d" * 20})
    assert (first[0], again[0]) == (201, 200)
    assert first[1]["seat"] == again[1]["seat"]
    assert post(url, {"pin": pin, "name": "an ", "device": "e" * 20})[1]["code"] == "name_taken"
    moved = post(url, {"pin": pin, "name": "An", "device": "e" * 20, "code": first[1]["code"]})
    assert moved[1]["seat"] == first[1]["seat"]
    assert post(url, {"pin": "000000", "name": "An", "device": "f" * 20})[0] == 404
    assert post(url, {"pin": pin, "name": "x\u200b", "device": "f" * 20})[1]["code"] == "bad_name"
    hall.act("lock")
    assert post(url, {"pin": pin, "name": "Chi", "device": "g" * 20})[1]["code"] == "room_locked"
    hall.close()


def test_a_kicked_player_is_out_and_a_forged_ticket_opens_nothing(sqlite_server: Server) -> None:
    hall = Hall.open(sqlite_server, SPEED)
    an = hall.join("An")
    hall.act("kick", seat=1)
    wait_for(lambda: ("bye", {"code": "kicked"}) in an.heard)
    with pytest.raises(socketio.exceptions.ConnectionError):
        Person(sqlite_server.url, an.ticket).connect()
    with pytest.raises(socketio.exceptions.ConnectionError):
        Person(sqlite_server.url, an.ticket[:-2] + "xx").connect()
    hall.close()


def test_where_websocket_is_blocked_http_is_enough(sqlite_server: Server) -> None:
    hall = Hall.open(sqlite_server, SPEED)
    an = hall.join("An")
    hall.advance("ready")
    hall.advance("open")
    url, bearer = sqlite_server.url, {"Authorization": f"Bearer {an.ticket}"}
    message = {"no": 1, "choice": option(an, "Phương án 0A"), "id": "by-http-1"}
    assert post(f"{url}/live/answer", message, **bearer) == (200, {"ok": True, "v": an.newest["v"]})
    assert post(f"{url}/live/answer", message, Authorization="Bearer nonsense")[0] == 401
    hall.close()
