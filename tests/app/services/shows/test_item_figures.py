"""How a question did in a show: from its journal, once it is over."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from app.services.shows import item_figures
from app.services.shows.asked import REHEARSAL
from quizzes.questions.contract import FULL
from tests.app.pages.shows.test_results import TOLD, played
from tests.quizzes.people import single


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_show_that_is_over_tells_of_its_questions(client: FlaskClient) -> None:
    made = played(single(1) | {"id": "mot"})
    found = item_figures.shown_in(made.public_id, "mot", "vi")
    assert found is not None
    right = sum(count for _, count, key in found.choices if key)
    assert (found.answers, found.right, right) == (3, 333, 1)
    assert found.time_us is None or found.time_us > 0, "who answers in the first millisecond says nothing of the time"
    assert sorted((count, right) for _, count, right in found.choices) == [
        (0, False),
        (1, False),
        (1, False),
        (1, True),
    ]
    assert item_figures.shown_in(made.public_id, "hai", "vi") is None, "it asked no such question"
    assert item_figures.shown_in("nothing", "mot", "vi") is None


def part(no: int, rights: list[int]) -> dict[str, Any]:
    results = {seat: [0, right, 1000] for seat, right in enumerate(rights, 1) if right}
    return {"no": no, "scored": True, "void": None, "body": {"id": f"q{no}"}, "results": results}


def test_who_knows_the_rest_is_told_from_who_does_not_and_chapters_apart() -> None:
    one, two, three = part(1, [FULL] * 5 + [0] * 5), part(2, [FULL] * 4 + [0] * 6), part(3, [FULL] * 6 + [0] * 4)
    who = {seat: 1 if seat <= 6 else 2 for seat in range(1, 11)}
    sharp = item_figures._discrimination(one, [one, two, three], who)
    assert sharp is not None and sharp > 800
    backward = part(4, [0] * 5 + [FULL] * 5)
    turned = item_figures._discrimination(backward, [one, two, three, backward], who)
    assert turned is not None and turned < -800
    assert item_figures._discrimination(one, [one], who) is None, "no rest to compare with"
    assert item_figures._discrimination(one, [one, three | {"void": "wrong"}], who) is None
    assert item_figures._chapters(one, who) == {1: (6, 833)}, "four people of a chapter are too few to be told of"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("question", TOLD.values(), ids=lambda one: one["type"])
def test_every_type_has_figures(client: FlaskClient, question: dict[str, Any]) -> None:
    found = item_figures.shown_in(played(question | {"id": "mot"}).public_id, "mot", "vi")
    assert found is not None and found.answers == 3 and 0 < found.right < 1000


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_rehearsal_tells_nothing(client: FlaskClient) -> None:
    made = played(single(1) | {"id": "mot"}, stakes=REHEARSAL)
    assert item_figures.shown_in(made.public_id, "mot", "vi") is None
