"""How a question did in a show: from its journal, once it is over."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from app.services.shows import item_figures
from app.services.shows.asked import REHEARSAL
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


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("question", TOLD.values(), ids=lambda one: one["type"])
def test_every_type_has_figures(client: FlaskClient, question: dict[str, Any]) -> None:
    found = item_figures.shown_in(played(question | {"id": "mot"}).public_id, "mot", "vi")
    assert found is not None and found.answers == 3 and 0 < found.right < 1000


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_rehearsal_tells_nothing(client: FlaskClient) -> None:
    made = played(single(1) | {"id": "mot"}, stakes=REHEARSAL)
    assert item_figures.shown_in(made.public_id, "mot", "vi") is None
