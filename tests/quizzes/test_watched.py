"""The shortcut of the leak test is none: whoever looks at a key is seen, and drawing everything finds nothing more."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from quizzes.grammar import Format
from tests.quizzes.formats import test_every_format as promises
from tests.quizzes.formats.test_every_format import FIRST, every_format
from tests.quizzes.people import single
from tests.quizzes.twins import KINDS, askable, opened
from tests.quizzes.watched import Watched, looks, watched

WAYS: list[Callable[[Any], Any]] = [
    lambda body: body["answer"],
    lambda body: body.get("answer"),
    lambda body: dict(body),
    lambda body: {**body},
    lambda body: body | {"text": ""},
    lambda body: {"text": ""} | body,
    lambda body: list(body.values()),
    lambda body: list(body.items()),
    lambda body: {name: body[name] for name in body},
    lambda body: json.dumps(body),
    lambda body: copy.copy(body),
    lambda body: copy.deepcopy(body),
    lambda body: body == {},
    lambda body: str(body),
]


@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_the_key_is_seen(way: Callable[[Any], Any]) -> None:
    body = Watched(single(1))
    assert body["text"]
    assert body.get("media") is None
    assert "answer" in body
    assert not body.looked
    way(body)
    assert body.looked


def test_pairs_of_questions_differ_in_their_key_alone() -> None:
    for one, other in KINDS:
        assert {name for name in one | other if one.get(name) != other.get(name)} == {"answer"}


@every_format
def test_a_drawing_that_is_not_compared_would_have_been_the_same(fmt: Format, monkeypatch: pytest.MonkeyPatch) -> None:
    """One seed of each day is drawn as if everybody had looked at every key."""
    monkeypatch.setattr(promises, "may_differ", lambda first, twin, question: True)
    promises.test_nothing_public_depends_on_a_key_before_its_reveal(fmt, FIRST)


def test_a_look_at_one_key_is_one_look() -> None:
    fmt = promises.FORMATS["speed"]
    played = watched(opened(fmt, [pair[0] for pair in askable(fmt)], "hạt"))
    _, looked = looks(played, lambda: played.questions[2]["answer"])
    assert looked == {2}
