"""Tickets: those that are not ours open nothing, and what ours are worth when their show is over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from app.services.shows.tickets import Ticket, issue, read
from tests.app.live.hall import SPEED, Hall, Person, events_stored, get, new_show, port_of, post, take_seat, wait_for
from tests.app.live.raw_socket import Raw, text
from tests.serving import Server
from tests.serving import serving as started

SECRET = "a key that only this server has"
THE_HOSTS = Ticket(1, 1_000_001, "staff")
"""The best seat there is, for whoever can forge."""
ANSWER = {"no": 1, "choice": "a", "id": "12345678"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with started(tmp_path_factory.mktemp("tickets") / "instance", "--no-demo", SCS_SECRET_KEY=SECRET) as running:
        yield running


@pytest.fixture(scope="module")
def show(server: Server) -> dict[str, Any]:
    """A show in its lobby, number 1, with nobody in it."""
    return new_show(server, SPEED)


def at_the_socket(server: Server, ticket: object) -> str:
    """The code with which a connection is refused."""
    with Raw(port_of(server)).shake() as raw:
        raw.send(text("40/live," + json.dumps({"ticket": ticket})))
        said = raw.read()
        assert said.startswith("44/live,"), said
        return str(json.loads(said[len("44/live,") :])["code"])


def over_http(server: Server, **headers: str) -> list[tuple[int, Any]]:
    """The replies of the fallback to a request for a screen and to an answer: status and code."""
    screen, answer = get(f"{server.url}/live/screen", **headers), post(f"{server.url}/live/answer", ANSWER, **headers)
    return [(status, said.get("code")) for status, said in (screen, answer)]


# --- not ours


@pytest.mark.parametrize(
    "ticket",
    [
        None,
        17,
        "",
        "x",
        "x" * 5000,
        ["x"],
        {"a": 1},
        "\ud800",
        "good",
        issue("the key of another server", THE_HOSTS),
        issue(SECRET, THE_HOSTS)[:-1],
        issue(SECRET, THE_HOSTS).replace(".", ".."),
    ],
    ids=str,
)
def test_a_ticket_that_is_not_ours_opens_nothing(server: Server, show: dict[str, Any], ticket: object) -> None:
    assert read(SECRET, show["host_ticket"]).seat == THE_HOSTS.seat
    assert at_the_socket(server, ticket) in ("bad_ticket", "bad_request")
    if isinstance(ticket, str) and ticket.isascii():
        assert over_http(server, Authorization=f"Bearer {ticket}") == [(401, "bad_ticket")] * 2


@pytest.mark.parametrize("side", ["public", "staff"])
@pytest.mark.parametrize(("show_id", "seat"), [(1, 999), (1, 1_000_999), (999, 1)])
def test_a_ticket_that_we_signed_for_nobodys_seat_opens_nothing(
    server: Server, show: dict[str, Any], show_id: int, seat: int, side: str
) -> None:
    """After a backup was brought back, a phone may hold one: it has to join again."""
    ticket = issue(SECRET, Ticket(show_id, seat, side))
    assert at_the_socket(server, ticket) == "bad_ticket"
    assert over_http(server, Authorization=f"Bearer {ticket}") == [(401, "bad_ticket")] * 2


def test_a_ticket_is_shown_as_a_bearers_and_nowhere_else(server: Server, show: dict[str, Any]) -> None:
    ticket = take_seat(server, show, "An")
    for headers in (
        {},
        {"Authorization": f"Basic {ticket}"},
        {"Authorization": ticket},
        {"Cookie": f"ticket={ticket}"},
    ):
        assert over_http(server, **headers) == [(401, "bad_ticket")] * 2
    assert get(f"{server.url}/live/screen?ticket={ticket}")[0] == 401


# --- of another show, or of one that is over


def test_a_ticket_of_another_show_or_of_one_that_is_over_answers_and_drives_nothing(
    server: Server, show: dict[str, Any]
) -> None:
    hall = Hall.open(server, SPEED)
    an = hall.join("An")
    hall.advance("ready")
    hall.advance("open")
    an_answer_from_another_show_stays_in_its_own(server, hall, elsewhere=show)
    right = next(one["id"] for one in an.data["question"]["options"] if one["text"].startswith("Phương án 0A"))
    mine = {"no": an.data["no"], "choice": right, "id": "an's answer"}
    assert an.call("answer", mine)["ok"]
    hall.wait("closed")  # everybody present has answered
    question = ("ready", "open", "closed", "revealed", "standings")
    for phase in (*question[3:], *question, *question, "over"):
        hall.advance(phase)
    before = events_stored(server)
    assert an.answer("a", no=1)["code"] == "too_late"
    assert not hall.act("advance")["ok"]
    assert events_stored(server) == before
    status, said = post(f"{server.url}/live/join", {"pin": hall.show["pin"], "name": "Bình", "device": "d" * 20})
    assert (status, said["code"]) in ((404, "no_such_show"), (410, "over"))
    hall.close()
    everybody_who_comes_again_sees_the_end_and_changes_nothing(server, hall, mine)
    assert events_stored(server) == before


def everybody_who_comes_again_sees_the_end_and_changes_nothing(
    server: Server, hall: Hall, mine: dict[str, Any]
) -> None:
    """A ticket lives as long as its show, which does not end with `over`: a phone that is opened again keeps its seat
    and score. What was acknowledged stays so; nothing else is taken."""
    an, host, stage = (
        Person(server.url, ticket, "again").connect()
        for ticket in (hall.players[0].ticket, hall.show["host_ticket"], hall.show["stage_ticket"])
    )
    wait_for(lambda: all(one.phase == "over" for one in (an, host, stage)) and bool(an.mes))
    assert an.mes[-1]["score"] > 0
    assert result(an.mes[-1]) == result(hall.players[0].mes[-1])
    assert an.call("answer", mine)["ok"]
    assert an.call("answer", {**mine, "id": "another answer"})["code"] == "too_late"
    for number, one in enumerate((an, stage, host)):
        for do in ("advance", "close_now", "pause", "resume"):
            assert not one.call("act", {"do": do, "args": {}, "id": f"again-{do}-{number}"})["ok"], do
        one.leave()
    bearer = {"Authorization": f"Bearer {an.ticket}"}
    status, said = get(f"{server.url}/live/screen", **bearer)
    assert (status, said["screen"]["data"]["phase"], result(said["me"])) == (200, "over", result(an.mes[-1]))
    assert post(f"{server.url}/live/answer", mine, **bearer)[1]["ok"]
    status, said = post(f"{server.url}/live/answer", {**mine, "id": "another answer"}, **bearer)
    assert (status, said["ok"]) == (200, False)
    assert said["code"] == "too_late"
    for staff in (hall.show["host_ticket"], hall.show["stage_ticket"]):
        bearer = {"Authorization": f"Bearer {staff}"}
        assert get(f"{server.url}/live/screen", **bearer)[1]["screen"]["data"]["phase"] == "over"
        assert post(f"{server.url}/live/answer", mine, **bearer)[1]["code"] == "not_in_round"


def result(me: dict[str, Any]) -> dict[str, Any]:
    return {name: me[name] for name in ("score", "rank", "of", "last")}


def an_answer_from_another_show_stays_in_its_own(server: Server, hall: Hall, elsewhere: dict[str, Any]) -> None:
    choice = hall.host.data["question"]["options"][0]["id"]
    message = {"no": hall.host.data["no"], "choice": choice, "id": "12345678", "show": hall.show["id"], "seat": 1}
    with Raw(port_of(server)).join({"ticket": take_seat(server, elsewhere, "Người lạ")}) as stranger:
        assert stranger.ask("answer", message)["code"] == "not_open"
