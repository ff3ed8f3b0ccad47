"""Screens of a show tell the truth in every phase of every format: the step that the big button names, the key after
its reveal, phones that are never blank, the time of whoever has to speak, right and wrong where they are said."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from quizzes import show
from quizzes.engine import HOST, MC, PLAYER, STAGE, Viewer
from quizzes.formats import FORMATS
from quizzes.grammar import Format
from quizzes.show.changes import Rejected
from tests.look import harness
from tests.quizzes.formats.test_every_format import branch
from tests.quizzes.people import AN, BINH, CHI, EVERYBODY, Stage, buzzer, poll, single, speed, vote
from tests.quizzes.twins import askable, opened, playout, variants
from tests.templates.test_screens import html

SEEDS = 2
LEADS = {
    "Bắt đầu": {"ready", "open"},
    "Sang phần mới": {"ready", "open"},
    "Câu tiếp theo": {"ready", "open"},
    "Mở câu hỏi": {"open"},
    "Mở ngay": {"open"},
    "Đếm 3 - 2 - 1, mở câu hỏi": {"ready"},
    "Đọc xong, bấm giờ": {"open"},
    "Thôi chờ, để máy bốc thăm": {"ready"},
    "Đóng và chấm": {"closed", "answering", "open"},  # what is open is judged; then somebody answers, or another may
    "Đóng câu trả lời kín": {"closed", "revealed"},  # where verdicts are said aloud the key follows at once
    "Bỏ qua, không tính điểm": {"answering", "open", "closed", "revealed"},
    "Hiện đáp án": {"revealed"},
    "Hiện kết quả": {"revealed"},
    "Công bố": {"revealed"},
    "Bảng xếp hạng": {"standings"},
    "Nghỉ giữa phần": {"break"},
    "Kết thúc, trao giải": {"over"},
    "Kết thúc chương trình": {"over"},
    "Tiếp tục": {"ready", "open", "answering", "closed", "revealed", "standings", "break"},
}
"""The words of the big button, and the phases it may lead to."""
every_format = pytest.mark.parametrize("key", sorted(FORMATS))


@pytest.fixture(scope="module")
def look() -> Iterator[Flask]:
    app = harness.create_app()
    with app.test_request_context("/"):
        yield app


def moments(fmt: Format) -> Iterator[Stage]:
    """Shows of the format played at random: with its defaults, and with other settings."""
    for seed in range(SEEDS):
        questions = [pair[0] for pair in askable(fmt)] * 2
        stage = opened(fmt, questions, f"{seed}", **(variants(fmt, random.Random(seed)) if seed else {}))
        for _ in playout([stage], seed):
            yield stage


def seen(text: str) -> str:
    """The words that stand on a screen, without those for ears alone."""
    text = re.sub(r'<(\w+)[^>]*class="visually-hidden"[^>]*>[^<]*</\1>|<(\w+)[^>]* hidden[^>]*>[^<]*</\2>', " ", text)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).strip()


def big_button(text: str) -> tuple[str, str]:
    """The act of the console's big button, and what it says."""
    found = re.search(r'<button class="next" data-act="(\w+)".*?</small>(.*?)</span>', text, re.S)
    assert found
    return found[1], seen(found[2].split("<i>")[0])


def pressed(stage: Stage, act: str) -> str:
    """The phase that follows; the show itself stays where it is."""
    one = branch(stage)
    one.at += 1_000_000
    one.command(act)
    one.settle()
    return one.phase


@every_format
def test_the_big_button_says_what_it_does_the_key_is_told_and_no_phone_is_blank(look: Flask, key: str) -> None:
    wrong: set[Any] = set()
    for stage in moments(FORMATS[key]):
        view = show.view(stage.state, Viewer(HOST))
        text = html(look, view)
        act, says = big_button(text)
        if (led := pressed(stage, act)) not in LEADS[says]:
            wrong.add((stage.phase, says, led))
        wrong |= set(untold_keys(stage, view, text)) | set(blank_phones(look, stage)) | set(missing_clocks(look, stage))
    assert wrong == set()


