"""`kill -9` in every question of a show, at random moments and at the worst ones; nothing acknowledged is lost."""

from __future__ import annotations

import json
import os
from pathlib import Path

from tests import serving

ROUNDS = 8
PLAYERS = 200 if os.environ.get("SCS_TEST_LONG") else 80
"""The number of seats that answer while the server dies: the kinds of moments are the same for more, and each costs a
second."""


def test_eight_kills_among_a_hall_of_players_lose_nothing(tmp_path: Path) -> None:
    rounds = str(ROUNDS)
    done = serving.command(tmp_path, "chaos", "--rounds", rounds, "--players", str(PLAYERS), "--json", within_s=900)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert found["acknowledged"] == PLAYERS * ROUNDS + 1, "and the buzz"
    assert (found["lost"], found["twice"], found["miscounted"], found["problems"]) == (0, 0, 0, [])
    assert (found["members"], found["misposted"]) == (5, 0)
    assert set(found["kills"]) == {"any", "storing", "stored", "performed-judge", "long", "buzz", "over"}
    assert found["suspended_and_resumed"] >= 1
