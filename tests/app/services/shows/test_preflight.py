"""The check before a show looks at every question and every picture, sound and film of it."""

from __future__ import annotations

import pytest

from app.models.clips import Clip
from app.models.engines import Database, now_us
from app.models.shows import Opening
from app.services.banks import banks
from app.services.commit import reading, writing
from app.services.shows import preflight, scripts, shows
from quizzes.engine import HOST, Actor, Command
from quizzes.importers.contract import Imported
from tests.quizzes.contest.bank import question

FILM, SOUND, PICTURE = "film-of-a-question.mp4", "sound-of-a-question.mp3", "picture-of-a-question.webp"


@pytest.fixture(autouse=True)
def questions(bound: Database) -> None:
    drafts = [question("a"), question("b")]
    drafts += [question(name[:4], media={"name": name, "alt": {"vi": "Mô tả"}}) for name in (FILM, SOUND, PICTURE)]
    told = Imported(drafts=drafts, title={"vi": "Thử"}, topics={"t": {"vi": "Thử"}}, public=True)
    banks.replace_bank("small", told, "t")


def made(*keys: str, **more: str) -> int:
    script = {"title": {"vi": "Thử"}, "rounds": [{"format": "speed", "questions": list(keys)}]}
    return scripts.create("thử", script=script, **more).show_id


def opened(show_id: int) -> None:
    """Its first question is asked, and nothing after it."""
    for name in ("advance", "advance"):
        shows.perform(show_id, Command(name, Actor(HOST, 99), reading(now_us)(), {}))


def test_a_question_is_known_once_another_show_has_asked_something_though_it_never_ended() -> None:
    mine, begun, rehearsed, waiting = made("a"), made("a"), made("a", stakes="rehearsal"), made("a")
    assert preflight.of_show(mine).seen == 0
    opened(rehearsed)
    assert preflight.of_show(mine).seen == 0, "nobody but the crew saw it"
    opened(begun)
    assert preflight.of_show(mine).seen == 1
    opened(waiting)
    assert reading(lambda db: db.query(Opening).count())() == 3
    assert preflight.of_show(made("b")).seen == 0


def test_sound_and_film_that_are_not_there_whole_are_missed_like_pictures() -> None:
    show = made("film", "soun", "pict")
    found = preflight.of_show(show)
    assert (found.media, found.missing) == (3, 3)
    _keep(FILM, size=7)
    _keep(SOUND, size=0)  # it is still being stored
    assert preflight.of_show(show).missing == 2
    assert preflight.media_of(shows.replica(show).state) == sorted((FILM, SOUND, PICTURE))


@writing
def _keep(db, name: str, size: int) -> None:  # type: ignore[no-untyped-def]
    db.add(Clip(name=name, seconds=1, size=size, made_at=1))
