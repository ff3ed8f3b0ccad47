"""Players behind a network that blocks WebSocket: they are waited for, and may ask no more than the others."""

from __future__ import annotations

import json
import threading
import time
import urllib.error
import urllib.request
from typing import Any

import pytest

from tests.app.live.hall import SPEED, Hall, post, together, wait_for
from tests.serving import Server


@pytest.fixture
def hall(server: Server) -> Hall:
    return Hall.open(server, SPEED)


def poll(hall: Hall, ticket: str, v: int = 0) -> tuple[int, dict[str, Any], str]:
    """One poll: status, what was said, Retry-After."""
    request = urllib.request.Request(
        f"{hall.server.url}/live/screen?v={v}", headers={"Authorization": f"Bearer {ticket}"}
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.load(answer), ""
    except urllib.error.HTTPError as refusal:
        return refusal.code, json.load(refusal), refusal.headers.get("Retry-After", "")


def test_a_question_stays_open_for_who_polls_until_that_one_has_answered(hall: Hall) -> None:
    an, binh = hall.join("An"), hall.seat("Bình")
    seen: dict[str, Any] = {}
    stopped = threading.Event()

    def follow() -> None:
        while not stopped.is_set():
            seen.update(poll(hall, binh, seen.get("screen", {}).get("v", 0))[1])

    thread = threading.Thread(target=follow, daemon=True)
    thread.start()
    wait_for(lambda: "screen" in seen)
    hall.advance("ready")
    hall.advance("open")
    wait_for(lambda: seen["screen"]["data"]["phase"] == "open")
    choice = an.data["question"]["options"][0]["id"]
    assert an.answer(choice)["ok"]
    time.sleep(2)
    assert hall.host.phase == "open", "Bình has not answered yet"
    tallies = [said for event, said in hall.host.heard if event == "tally"]
    assert tallies[-1] == {"answered": 1, "present": 2, "waiting": [2], "delivered": 2, "late": []}, "who is waited for"
    mine = {"no": an.data["no"], "choice": choice, "id": "an answer of Bình"}
    stopped.set()
    assert post(f"{hall.server.url}/live/answer", mine, Authorization=f"Bearer {binh}")[1]["ok"]
    hall.wait("closed")
    thread.join(timeout=30)


def test_a_page_loaded_after_the_close_is_given_the_question(hall: Hall) -> None:
    an, chi = hall.join("An"), hall.seat("Chi")
    hall.advance("ready")
    hall.advance("open")
    question = an.data["question"]
    for phase in ("closed", "revealed"):
        hall.advance(phase)
        wait_for(lambda phase=phase: an.phase == phase)
        assert an.data["question"] is None, "who was there has it and is not sent it again"
        assert an.call("sync", {"v": 0})["screen"]["data"]["question"] == question
        assert poll(hall, chi)[1]["screen"]["data"]["question"] == question


def test_the_fallback_pays_like_a_socket(hall: Hall) -> None:
    an, binh = hall.seat("An"), hall.seat("Bình")
    v = poll(hall, an)[1]["screen"]["v"]
    said = together([lambda: poll(hall, an, v)] * 3)
    assert sorted(status for status, *_ in said) == [200, 200, 429]
    assert next(1 <= int(wait) <= 4 for status, _, wait in said if status == 429)
    assert {poll(hall, binh)[0] for _ in range(40)} == {200, 429}
    answer = {"no": 1, "choice": "a", "id": "12345678"}
    chi = f"Bearer {hall.seat('Chi')}"
    statuses = [post(f"{hall.server.url}/live/answer", answer, Authorization=chi)[0] for _ in range(150)]
    assert set(statuses) == {200, 429}
