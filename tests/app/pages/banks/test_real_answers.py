"""The difficulty of a question, from real answers of contests that are over."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from flask import Flask

from app.pages.banks import desk, real_answers
from app.services.banks import own_banks
from app.services.banks.review_desk import Use
from app.services.files.containers import write_csv
from app.services.shows.item_figures import Shown
from quizzes.contest.desk.statistics import Item
from tests.app.pages.banks.test_desk import database_url as database_url
from tests.app.services.banks.test_own_banks import HEAD, load, row
from tests.organisation import Organisation, browser
from tests.people import AN


def use(number: int, *, over: bool = True) -> Use:
    return Use("contest", f"c{number}", {"vi": "Cuộc thi"}, 1, over, {}, number)


def test_the_answers_of_all_contests_say_how_hard_a_question_is(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {
        1: Item("b/q", 20, 900, 310, {}, ""),
        2: Item("b/q", 60, 300, -400, {}, "check_key"),
        3: Item("b/q", 99, 0, 0, {}, ""),
    }
    monkeypatch.setattr(real_answers.chapters, "names_of", lambda numbers: dict.fromkeys(numbers, "Chi đoàn"))
    monkeypatch.setattr(real_answers.statistics, "ready", lambda number: SimpleNamespace(items=[kept[number]]))
    found = real_answers.real([use(1), use(2), use(3, over=False)], "b/q")
    assert (found.answers, found.difficulty) == (80, 4), "450 of a thousand were right; what still runs tells nothing"
    assert real_answers.real([use(1)], "b/q").difficulty is None, "twenty answers are too few"
    assert real_answers.real([use(1)], "b/another").asked_in == []


def test_each_share_right_has_its_difficulty() -> None:
    assert [real_answers.level(share) for share in (1000, 850, 849, 700, 500, 300, 299, 0)] == [1, 1, 2, 2, 3, 4, 5, 5]


def test_the_page_tells_what_was_chosen_by_chapter_and_in_shows(
    app: Flask, org: Organisation, bank: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(org, bank, write_csv([HEAD, row("Nộp hồ sơ ở đâu?", "mot")]))
    client = browser(app, org.members[AN])
    one = own_banks.questions(bank)[0][0]
    item = Item("b/mot", 40, 600, 310, {'"#1"': 24, '"#0"': 16}, "", time_us=12_400_000, chapters={7: (9, 666)})
    shown = Shown(30, 500, 8_000_000, [("Cổng", 20, True), ("Chợ", 10, False)], 420, {8: (11, 455)})
    told = real_answers.Real([(use(1), item)], 3, 40, [(use(2), shown)], {7: "Chi đoàn Một", 8: "Chi đoàn Hai"})
    monkeypatch.setattr(desk, "real", lambda uses, name: told)
    page = client.get(f"/questions/{one.id}").text
    for words in ("thường mất 12 giây", "Chi đoàn Một", "66 % của 9 người", "thường mất 8 giây", "đúng 50 phần trăm"):
        assert words in page
    for words in ("Chi đoàn Hai", "45 % của 11 người", "phân biệt 0,42"):
        assert words in page, "a show tells as much as a contest"