def untold_keys(stage: Stage, view: dict[str, Any], text: str) -> Iterator[Any]:
    """After the reveal the key stands on the console, and options are marked."""
    question, reveal = view["question"] or {}, view["reveal"] or {}
    if stage.phase != "revealed" or not question.get("text") or not reveal.get("answer"):
        return
    told = re.search(r'class="key open".*?<div class="told"><h2>[^<]*</h2>(.*?)</div>', text, re.S)
    if not told or not seen(told[1]):
        yield question["type"], "the key's box is empty"
    if (
        question["options"]
        and question["type"] in ("single", "multiple", "true_false")
        and not re.search(r"<li[^>]* data-right", text)
    ):
        yield question["type"], "no option is marked"


def blank_phones(look: Flask, stage: Stage) -> Iterator[Any]:
    """Between announcement and standings each phone has something to read or to press, also one loaded just now."""
    if stage.phase not in ("open", "answering", "closed", "revealed"):
        return
    for seat in EVERYBODY:
        role, group = show.role(stage.state, seat, "public"), show.group(stage.state, seat)
        view = show.view(stage.state, Viewer(role, group))
        text = html(look, view)
        asks = {int(no) for no in re.findall(r'data-ask="(\d+)"', text)}
        faces = {one["no"] for one in view["asks"]} | ({view["no"]} if (view["question"] or {}).get("text") else set())
        told = stage.phase == "revealed" and (view["reveal"] or {}).get("answer")
        if not asks & faces and not told and not seen(text) and 'class="hid"' not in text:
            yield stage.phase, role, group, "blank"


def missing_clocks(look: Flask, stage: Stage) -> Iterator[Any]:
    """Stage, console, MC and that phone show the time before which somebody has to speak."""
    if stage.phase != "answering" or show.deadline(stage.state) is None:
        return
    for role in (STAGE, HOST, MC):
        if "<time-left" not in html(look, show.view(stage.state, Viewer(role))):
            yield role, "no clock"
    if "<time-left" not in html(look, show.view(stage.state, Viewer(PLAYER, "answering"))):
        yield PLAYER, "no clock"


@every_format
def test_each_verdict_that_is_spoken_is_told_on_the_stage_and_to_that_phone(look: Flask, key: str) -> None:
    """As soon as everybody may know it: at once where others go on, else with the key."""
    told = 0
    for stage in moments(FORMATS[key]):
        acts = {one["do"] for one in show.view(stage.state, Viewer(HOST))["acts"]}
        for act in {"right", "wrong"} & acts:
            own = show.view(stage.state, Viewer(HOST))["format"]
            seat = own.get("answering") or own["turn"]
            one = branch(stage)
            try:
                one.command(act)
                one.settle()
                if one.phase == "closed" and one.state.format.key not in ("buzzer", "obstacle"):
                    one.advance()  # what nobody else may answer is told with the key
            except Rejected:
                continue
            told += 1
            where = {role: html(look, show.view(one.state, Viewer(role))) for role in (STAGE, PLAYER)}
            kind = {"right": "yes", "wrong": "no"}[act]
            assert re.search(rf'<section class="flood {kind}"', where[STAGE]), (one.phase, act)
            if "solved" not in own:
                assert f'class="verdict {kind}" data-of-seat="{seat}"' in where[PLAYER], (one.phase, act)
    assert told or key not in ("buzzer", "warm_up", "finish", "obstacle", "draw", "tie_break", "wheel")


def test_what_decides_between_equal_points_is_said_where_ranks_are_shown(look: Flask) -> None:
    stage = Stage(speed(), questions=[[single(1)]])
    stage.until("open")
    stage.answer(AN)
    for phase in ("standings", "over"):
        stage.until(phase)
        while phase == "over" and stage.state.unveiled < 2:
            stage.command("unveil")
        for role in (STAGE, HOST, MC):
            text = html(look, show.view(stage.state, Viewer(role)))
            assert "Bằng điểm: ai đúng nhiều câu hơn đứng trên" in text, (phase, role)


