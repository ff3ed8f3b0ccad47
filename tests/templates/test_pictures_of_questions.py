"""The picture of a question is on every screen that shows the question: in each format, however it asks."""

from __future__ import annotations

import json

import pytest

from quizzes import show
from quizzes.engine import HOST, JUDGE, MC, STAGE, Viewer
from quizzes.formats import FORMATS
from tests.look import harness, played
from tests.quizzes.twins import askable, opened, playout

NAME = f"{'x' * 22}.webp"
TEXT = "Biển này báo điều gì?"
PICTURE = {"name": NAME, "alt": {"vi": "Biển báo"}}
SHOWN = ("open", "answering")
ROLES = (STAGE, HOST, MC, JUDGE)


@pytest.mark.parametrize("key", sorted(set(FORMATS) - {"judged"}))
def test_a_picture_is_where_its_question_is(key: str) -> None:
    app, fmt, without, seen = harness.create_app(), FORMATS[key], set(), set()
    questions = [{**pair[0], "text": {"vi": TEXT}, "media": PICTURE} for pair in askable(fmt)]
    settings = {name: json.loads(json.dumps(one.default)) for name, one in fmt.settings.items()}
    stage = opened(fmt, questions, "1", **settings)
    with app.test_request_context("/"):
        for _ in playout([stage], 1):
            for role in ROLES:
                view = show.view(stage.state, Viewer(role))
                asked = (view["asks"][0]["question"] if view["asks"] else view["question"]) or {}
                if view["phase"] in SHOWN and "media" in asked:
                    html = played.messages(app, stage, role, view)[0][1]["html"]
                    if TEXT in html:
                        seen.add(role)
                        without |= set() if NAME in html else {(role, view["phase"], asked["type"])}
    assert not without
    assert seen == set(ROLES)
