"""Each round of a show has a light of its own on the stage."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

from quizzes.formats import FORMATS
from quizzes.show.grounds import GROUNDS, OWN, grounds

CSS = (Path(__file__).parents[3] / "static/css/live/stage.css").read_text()


def test_rounds_of_one_show_never_share_a_light_while_there_are_enough() -> None:
    for formats in (["speed"] * len(GROUNDS), ["speed", "warm_up", "speed", "finish", "poll"], [*OWN]):
        assert len(set(grounds(formats))) == len(formats)


def test_a_format_is_known_by_its_light_wherever_its_round_stands() -> None:
    assert grounds(["speed", "speed", "golden_bell", "speed"])[2] == OWN["golden_bell"]
    assert all(grounds(["speed", key, "speed"])[1] == ground for key, ground in OWN.items())
    assert OWN.keys() <= FORMATS.keys()


def test_a_long_show_has_no_two_alike_near_each_other() -> None:
    found = grounds(["warm_up", "speed", "speed"] * 12)
    assert all(one != other for one, other in itertools.pairwise(found))
    assert all(len(set(found[at : at + 5])) == 5 for at in range(len(found) - 5))


def test_every_light_is_drawn_and_looks_like_no_other() -> None:
    drawn = dict(re.findall(r'\[data-ground="(\w+)"\] \{([^}]*)\}', CSS))
    assert drawn.keys() == {*GROUNDS, "lobby", "gold"}
    assert len({re.sub(r"\s", "", colours) for colours in drawn.values()}) == len(drawn)
