"""Screens rendered from the real rules: every role, phase, format and question type, strict about what is not there."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from app.live.screens.drawing import html_of
from app.live.screens.warming import warm
from quizzes import show
from quizzes.engine import AUDIENCE, HOST, MC, PLAYER, STAGE, Viewer
from quizzes.formats import FORMATS
from quizzes.questions import QUESTION_TYPES
from quizzes.settings.declared import with_defaults
from tests.look import harness, scenes
from tests.quizzes import people
from tests.quizzes.people import AN, BINH, CHI, Stage
from tests.quizzes.questions.samples import TWINS
from tests.quizzes.twins import variants

ROLES = (HOST, MC, STAGE, PLAYER, AUDIENCE)
NAMES = {1: "An", 2: "Bình", 3: "Chi", 4: "Dũng <script>alert(1)</script>"}
MOST_PLAYER_BYTES = 1_500


@pytest.fixture(scope="module")
def look() -> Iterator[Flask]:
    app = harness.create_app()
    with app.test_request_context("/"):
        yield app


def html(app: Flask, view: dict[str, Any], **more: Any) -> str:
    """As the live layer renders it."""
    seats = [
        {"seat": seat, "name": name, "code": "AB12", "present": True, "answered": False, "score": 1.5}
        for seat, name in NAMES.items()
    ]
    extra = {"seats": seats if view["role"] == HOST else [], "links": harness.LINKS}
    return html_of(app, view, more.get("names", NAMES), extra)


def shows() -> Iterator[tuple[str, Stage]]:
    """One show for each question type asked by `speed`, one for `buzzer`, one for `poll`."""
    for sample, _ in TWINS:
        yield (
            f"speed-{sample['type']}",
            Stage(people.speed(reading_s=3, show_question_in_ready=True), questions=[[sample] * 2]),
        )
    yield "buzzer", Stage(people.buzzer(), questions=[[people.single(1), people.single(2)]])
    yield "poll", Stage(people.poll(), questions=[[people.vote(1), people.word(2)]])


def steps(stage: Stage) -> Iterator[str]:
    """The show to its end, with answers, a buzz, a pause and a void on the way; yields at every picture of it."""
    for _ in range(60):
        yield stage.phase
        if stage.phase == "over":
            return
        if stage.phase == "open":
            if stage.ask.kind == "buzz":
                stage.buzz(*[seat for seat in (AN, BINH, CHI) if show.may_answer(stage.state, stage.ask.no, seat)][:2])
                yield "buzzed"
            else:
                choices = show.possible_choices(stage.state, stage.ask.no)
                for seat, choice in zip((AN, BINH, CHI), choices, strict=False):
                    stage.answer(seat, raw=choice)
            stage.command("pause")
            yield "paused"
            stage.command("resume")
        stage.advance()
        if stage.phase == "revealed" and stage.state.no == 1:
            stage.command("void", no=1, reason="thử")
            yield "void"
    raise AssertionError("the show never ended")


@pytest.mark.parametrize(("name", "stage"), list(shows()), ids=lambda value: value if isinstance(value, str) else "")
def test_every_picture_of_a_show_renders_for_everybody(look: Flask, name: str, stage: Stage) -> None:
    seen = set()
    for phase in steps(stage):
        seen.add(phase)
        for role in ROLES:
            for group in {show.group(stage.state, seat) for seat in (AN, BINH)} if role == PLAYER else {""}:
                text = html(look, show.view(stage.state, Viewer(role, group)))
                assert not re.search(r'\sstyle=|\son[a-z]+="|<script', text), f"{name} {phase} {role}"
                assert "None" not in text, f"{name} {phase} {role}: {text}"
    assert seen >= {"lobby", "ready", "open", "paused", "closed", "revealed", "over"}


def test_a_server_that_has_begun_compiles_nothing_while_a_show_is_played(monkeypatch: pytest.MonkeyPatch) -> None:
    app = harness.create_app()
    warm(app)
    monkeypatch.setattr(app.jinja_env, "compile", None)
    with app.test_request_context("/"):
        for _, stage in shows():
            for _ in steps(stage):
                for role in ROLES:
                    html(app, show.view(stage.state, Viewer(role)))


def test_a_name_is_text_on_every_screen(look: Flask) -> None:
    stage = Stage(people.speed(), questions=[[people.single(1)]])
    assert "&lt;script&gt;" in html(look, show.view(stage.state, Viewer(STAGE)))
    assert "&lt;script&gt;" in html(look, show.view(stage.state, Viewer(HOST)))


@pytest.mark.parametrize("key", sorted(FORMATS))
def test_every_format_has_its_screens_and_its_rules(look: Flask, key: str) -> None:
    module = look.jinja_env.get_template(f"formats/{key}.html").module
    assert all(callable(getattr(module, role)) for role in ROLES if role != MC)  # MCs read beside the stage's picture
    settings = {name: one.default for name, one in FORMATS[key].settings.items()}
    assert "<li>" in str(module.rules(settings))


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("key", sorted(FORMATS))
def test_rules_are_whole_sentences_whatever_is_set(look: Flask, key: str, lang: str) -> None:
    """No sentence sticks to the one before it or begins in its middle: for every preset, and settings at random."""
    form = FORMATS[key]
    given = [({**one.settings}, {**one.material}) for one in form.presets.values()]
    given += [(variants(form, random.Random(seed)), {}) for seed in range(20)]
    module = look.jinja_env.get_template(f"formats/{key}.html").module
    with look.test_request_context(f"/?lang={lang}"):
        for settings, material in given:
            told = str(module.rules({**material, **with_defaults(form.settings, settings)}))
            assert not material or "10 + 20 + 30" in told, "packages, as a show of them says"
            assert not re.search(r"[^\W\d_][.;:][^\W\d_]", re.sub(r"<[^>]+>", "\n", told)), settings
            assert all(one[0].isupper() or one[0].isdigit() for one in re.findall(r"<(?:li|p)>\s*([^<\s])", told))


def test_a_phone_has_a_sheet_for_everything_that_may_be_asked(look: Flask) -> None:
    page = look.test_client().get("/show").get_data(as_text=True)
    sheets = set(re.findall(r'<template data-sheet="(\w+)">', page))
    assert sheets >= QUESTION_TYPES.keys()
    asked = [
        (ask, (view["question"] or {}).get("type"))
        for _, stage in shows()
        for _ in steps(stage)
        for view in [show.view(stage.state, Viewer(PLAYER))]
        for ask in view["asks"]
    ]
    assert {"buzz", "word"} <= {name for ask, kind in asked for name in (ask["kind"], kind)}
    assert all(ask["kind"] in sheets or kind in sheets for ask, kind in asked)


@pytest.mark.parametrize("key", sorted(QUESTION_TYPES))
def test_every_question_type_has_its_four_faces(look: Flask, key: str) -> None:
    module = look.jinja_env.get_template(f"questions/{key}.html").module
    assert "data-text" in str(module.sheet())
    assert all(callable(getattr(module, name)) for name in ("board", "solve", "key"))


def test_no_screen_but_the_staffs_knows_the_key_before_the_reveal(look: Flask) -> None:
    """Two shows that differ only in what is right look the same to players and stage until then."""
    for twins in TWINS:
        stages = [Stage(people.speed(), questions=[[one]]) for one in twins]
        for _ in range(3):
            for stage in stages:
                stage.advance()
            for role in (PLAYER, STAGE, AUDIENCE):
                first, second = (html(look, show.view(one.state, Viewer(role))) for one in stages)
                assert (first == second) is (stages[0].phase != "revealed" or role != STAGE)
            if stages[0].phase == "open":
                first, second = (html(look, show.view(one.state, Viewer(HOST))) for one in stages)
                assert first != second or twins[0]["answer"] == twins[1]["answer"], "the host's key would be the same"


@pytest.mark.parametrize("phase", ["ready", "open", "closed", "revealed", "standings", "over"])
def test_a_screen_for_a_phone_is_small(look: Flask, phase: str) -> None:
    """A typical question: 85 letters, four options of up to 65; the explanation comes on top after the reveal."""
    view = scenes.view("player", phase)
    payload = {"v": 123_456, "html": html(look, view), "data": harness.data_of(view)}
    size = len(json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode())
    told = len(json.dumps(payload["data"].get("reveal"), ensure_ascii=False).encode()) if phase == "revealed" else 0
    standings = len(json.dumps(payload["data"].get("standings"), ensure_ascii=False).encode())
    assert size - told - standings <= MOST_PLAYER_BYTES
    assert len(payload["html"]) < 120


def test_a_player_is_told_why_there_is_nothing_to_answer(look: Flask) -> None:
    view = scenes.view("player", "open", group="late")
    assert "Bạn chơi từ câu tiếp theo" in html(look, view)


def test_the_reason_of_a_void_question_is_told_on_the_stage(look: Flask) -> None:
    view = scenes.view("stage", "revealed", void=[{"no": 7, "why": "void", "reason": "Hai đáp án đúng."}])
    assert "Câu này đã hủy, không tính điểm. Hai đáp án đúng." in html(look, view)


def test_a_dark_stage_is_dark(look: Flask) -> None:
    assert '<div class="blackout">' in html(look, scenes.view("stage", "open", blackout=True))
    assert "blackout" not in html(look, scenes.view("stage", "open"))


def test_an_undo_asks_the_host_afterwards_by_four_buttons_until_one_is_pressed(look: Flask) -> None:
    stage = Stage(people.speed(), questions=[[people.single(1)]])
    stage.until("open")
    asked = re.compile(r"""data-act="explain" data-args='\{"why": "(\w+)"\}'""")

    def buttons(role: str = HOST) -> list[str]:
        return asked.findall(html(look, show.view(stage.state, Viewer(role))))

    assert buttons() == []
    stage.command("undo")
    assert buttons() == list(show.WHYS)
    assert [buttons(role) for role in (STAGE, MC, PLAYER)] == [[], [], []]
    stage.command("explain", why="slip")
    assert buttons() == []
