"""The questions that a script draws from the banks: never siblings, and none that the script itself names."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from app.models.engines import Database
from app.services.banks import banks, media
from app.services.shows import asked as asked_
from app.services.shows import scripts, shows
from quizzes.importers.contract import Imported
from quizzes.script import check_script
from quizzes.siblings import unit
from tests.quizzes.contest.bank import question

DRAFTS = [
    question("day", siblings="x"),
    question("year", siblings="x"),
    question("month", siblings="x"),
    question("a"),
    question("b"),
]


def script(*rounds: dict[str, Any]) -> dict[str, Any]:
    return {"title": {"vi": "Thử"}, "rounds": [{"format": "speed", "settings": {}, **one} for one in rounds]}


@pytest.fixture
def bank(bound: Database) -> None:
    found = Imported(drafts=DRAFTS, title={"vi": "Thử"}, topics={"t": {"vi": "Thử"}}, public=True)
    banks.replace_bank("small", found, "test")


def asked(made: dict[str, Any], seed: str) -> list[str]:
    rounds, _ = asked_.draw_rounds(made, seed, asked_.Asker(None, None, asked_.POINTS, unreviewed=True))
    return [unit(one) for questions in rounds for one in questions]


def test_siblings_are_never_drawn_together_nor_beside_one_that_the_script_names(bank: None) -> None:
    draw = {"draw": {"count": 1, "banks": ["small"]}}
    for number in range(12):
        units = asked(script(draw, draw, draw), str(number))
        assert len(set(units)) == len(units) == 3
        assert "siblings x" not in asked(script(draw, draw, {"questions": ["day"]}), str(number))[:2]
    with pytest.raises(scripts.BadScript):
        scripts.create("thử", script=script({"draw": {"count": 4, "banks": ["small"]}}))


def test_the_picture_of_an_obstacle_is_frozen_in_pieces_that_alone_can_be_asked_for(bound: Database) -> None:
    out = io.BytesIO()
    Image.new("RGB", (100, 60), "red").save(out, "PNG")
    whole = media.store_picture(out.getvalue())
    first, *rest = scripts.cut_picture(
        {"format": "obstacle"}, [question("key") | {"media": {"name": whole}}, question("row")]
    )
    assert "media" not in first
    assert whole not in str(first)
    assert len({*first["pieces"]}) == 5
    assert all(media.picture(name) for name in first["pieces"])
    assert rest == [question("row")]
    kept = question("key") | {"media": {"name": whole}}
    assert scripts.cut_picture({"format": "speed"}, [kept]) == [kept]


def test_the_picture_of_a_round_is_material_and_of_it_only_the_pieces_are_frozen(bank: None) -> None:
    out = io.BytesIO()
    Image.new("RGB", (100, 60), "blue").save(out, "PNG")
    whole = media.store_picture(out.getvalue())
    texts = [{**question(name), "type": "text", "answer": ["sen"], "options": []} for name in ("key", "row")]
    slots = {"keyword": texts[:1], "rows": texts[1:]}
    part = {"format": "obstacle", "questions": slots, "material": {"picture": whole}}
    made = scripts.create("thử", script=script(part))
    created = shows.replica(made.show_id).state.created
    pieces = created["questions"][0][0]["pieces"]
    assert len({*pieces}) == 5
    assert all(media.picture(name) for name in pieces)
    assert whole not in str(created)
    for wrong in ("../etc/passwd", 7, f"{whole}.exe"):
        problems = check_script(script({**part, "material": {"picture": wrong}}))
        assert [(one.code, one.path) for one in problems] == [("bad_picture", ("rounds", 0, "material", "picture"))]
