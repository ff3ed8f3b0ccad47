"""Whatever a format draws, everybody is told what the host did to results, and the stage what is laid over it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from quizzes import show
from quizzes.engine import HOST, JUDGE, MC, STAGE, Viewer
from quizzes.formats import FORMATS
from tests.look import harness
from tests.quizzes.people import EVERYBODY
from tests.quizzes.twins import askable, opened, playout, variants
from tests.templates.test_screens import html

CORRECTED = [{"no": 1, "seat": 2, "right": True, "reason_ref": 1, "reason": "Nghe nhầm", "round": 1, "question": 3}]
SENTENCES = ("Phần 1, câu 3.", "Sửa phán quyết: Bình trả lời đúng. Nghe nhầm.", "Bình nay là đội trưởng của Đội 1.")
VOID = "Câu này đã hủy, không tính điểm. Nghe nhầm"


@pytest.fixture(scope="module")
def look() -> Iterator[Flask]:
    app = harness.create_app()
    with app.test_request_context("/"):
        yield app


def viewers(state: show.ShowState) -> set[tuple[str, str]]:
    seats = {(show.role(state, seat, "public"), show.group(state, seat)) for seat in EVERYBODY}
    return seats | {(STAGE, ""), (HOST, ""), (MC, ""), (JUDGE, ""), ("player", "late"), ("audience", "aside")}


def with_news(view: dict[str, Any]) -> dict[str, Any]:
    void = [{"no": view["no"], "round": 1, "question": 1, "why": "void", "reason_ref": 1, "reason": "Nghe nhầm"}]
    return view | {"corrected": CORRECTED, "stepped_in": [(2, 1)], "team_names": [[1, "Đội 1"]], "void": void}


@pytest.mark.parametrize("key", sorted(FORMATS))
def test_a_correction_a_void_question_and_a_new_captain_are_told_on_every_screen(look: Flask, key: str) -> None:
    fmt, untold, seen = FORMATS[key], set(), 0
    for seed in range(2):
        stage = opened(fmt, [pair[0] for pair in askable(fmt)], f"{seed}", **variants(fmt, random.Random(seed)))
        for _ in playout([stage], seed):
            for role, group in viewers(stage.state):
                view = with_news(show.view(stage.state, Viewer(role, group)))
                text = " ".join(html(look, view).split())
                seen += 1
                untold |= {(stage.phase, role, group, one) for one in (*SENTENCES, VOID) if one not in text}
    assert seen
    assert untold == set()


@pytest.mark.parametrize("key", sorted(FORMATS))
def test_the_dark_and_the_shelf_lie_over_every_picture_of_the_stage(look: Flask, key: str) -> None:
    fmt = FORMATS[key]
    stage = opened(fmt, [pair[0] for pair in askable(fmt)], "hạt")
    for _ in playout([stage], 0):
        view = show.view(stage.state, Viewer(STAGE)) | {"blackout": True, "thrown": {"what": "logo"}}
        text = html(look, view)
        assert text.count('class="blackout"') == 1, stage.phase
        assert text.count('id="thrown-logo"') == 1, stage.phase
