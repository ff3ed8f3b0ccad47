"""Two tabs write one script: whoever comes second keeps what was typed and sees both versions."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.services.banks import banks
from app.services.shows import own_scripts
from tests.organisation import Organisation, browser, plant, send
from tests.people import CHI

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
OWN = {
    "type": "single",
    "text": "Chi đoàn ta họp thứ mấy?",
    "option_A": "Thứ sáu",
    "option_B": "Thứ bảy",
    "answer": "b",
}
OTHER = OWN | {"text": "Ai là bí thư chi đoàn ta?"}


@pytest.fixture
def org(app: Flask) -> Organisation:
    banks.load_shipped()
    return plant()


class Tabs:
    """A script open in two tabs of one host."""

    def __init__(self, client: FlaskClient, member_id: int) -> None:
        self.client, self.member = client, member_id
        made = send(client, "/shows/compose", title="Đêm hội", stakes="none", do="save")
        self.address = re.sub(r"#.*", "", made.headers["Location"])

    @property
    def body(self) -> dict[str, object]:
        return own_scripts.one(self.member, self.address.rpartition("/")[2]).body

    def opened(self, path: str = "") -> dict[str, str]:
        return hidden(self.client.get(self.address + path).text)

    def sent(self, path: str = "", **typed: str) -> tuple[int, str]:
        answer = send(self.client, self.address + path, **typed)
        return answer.status_code, answer.text


def hidden(page: str) -> dict[str, str]:
    found = (re.search(rf'name="{name}" value="([^"]*)"', page) for name in ("seen", "shape"))
    return {name: one[1] for name, one in zip(("seen", "shape"), found, strict=True) if one}


@pytest.fixture
def tabs(app: Flask, org: Organisation) -> Tabs:
    return Tabs(browser(app, org.members[CHI]), org.members[CHI])


def test_the_second_tab_keeps_its_fields_and_sees_both_versions(tabs: Tabs) -> None:
    old = tabs.opened()
    assert tabs.sent(**old, title="Đêm hội của Bình", do="save", **{"r0-format": "speed"})[0] == 302
    mine = {
        "title": "Đêm hội của Chi",
        "about": "Chi gõ câu này",
        "r0-format": "speed",
        "r0-title": "Khởi động của Chi",
    }
    status, page = tabs.sent(**old, **mine, do="create")
    assert status == 409
    for words in ("Đêm hội của Bình", "Đêm hội của Chi", "Chi gõ câu này", "Khởi động của Chi", "Bạn vừa gõ"):
        assert words in page, words
    assert 'value="Khởi động của Chi"' in page, "the field of the round still shows it"
    assert tabs.body["title"] == {"vi": "Đêm hội của Bình"}
    assert tabs.sent(**hidden(page), **mine, do="save")[0] == 302
    assert tabs.body["title"] == {"vi": "Đêm hội của Chi"}


def test_fields_of_a_round_that_has_become_another_are_told_but_not_written_over_it(tabs: Tabs) -> None:
    old, write = tabs.opened(), "/rounds/0/write"
    assert tabs.sent(write, **tabs.opened(write), **OWN)[0] == 302
    status, page = tabs.sent(**old, title="Đêm hội", do="add", **{"r0-format": "poll", "r0-title": "Hỏi ý kiến"})
    assert status == 409
    assert "Hỏi ý kiến" in page
    assert 'value="Hỏi ý kiến"' not in page
    assert "Chi đoàn ta họp" in page


@pytest.mark.parametrize("number", ["", "?number=0"])
def test_a_question_typed_meanwhile_is_kept_and_can_still_be_saved(tabs: Tabs, number: str) -> None:
    write = "/rounds/0/write"
    assert tabs.sent(write, **tabs.opened(write), **OTHER)[0] == 302
    old = tabs.opened(write + number)
    assert tabs.sent(**tabs.opened(), title="Đêm hội khác", do="save")[0] == 302
    status, page = tabs.sent(write + number, **old, **OWN)
    assert status == 409
    assert OWN["text"] in page
    assert (OTHER["text"] in page) == bool(number)
    assert tabs.sent(write + number, **hidden(page), **OWN)[0] == 302
    assert [one["text"]["vi"] for one in tabs.body["rounds"][0]["questions"]] == (  # type: ignore[index]
        [OWN["text"]] if number else [OTHER["text"], OWN["text"]]
    )


def test_a_question_that_was_taken_out_meanwhile_can_be_added_again(tabs: Tabs) -> None:
    write, last = "/rounds/0/write", "/rounds/0/write?number=0"
    assert tabs.sent(write, **tabs.opened(write), **OTHER)[0] == 302
    old = tabs.opened(last)
    assert tabs.sent(**tabs.opened(), title="Đêm hội", do="drop:0:0")[0] == 302
    status, page = tabs.sent(last, **old, **OWN)
    assert (status, OWN["text"] in page) == (409, True)
    assert 'action="' + tabs.address + '/rounds/0/write"' in page
    assert tabs.sent(write, **hidden(page), **OWN)[0] == 302


def test_ticked_questions_stay_ticked(tabs: Tabs) -> None:
    choose = "/rounds/0/choose"
    old, page = tabs.opened(choose), tabs.client.get(tabs.address + choose).text
    key = re.findall(r'name="question" value="([^"]+)"', page)[0]
    assert tabs.sent(**tabs.opened(), title="Đêm hội khác", do="save")[0] == 302
    status, page = tabs.sent(choose, **old, question=key, do="add")
    assert status == 409
    assert re.search(rf'value="{re.escape(key)}"\s*checked', page)
    assert tabs.sent(choose, **hidden(page), question=key, do="add")[0] == 302
