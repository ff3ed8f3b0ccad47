"""A host alone rehearses with seats that play by themselves; afterwards the same people play again, stage included."""

from __future__ import annotations

import copy
import sqlite3
import urllib.request

import pytest

from app.services.shows.bots import MOST
from tests.app.live.hall import CONNECTED, SPEED, Hall, Person, post, wait_for
from tests.serving import Server

SHORT = copy.deepcopy(SPEED) | {"settings": {"breaks": False}}
SHORT["rounds"][0]["questions"] = SHORT["rounds"][0]["questions"][:1]  # type: ignore[index]
SHORT["rounds"][0]["settings"]["seconds"] = 5  # type: ignore[index]


@pytest.fixture(scope="module")
def made(server: Server) -> Hall:
    return Hall.open(server, SHORT, "--rehearsal", "--members-only")


@pytest.fixture
def rehearsal(made: Hall) -> Hall:
    """With its host and its stage, whom each test sees off."""
    for one in (made.host, made.stage):
        if one not in CONNECTED:
            one.connect()
    return made


def text_of(url: str) -> str:
    """A page as it is served."""
    with urllib.request.urlopen(url, timeout=30) as answer:
        return str(answer.read().decode())


def end(hall: Hall) -> None:
    """On to the podium."""
    while hall.act("advance")["ok"]:
        pass
    hall.wait("over")


def test_a_rehearsal_is_filled_from_the_console_and_plays_to_its_end(rehearsal: Hall) -> None:
    refused = rehearsal.act("bots", n=MOST + 1)
    assert refused["code"] == "full"
    assert rehearsal.act("bots", n=12)["ok"]
    wait_for(lambda: rehearsal.host.html.count("(máy)</span>") == 12, about="the console lists them")
    rehearsal.advance("ready")
    assert rehearsal.act("bots", n=1)["code"] == "not_now"
    rehearsal.advance("open")
    rehearsal.wait("closed")  # because everybody has answered
    rehearsal.advance("revealed")
    counts = rehearsal.host.data["reveal"]["counts"]
    assert sum(counts.values()) == 12
    end(rehearsal)
    assert "(tập dượt)" in text_of(f"{rehearsal.server.url}/stage/{rehearsal.show['stage_ticket']}")
    with sqlite3.connect(f"file:{rehearsal.server.instance / 'sanchoi.db'}?mode=ro", uri=True) as db:
        assert db.execute("SELECT count(*) FROM entry").fetchone() == (0,)


def test_stage_and_judge_follow_into_the_next_show_which_is_a_rehearsal_again(rehearsal: Hall) -> None:
    end(rehearsal)
    opened = rehearsal.act("again")["open"]
    wait_for(lambda: bool(rehearsal.stage.data.get("followed")), about="the stage is told")
    url, old = rehearsal.server.url, rehearsal.show["stage_ticket"]
    status, said = post(f"{url}/live/follow", {}, Authorization=f"Bearer {old}")
    assert status == 200
    stage = Person(url, said["open"].removeprefix("/stage/"), "stage").connect()
    host = Person(url, opened.rpartition("/")[2], "host").connect()
    wait_for(lambda: stage.phase == host.phase == "lobby", about="both stand in the next lobby")
    wait_for(lambda: host.html.count("(máy)</span>") == 12, about="those who played are there again")
    assert "Thêm máy chơi thử" in host.html, "it counts for nothing either"
    refused = post(f"{url}/live/follow", {}, Authorization=f"Bearer {rehearsal.show['host_ticket']}")
    assert refused[1]["code"] == "bad_ticket", "a host is led there by the console"
    assert post(f"{url}/live/follow", {}, Authorization=f"Bearer {stage.ticket}")[1]["code"] == "not_now"


def test_a_show_for_points_takes_none(server: Server) -> None:
    hall = Hall.open(server, SHORT)
    assert hall.act("bots", n=3)["code"] == "rehearsal_only"
    assert "Thêm máy chơi thử" not in hall.host.html
    hall.close()
