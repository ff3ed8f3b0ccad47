"""The results page of a show: every question once, however often the bell was opened for it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.live.questions import closing
from app.models.engines import now_us
from app.services.commit import reading
from app.services.shows import ballots, scripts, seats, shows
from app.services.shows.seats import Newcomer
from quizzes import show as rules
from quizzes.engine import CLOCK, HOST, Actor, Command
from quizzes.questions import QUESTION_TYPES, canonical, of
from tests.organisation import browser, plant
from tests.people import AN, BINH, CHI, DUNG
from tests.quizzes.people import buzzer, script, single, speed
from tests.quizzes.questions.samples import TWINS

clock = reading(now_us)


def act(made: scripts.Created, name: str, role: str = HOST, **args: object) -> None:
    shows.perform(made.show_id, Command(name, Actor(role, None if role == CLOCK else made.host.number), clock(), args))


def settle(made: scripts.Created) -> None:
    for ask in rules.unjudged(shows.catch_up(made.show_id).state):
        act(made, "settled", CLOCK, no=ask.no)
        closing.judge(made.show_id, ask.no)


def bell(made: scripts.Created, seat: int) -> None:
    ask = rules.asks(shows.catch_up(made.show_id).state)[-1]
    line = ballots.Line(made.show_id, ask.no, seat, 0, f"buzz-of-{seat}-{ask.no}", "true", clock())
    assert ballots.store([line]) == ["ok"]
    act(made, "close_now")
    settle(made)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_each_question_stands_once_though_the_bell_was_opened_twice(client: FlaskClient) -> None:
    rounds = [
        buzzer(after_wrong="reopen", attempts=3) | {"questions": [single(1), single(2)]},
        speed() | {"questions": [single(3)]},
    ]
    made = scripts.create("made up", script=script(*rounds), seed="hạt")
    an, binh = (
        seats.take(made.show_id, Newcomer(name=name, device=f"{name:_<20}", lang="vi"))[0].number for name in (AN, BINH)
    )
    act(made, "advance")
    act(made, "advance")
    bell(made, an)
    act(made, "wrong")
    bell(made, binh)
    act(made, "right")
    for _ in range(40):
        if shows.catch_up(made.show_id).state.phase == "over":
            break
        act(made, "advance")
        settle(made)
    page = client.get(f"/results/{made.public_id}").get_data(as_text=True)
    assert [page.count(f"Câu hỏi {number}?") for number in (1, 2, 3)] == [1, 1, 1]
    assert "1 người đúng trong 2 câu trả lời" in page


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_a_corrected_verdict_took_back_is_no_question_of_its_own(client: FlaskClient) -> None:
    rounds = [buzzer(after_wrong="reopen", attempts=3) | {"questions": [single(1)]}]
    made = scripts.create("made up", script=script(*rounds), seed="hạt")
    an = seats.take(made.show_id, Newcomer(name=AN, device=f"{AN:_<20}", lang="vi"))[0].number
    seats.take(made.show_id, Newcomer(name=BINH, device=f"{BINH:_<20}", lang="vi"))
    act(made, "advance")
    act(made, "advance")
    bell(made, an)
    act(made, "wrong")
    act(made, "correct", no=1, seat=an, right=True, reason="nghe nhầm")
    for _ in range(10):
        if shows.catch_up(made.show_id).state.phase != "over":
            act(made, "advance")
            settle(made)
    page = client.get(f"/results/{made.public_id}").get_data(as_text=True)
    assert len(re.findall(r"<h3>Câu \d+\. ", page)) == 1
    assert "1 người đúng trong 1 câu trả lời" in page


def played(question: dict[str, Any], **more: Any) -> scripts.Created:
    """A show of one question: An answers right, Bình and Chi otherwise; it is over."""
    made = scripts.create("made up", script=script(speed() | {"questions": [question]}), seed="hạt", **more)
    people = [
        seats.take(made.show_id, Newcomer(name=name, device=f"{name:_<20}", lang="vi"))[0].number
        for name in (AN, BINH, CHI)
    ]
    while not (asks := rules.asks(shows.catch_up(made.show_id).state)):
        act(made, "advance")
    kind, shown, at = of(question), asks[0].shown, max(clock(), (asks[0].opens_at or 0) + 1)  # milliseconds are coarse
    right, *others = sorted(kind.possible(question, shown), key=lambda one: -kind.grade(question, shown, one))
    lines = [
        ballots.Line(made.show_id, asks[0].no, seat, 0, f"of-{seat}", canonical(choice), at)
        for seat, choice in zip(people, (right, others[0], others[-1]), strict=True)
    ]
    assert ballots.store(lines) == ["ok"] * 3
    act(made, "close_now")
    settle(made)
    for _ in range(40):
        if shows.catch_up(made.show_id).state.phase != "over":
            act(made, "advance")
    return made


def said(page: str) -> tuple[dict[str, bool], str]:
    """Each option with whether it is marked right; the key in words."""
    options = re.findall(r"<li><span>(.+?)( <span[^>]*>đúng</span>)?</span> <meter", page)
    key = re.search(r"<b>Đáp án:</b> (.+?)</p>", page)
    return {text: bool(mark) for text, mark in options}, key[1] if key else ""


def number(index: int) -> str:
    return f"Phương án {index + 1}"


EXPECTED = {
    "single": lambda answer: ({number(at): at == answer for at in range(4)}, ""),
    "multiple": lambda answer: ({number(at): at in answer for at in range(4)}, ""),
    "true_false": lambda answer: ({"Đúng": answer, "Sai": not answer}, ""),
    "true_false_set": lambda answer: ({number(at): true for at, true in enumerate(answer)}, None),
    "ordering": lambda answer: ({number(at): False for at in answer}, "; ".join(map(number, answer))),
    "matching": lambda answer: (
        {number(at): False for at in (3, 4, 5)},
        "; ".join(f"{number(one)} – {number(answer[one])}" for one in (0, 2, 1)),  # in the order the seed shows
    ),
    "text": lambda answer: ({}, "; ".join(answer)),
    "number": lambda answer: ({}, None),
    "hotspot": lambda answer: ({}, ", ".join(answer)),
}
PAIRS = "matching"
TOLD = {
    one["type"]: one for pair in TWINS for one in pair if len(one.get("options", [])) in (0, 4) or one["type"] == PAIRS
}
ALL_RIGHT = next(one for pair in TWINS for one in pair if one["type"] == "multiple") | {"answer": [0, 1, 2, 3, 4]}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("question", TOLD.values(), ids=lambda one: one["type"])
def test_the_page_tells_the_key_of_every_type_and_counts_people_not_marks(
    client: FlaskClient, question: dict[str, Any]
) -> None:
    page = client.get(f"/results/{played(question).public_id}").get_data(as_text=True)
    options, key = said(page)
    wanted, words = EXPECTED[question["type"]](question["answer"])
    assert options == wanted
    assert key == words if words is not None else key
    assert "trong 3 câu trả lời" in page


def test_no_type_of_question_is_left_out_of_the_page() -> None:
    assert set(TOLD) == set(EXPECTED) == set(QUESTION_TYPES)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_where_every_option_is_right_each_is_marked(client: FlaskClient) -> None:
    page = client.get(f"/results/{played(ALL_RIGHT).public_id}").get_data(as_text=True)
    assert said(page) == ({number(at): True for at in range(5)}, "")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_host_elsewhere_does_not_take_the_table_of_the_people(app: Flask) -> None:
    org = plant()
    made = played(single(1), host_member_id=org.members[BINH], chapter_id=org.branch)
    answered = {
        name: [
            browser(app, org.members[name]).get(f"/results/{made.public_id}/{kind}").status_code
            for kind in ("csv", "xlsx")
        ]
        for name in (AN, BINH, CHI, DUNG)
    }
    assert answered == {AN: [403, 403], BINH: [200, 200], CHI: [200, 200], DUNG: [403, 403]}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_page_offers_files_and_awards_only_to_those_who_may_take_them(app: Flask) -> None:
    org = plant()
    made = played(single(1), host_member_id=org.members[BINH], chapter_id=org.branch)
    pages = {
        name: browser(app, org.members[name]).get(f"/results/{made.public_id}").text for name in (AN, BINH, CHI, DUNG)
    }
    assert [name for name, page in pages.items() if "/csv" in page] == [BINH, CHI]
    awarding = f"/chapters/{org.branch}/awards/new?source=show:{made.public_id}"
    assert [name for name, page in pages.items() if awarding in page] == [BINH, CHI], "who organise here"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_results_tell_teams_corrections_and_pass_over_what_asked_no_question(client: FlaskClient) -> None:
    rounds = [
        buzzer() | {"questions": [single(1)]},
        {"format": "finish", "settings": {"each": 1}, "questions": [single(2)]},
    ]
    teams = {"form": "host", "count": 2, "names": ["Sen hồng"]}
    made = scripts.create("made up", script={**script(*rounds), "teams": teams}, seed="hạt")
    an, binh = (
        seats.take(made.show_id, Newcomer(name=name, device=f"{name:_<20}", lang="vi"))[0].number for name in (AN, BINH)
    )
    act(made, "team", seats=[an], team=1)
    act(made, "team", seats=[binh], team=2)
    act(made, "advance")
    act(made, "advance")
    bell(made, an)
    act(made, "wrong")
    act(made, "correct", no=1, seat=an, right=True, reason="Nghe nhầm đáp án")
    while shows.catch_up(made.show_id).state.phase != "over":
        act(made, "advance")
        settle(made)
    page = client.get(f"/results/{made.public_id}")
    assert page.status_code == 200
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))
    assert "Xếp hạng các đội" in words and "Sen hồng" in words and "Đội 2" in words
    assert "Sửa phán quyết" in words and "trả lời đúng" in words and "Nghe nhầm đáp án" in words


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("points", [0, 1])
def test_there_is_no_first_without_a_point_and_what_decides_is_said(client: FlaskClient, points: int) -> None:
    made = scripts.create("made up", script=script(speed() | {"questions": [single(1)]}), seed="hạt")
    for name in (AN, BINH):
        seats.take(made.show_id, Newcomer(name=name, device=f"{name:_<20}", lang="vi"))
    while shows.catch_up(made.show_id).state.phase != "revealed":
        act(made, "advance")
        settle(made)
    if points:
        act(made, "adjust", seat=1, points=points, reason="Phần thi ngoài")
    while shows.catch_up(made.show_id).state.phase != "over":
        act(made, "advance")
    page = client.get(f"/results/{made.public_id}").text
    assert re.findall(r'<li data-place="([^"]+)"', page) == (["1", "–"] if points else ["–", "–"])
    assert ("Bằng điểm: ai đúng nhiều câu hơn đứng trên" in page) is bool(points)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_show_on_a_topic_opens_its_teaching_questions(client: FlaskClient) -> None:
    about = client.get(f"/results/{played(single(1) | {'topic': 'cashless'}).public_id}").get_data(as_text=True)
    assert "Chỉ lại cho một người nữa" in about and "Tài khoản thanh toán" in about
    assert "Có người gọi điện xin mã OTP. Ta làm gì?" in about and "Không đọc, tắt máy" in about
    assert "/movement/teach?services=payment" in about and "vneid2" not in about
    other = client.get(f"/results/{played(single(2) | {'topic': 'strategy'}).public_id}").get_data(as_text=True)
    assert "Chỉ lại cho một người nữa" not in other
