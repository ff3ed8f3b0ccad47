"""Screens and consoles of one show on two workers, which share a PostgreSQL and a Redis."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from typing import Any

import pytest

from tests.app.live.hall import Hall, Person, wait_for
from tests.app.live.pair import Pair, two_workers

ARMED = "Đã sẵn sàng"


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    with two_workers(tmp_path_factory.mktemp("pair")) as both:
        yield both


@pytest.fixture
def hall(pair: Pair) -> Iterator[Hall]:
    """The console on one worker, the projector on the other."""
    show = pair.new_show(2)
    console = Person(pair.one.url, show["host_ticket"], "host", screen="c" * 16).connect()
    projector = Person(pair.other.url, show["stage_ticket"], "stage", screen="p" * 16).connect()
    made = Hall(pair.one, show, console, projector)
    yield made
    made.close()


def html(one: Person) -> str:
    return str(one.newest.get("html", ""))


def pointed(one: Person) -> list[dict[str, Any]]:
    return [data for event, data in one.heard if event == "pointed"]


def test_a_screen_of_another_worker_is_listed_pointed_renamed_and_loaded_anew(pair: Pair, hall: Hall) -> None:
    wait_for(lambda: "Màn hình 1" in html(hall.host), about="the console lists it")
    ((screen,),) = pair.rows("SELECT id FROM show_screen WHERE show_id = %s AND role = %s", hall.show["id"], "stage")
    assert hall.act("rename_screen", screen=screen, name="Màn hình trái")["ok"]
    assert hall.act("point", screen=screen, view="lower")["ok"]
    wait_for(lambda: pointed(hall.stage)[-1:] == [{"view": "lower", "name": "Màn hình trái", "reload": False}])
    assert hall.act("reload_screen", screen=screen)["ok"]
    wait_for(lambda: pointed(hall.stage)[-1]["reload"] is True, about="it is told to load anew")
    wait_for(lambda: "Màn hình trái" in html(hall.host), about="the console calls it so")
    hall.stage.leave()
    wait_for(lambda: f'id="screen{screen}" class="gone"' in html(hall.host), about="the console shows it red")
    again = Person(pair.one.url, hall.show["stage_ticket"], "stage", screen="p" * 16).connect()
    wait_for(lambda: f'id="screen{screen}" class="gone"' not in html(hall.host), about="it is back, on another worker")
    wait_for(lambda: [one["view"] for one in pointed(again)] == ["lower"], about="it shows what was wished")
    again.leave()


def test_a_screen_turns_red_when_its_worker_is_killed_and_comes_back_with_it(pair: Pair, hall: Hall) -> None:
    wait_for(lambda: "Màn hình 1" in html(hall.host), about="the console lists it")
    ((screen,),) = pair.rows("SELECT id FROM show_screen WHERE show_id = %s AND role = %s", hall.show["id"], "stage")
    gone = f'id="screen{screen}" class="gone"'
    assert gone not in html(hall.host)
    dead = pair.other.note["pid"]
    os.kill(dead, signal.SIGKILL)
    try:
        wait_for(lambda: gone in html(hall.host), about="nobody said good-bye, and the console shows it red")
        again = Person(pair.one.url, hall.show["stage_ticket"], "stage", screen="p" * 16).connect()
        wait_for(lambda: gone not in html(hall.host), about="the projector came back on the other worker")
        again.leave()
    finally:
        wait_for(lambda: pair.other.is_up and pair.other.note["pid"] != dead, 120, "the next test has both workers")


def test_the_check_before_the_show_names_the_phones_that_have_not_received(pair: Pair, hall: Hall) -> None:
    an, binh = hall.join("An"), hall.join("Bình")
    wait_for(lambda: "Mọi điện thoại đã nhận màn hình: 2" in html(hall.host), about="both have it")
    binh.leave()
    wait_for(lambda: "1 điện thoại chưa nhận được màn hình: Bình" in html(hall.host), about="one is named")
    an.leave()


def test_what_cannot_be_taken_back_is_armed_on_any_console_seen_on_all_and_done_from_another(
    pair: Pair, hall: Hall
) -> None:
    other = Person(pair.other.url, hall.show["host_ticket"], "other", screen="d" * 16).connect()
    hall.seat("An")
    assert [hall.act("advance")["ok"] for _ in ("ready", "open")] == [True, True]
    for do, args in (("void", {"no": 1}), ("ask_again", {}), ("correct", {}), ("throw", {"what": "lot"})):
        assert hall.act(do, reason="Đề sai", **args)["code"] == "arm_first"
    assert hall.act("arm", act="void", no=1, reason="Đề sai")["ok"]
    for console in (hall.host, other):
        wait_for(lambda console=console: ARMED in html(console), about=console.name)  # type: ignore[misc]
    assert pair.journal(hall.show["id"], "voided") == []
    assert other.call("act", {"do": "go", "args": {}, "id": "go-from-another"})["ok"]
    assert [one["no"] for one in pair.journal(hall.show["id"], "voided")] == [1]
    wait_for(lambda: ARMED not in html(hall.host), about="disarmed everywhere")
    other.leave()


def test_a_program_that_is_no_screen_drives_by_the_protocol_alone(pair: Pair) -> None:
    show = pair.new_show(1)
    program = Person(pair.one.url, show["host_ticket"], "host").connect()
    for at, (do, args) in enumerate((("advance", {}), ("advance", {}), ("void", {"no": 1, "reason": "Đề sai"}))):
        assert program.call("act", {"do": do, "args": args, "id": f"program {at}"})["ok"]
    program.leave()
