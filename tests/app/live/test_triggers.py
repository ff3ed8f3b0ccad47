"""Machines of the hall hear each moment of a show, and drive it with a token that can do little."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from app.live.triggers import LOBBY, Stand, line_to, may_stand_for, moments_of
from app.live.triggers import post as post_to
from tests.app.live.hall import CONNECTED, SPEED, Hall, get, post, wait_for
from tests.serving import serving


class Machine(ThreadingHTTPServer):
    """Hears what it is told; one that hangs answers nothing, one that is endless never stops answering."""

    daemon_threads = True

    def __init__(self, hangs: bool, endless: bool) -> None:
        self.heard: list[dict[str, Any]] = []
        self.asked: set[str] = set()
        self.said = threading.Event()
        machine, said = self, self.said

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                machine.asked.add(f"{self.command} {self.path}")
                machine.heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                if hangs:
                    time.sleep(30)
                if endless:
                    self.send_response(200)
                    self.send_header("Content-Length", "1000000000")
                    self.end_headers()
                    while not said.wait(0.05):
                        self.wfile.write(b"la")
                    return
                self.send_response(302)
                self.send_header("Location", "/elsewhere")
                self.end_headers()

            do_GET = do_POST  # a redirect that is followed would come as this, without a length, and fail loudly

            def log_message(self, *_: Any) -> None:
                pass

        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/press?light=1"


@contextmanager
def machine(hangs: bool = False, endless: bool = False) -> Iterator[Machine]:
    with Machine(hangs, endless) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield made
        made.said.set()
        made.shutdown()


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Hall, Machine, Machine]]:
    """A show whose moments a machine hears, and another one that hangs."""
    folder: Path = tmp_path_factory.mktemp("site") / "instance"
    with machine() as lamp, machine(hangs=True) as stuck:
        addresses = f"{stuck.address} {lamp.address}"
        with serving(folder, "--no-demo", SCS_TRIGGERS=addresses) as server:
            yield Hall.open(server, SPEED), lamp, stuck


def token_of(hall: Hall) -> str:
    with urllib.request.urlopen(f"{hall.server.url}/doors/{hall.show['host_ticket']}", timeout=30) as page:
        found = re.search(r"Bearer ([\w.-]+)", page.read().decode())
    assert found
    return found[1]


def test_a_machine_hears_each_moment_and_no_word_of_anybody_though_another_hangs(
    told: tuple[Hall, Machine, Machine],
) -> None:
    hall, lamp, stuck = told
    hall.join("An")
    token = token_of(hall)
    for phase in ("ready", "open", "closed", "revealed"):
        said = post(f"{hall.server.url}/live/trigger/next", {}, Authorization=f"Bearer {token}")
        assert said[0] == 200 and said[1]["ok"], said
        hall.wait(phase)
    wait_for(lambda: len(lamp.heard) >= 5, about="five moments")
    assert [one["moment"] for one in lamp.heard] == ["round", "ready", "open", "closed", "revealed"]
    assert {frozenset(one) for one in lamp.heard} == {frozenset({"show", "moment", "round", "question", "at"})}
    assert {(one["show"], one["round"]) for one in lamp.heard} == {(hall.show["show"], 1)}
    assert [one["question"] for one in lamp.heard] == [None, None, 1, 1, 1]
    assert len(stuck.heard) >= 1
    assert lamp.asked == {"POST /press?light=1"}, "the operator's address as it stands, and no redirect of it"


def test_a_machines_token_opens_no_screen_and_does_nothing_that_cannot_be_taken_back(
    told: tuple[Hall, Machine, Machine],
) -> None:
    hall, _, _ = told
    token = token_of(hall)
    bearer = {"Authorization": f"Bearer {token}"}
    assert get(f"{hall.server.url}/live/screen", **bearer)[0] == 401
    assert post(f"{hall.server.url}/live/answer", {"no": 1, "choice": "a", "id": "x"}, **bearer)[0] == 401
    for act in ("void", "adjust", "kick", "advance", "again"):
        assert post(f"{hall.server.url}/live/trigger/{act}", {}, **bearer)[0] == 400
    ticket = {"Authorization": f"Bearer {hall.show['host_ticket']}"}
    assert post(f"{hall.server.url}/live/trigger/pause", {}, **ticket)[0] == 401, "a link is no token"
    assert post(f"{hall.server.url}/live/trigger/pause", {})[0] == 401


def test_a_key_does_its_act_once_and_one_that_no_table_holds_is_refused(told: tuple[Hall, Machine, Machine]) -> None:
    hall, _, _ = told
    address, bearer = f"{hall.server.url}/live/trigger/lock", {"Authorization": f"Bearer {token_of(hall)}"}
    first = post(address, {}, **bearer, **{"Idempotency-Key": "lock-of-the-door"})
    assert first[0] == 200
    assert post(address, {}, **bearer, **{"Idempotency-Key": "lock-of-the-door"}) == first
    for key in ("short", "k" * 65, "k" * 4000):
        assert post(address, {}, **bearer, **{"Idempotency-Key": key})[0] == 400, len(key)


def test_a_token_dies_with_its_show_and_lives_again_where_the_end_is_taken_back(
    told: tuple[Hall, Machine, Machine],
) -> None:
    hall, _, _ = told
    address, bearer = f"{hall.server.url}/live/trigger/pause", {"Authorization": f"Bearer {token_of(hall)}"}
    if hall.host not in CONNECTED:
        hall.host.connect()
    while hall.act("advance")["ok"]:
        pass
    wait_for(lambda: hall.host.phase == "over", about="the show is over")
    for act in ("next", "lock", "blackout", "pause"):
        assert post(f"{hall.server.url}/live/trigger/{act}", {}, **bearer)[0] == 401, act
    assert hall.act("undo", steps=1)["ok"]
    assert post(address.replace("pause", "resume"), {}, **bearer)[0] == 200


@pytest.mark.parametrize(
    ("before", "moments"),
    [
        (LOBBY, ["round", "open"]),
        (None, ["round", "open"]),
        (("ready", 0, None, False), ["open"]),
        (("open", 0, 1, False), []),
        (("revealed", 0, 1, True), ["open"]),
        (("standings", -1, None, False), ["round", "open"]),
    ],
)
def test_a_moment_is_what_was_not_so_before(before: Stand | None, moments: list[str]) -> None:
    class State:
        phase, index, no, blackout, last_no = "open", 0, 1, False, 0

    assert moments_of(State, before) == moments  # type: ignore[arg-type]


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_an_operator_may_write_this_machine_itself(host: str) -> None:
    with machine() as lamp:
        post_to(f"http://{host}:{lamp.server_port}/press?light=1", b"{}")
        assert lamp.heard == [{}]


@pytest.mark.parametrize("found", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_a_name_that_turns_into_this_machine_is_not_reached(monkeypatch: pytest.MonkeyPatch, found: str) -> None:
    """Whoever answers for a name may not choose a service here: neither at first nor at the second asking."""
    answers = iter([found, "127.0.0.1"])

    def resolve(host: str, port: int, **_: Any) -> list[Any]:
        assert host == "lamp.example"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    with machine() as lamp:
        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        with pytest.raises(PermissionError):
            post_to(f"http://lamp.example:{lamp.server_port}/press", b"{}")
        monkeypatch.undo()
        assert lamp.heard == []


@pytest.mark.parametrize(
    "found", ["169.254.169.254", "0.0.0.0", "::", "fe80::1", "224.0.0.1", "::ffff:169.254.169.254"]
)
def test_no_name_stands_for_what_is_no_machine_of_a_hall(found: str) -> None:
    assert not may_stand_for("lamp.example", found)
    assert may_stand_for("lamp.example", "10.0.0.5") and may_stand_for("lamp.example", "fd00::5")


@pytest.mark.parametrize(
    ("address", "host", "port"),
    [
        ("http://[::1]/on", "::1", 80),
        ("https://[fd00::5]", "fd00::5", 443),
        ("http://[fd00::5]:8888/", "fd00::5", 8888),
        ("https://10.0.0.5/", "10.0.0.5", 443),
    ],
)
def test_an_address_is_asked_at_its_own_port_or_the_usual_one(address: str, host: str, port: int) -> None:
    line = line_to(address)
    assert (line.host, line.port) == (host, port)


def test_a_machine_that_never_ends_what_it_says_is_not_listened_to() -> None:
    with machine(endless=True) as lamp:
        post_to(lamp.address, b"{}")
        assert lamp.heard == [{}]