@pytest.mark.parametrize("key", [key for key in sorted(FORMATS) if FORMATS[key].places or FORMATS[key].orders])
def test_a_format_that_ranks_by_something_else_says_by_what(look: Flask, key: str) -> None:
    said = FORMATS[key].ranks_by
    assert said
    shown = [
        html(look, show.view(stage.state, Viewer(STAGE)))
        for stage in moments(FORMATS[key])
        if stage.phase == "standings" and (stage.state.table.places or stage.state.table.orders)
    ]
    assert shown
    assert all(said in text and "ai đúng nhiều câu hơn" not in text for text in shown)


def test_before_anybody_has_a_point_nobody_is_the_first(look: Flask) -> None:
    played = [
        Stage(poll(), questions=[[vote(1)]]),
        Stage(speed(), questions=[[single(1)]]),
        Stage(buzzer(), questions=[[single(1)]]),
    ]
    for stage in played:
        stage.until("over")
        assert show.me(stage.state, CHI)["rank"] is None
        for role in (STAGE, HOST, MC):
            text = html(look, show.view(stage.state, Viewer(role)))
            assert "data-place" not in text
            assert "chúc mừng" not in text
            assert '<section class="top"' not in text


def test_a_verdict_that_was_made_right_is_told_on_the_stage_and_why(look: Flask) -> None:
    stage = Stage({"format": "warm_up", "settings": {"each": 0, "common": 1}}, questions=[[single(1)]])
    stage.until("open")
    stage.buzz(BINH)
    stage.until("answering")
    stage.command("right")
    stage.settle()
    stage.command("correct", no=stage.ask.no, seat=BINH, right=False, reason_ref=1)
    assert "Sửa phán quyết: Bình trả lời sai." in html(look, show.view(stage.state, Viewer(STAGE)))


def all_equal(people: int, teams: dict[str, Any] | None = None) -> Stage:
    stage = Stage(speed(seconds=0), questions=[[single(1)]], room={"upto": people, "without": []}, teams=teams)
    stage.until("open")
    for seat in range(1, people + 1):
        stage.answer(seat, 0)
    stage.until("over")
    return stage


@pytest.mark.parametrize(("people", "named", "others"), [(3, 3, 0), (4, 4, 0), (10, 10, 0), (30, 10, 20)])
def test_all_who_share_the_first_place_stand_on_the_podium(look: Flask, people: int, named: int, others: int) -> None:
    stage = all_equal(people)
    console = html(look, show.view(stage.state, Viewer(HOST)))
    steps = 3 if people == 3 else 1
    assert ("Mời hạng ba" if steps == 3 else "Mời hạng nhất") in console
    for _ in range(steps + 1):
        stage.command("unveil")
    podium = html(look, show.view(stage.state, Viewer(STAGE))).split('class="steps"')[1].split("</ol>")[0]
    assert podium.count("<b data-fit>") == named
    assert podium.count("<i>1</i>") == steps
    assert (f"và {others} bạn nữa" in podium) is bool(others)


def test_standings_from_the_shelf_are_the_teams_where_people_play_in_teams(look: Flask) -> None:
    stage = all_equal(4, teams={"form": "lot", "count": 2, "names": ["Sen", "Súng"]})
    stage.command("throw", what="standings")
    view = show.view(stage.state, Viewer(STAGE))
    assert [(row["team"], row["score"], row["rank"]) for row in view["thrown"]["rows"]] == [(1, 200, 1), (2, 200, 1)]
    text = html(look, view)
    board = text.split('id="thrown-standings"')[1].split("</ol>")[0]
    assert (board.count("<li"), "Đội 1" in board) == (2, True)
