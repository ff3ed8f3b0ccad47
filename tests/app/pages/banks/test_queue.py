"""The queue of a reviewer: keys in the list, many taken a step at once, and from one question to the next."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.services.banks import own_banks, review_desk
from app.services.people.roles import grant_role
from tests.app.pages.banks.test_desk import written
from tests.organisation import Organisation, browser, plant, send
from tests.people import AN, BINH


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The engine makes no difference here."""
    return sqlite_url


@pytest.fixture
def org(app: Flask) -> Organisation:
    """An has written three questions in two banks of the branch that Bình organises."""
    planted = plant()
    grant_role(None, planted.members[AN], "author", planted.branch)
    an = browser(app, planted.members[AN])
    for title, texts in (("Một", ("Câu đầu?", "Câu giữa?")), ("Hai", ("Câu cuối?",))):
        bank = own_banks.create_bank(planted.members[BINH], planted.branch, title)
        for text in texts:
            assert send(an, f"/banks/{bank}/new", **written(text=text)).status_code == 302
    return planted


def states(org: Organisation) -> list[str]:
    return [one.state for one, _, _ in review_desk.waiting(org.members[BINH])[0]]


def test_the_queue_shows_keys_and_takes_questions_of_several_banks_a_step_on_at_once(
    app: Flask, org: Organisation
) -> None:
    binh = browser(app, org.members[BINH])
    page = binh.get("/reviews").text
    assert page.count("Đáp án: <b>A</b>") == 3
    assert "data-all" in page
    ticked = re.findall(r'name="question" value="([\d.\s]+?)"', page)
    assert send(binh, "/reviews", question=[re.sub(r"\s", "", one) for one in ticked], to="reviewed").status_code == 302
    assert states(org) == ["reviewed"] * 3
    assert send(browser(app, org.members[AN]), "/reviews", question=ticked, to="approved").status_code == 403


def test_one_question_of_the_queue_leads_to_the_next_over_the_banks(app: Flask, org: Organisation) -> None:
    binh = browser(app, org.members[BINH])
    numbers = [one.id for one, _, _ in review_desk.waiting(org.members[BINH])[0]]
    middle = binh.get(f"/questions/{numbers[1]}?queue=").text
    for beside, rel in ((numbers[0], "prev"), (numbers[2], "next")):
        assert re.search(rf'href="/questions/{beside}\?queue="[^>]*rel="{rel}"', middle)
    first = binh.get(f"/questions/{numbers[0]}?queue=").text
    assert 'rel="prev"' not in first
    assert 'href="/reviews"' in first


def test_what_is_ticked_before_approving_is_ticked_line_by_line(app: Flask, org: Organisation) -> None:
    """Choosing all questions is not having checked them."""
    bank = own_banks.banks_of(org.members[BINH])[0].id
    review_desk.set_checklist(org.members[BINH], bank, ["Đã mở nguồn"])
    for address in ("/reviews", f"/banks/{bank}"):
        box = re.search(r'<input[^>]*name="checked"[^>]*>', browser(app, org.members[BINH]).get(address).text)
        assert box and "data-apart" in box[0]
