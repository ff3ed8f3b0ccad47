"""A stranger's message is refused before it can harm other people's messages."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from app.live.protocol import Act, Answer, Connect, Join, read
from app.saving import door
from quizzes.refusals import Rejected

BROKEN = ["\ud800aaaaaaaa", "\0aaaaaaaa", "aaaaaaaa\n", "aaaa\x85aaaa"]
FIELDS = [
    (Answer, {"no": 1, "choice": "a", "id": "aaaaaaaa"}, "id"),
    (Act, {"do": "advance", "id": "aaaaaaaa"}, "id"),
    (Act, {"do": "advance", "id": "aaaaaaaa"}, "do"),
    (Connect, {"ticket": "t"}, "ticket"),
    *((Join, {"pin": "123456", "name": "An"}, name) for name in ("pin", "device", "code", "team", "unit", "lang")),
]


@pytest.mark.parametrize("text", BROKEN)
@pytest.mark.parametrize(("kind", "message", "name"), FIELDS)
def test_text_that_no_database_takes_is_refused_at_the_door(
    kind: Any, message: dict[str, Any], name: str, text: str
) -> None:
    assert read(kind, message)
    with pytest.raises(Rejected, match="bad_request"):
        read(kind, message | {name: text})


@pytest.mark.parametrize("text", BROKEN)
def test_what_a_phone_saves_of_a_contest_is_refused_alike(text: str) -> None:
    body = json.dumps({"do": "flag", "device": text}).encode()
    environ = {"REQUEST_METHOD": "POST", "CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(body))}
    with pytest.raises(Rejected, match="bad_request"):
        door._read(environ | {"wsgi.input": io.BytesIO(body)})


def test_a_name_and_a_choice_are_judged_by_those_who_know_them() -> None:
    assert read(Join, {"pin": "123456", "name": "An\ud83d\n"}).name
    assert read(Answer, {"no": 1, "choice": "\ud800", "id": "aaaaaaaa"}).choice
