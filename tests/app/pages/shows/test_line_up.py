"""The players and teams of a round: composed in a form, frozen in the show, told by its rules in both languages."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from app.pages.shows import setting_fields
from quizzes.engine import Setting
from quizzes.formats import FORMATS
from quizzes.mechanics import sheets
from quizzes.settings.declared import with_defaults
from tests.app.pages.shows.test_making import OWN, Desk
from tests.organisation import browser, plant
from tests.people import DUNG

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def desk(app: Flask) -> Desk:
    org = plant()
    found = Desk(browser(app, org.members[DUNG]))
    found.typed["chapter"] = org.village
    found.write(found.press("write:0"), **OWN)
    return found


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_a_composed_show_says_who_plays_and_in_which_teams(app: Flask, desk: Desk) -> None:
    desk.press(
        "save",
        **{
            "in-teams": "yes",
            "t-form": "pick",
            "t-count": "3",
            "t-names": "Sen, Trúc",
            "r0-format": "speed",
            "r0-p-who": "chosen",
            "r0-standings": "never",
        },
    )
    show, created = desk.make()
    script: dict[str, Any] = created["script"]
    assert (script["teams"]["form"], script["teams"]["count"], script["teams"]["names"]) == ("pick", 3, ["Sen", "Trúc"])
    assert (script["rounds"][0]["plays"]["who"], script["rounds"][0]["standings"]) == ("chosen", "never")

    told = words(app.test_client().get(f"/rules/{show.public_id}").text)
    assert "Mỗi người tự chọn đội" in told and "các thí sinh được người dẫn chọn" in told
    english = words(app.test_client().get(f"/rules/{show.public_id}", headers={"Accept-Language": "en"}).text)
    assert "Everybody picks a team" in english
    assert OWN["text"] not in told, "rules say nothing of what will be asked"


def test_a_show_without_teams_freezes_nothing_of_them(desk: Desk) -> None:
    desk.press("save", **{"r0-format": "speed", "r0-p-who": "top"})
    desk.typed["r0-p-count"] = "2"
    _, created = desk.make()
    assert "teams" not in created["script"]
    assert created["script"]["rounds"][0]["plays"] == {"who": "top", "count": 2, "of": [], "team": 1}


def test_parts_inside_settings_are_rows_of_a_form_and_come_back(app: Flask) -> None:
    criteria: dict[str, Setting] = {"criteria": sheets.SETTINGS["criteria"]}
    with app.test_request_context():
        [field] = setting_fields.drawn(criteria, {"criteria": [{"name": "Giọng", "most": 2.5}]}, "s-")
    assert [[one["value"] for one in row] for row in field["parts"]] == [["Giọng", "", 2.5], ["", "", ""]]
    form = MultiDict(
        {
            "s-criteria": "",
            "s-criteria-0-name": "Giọng",
            "s-criteria-0-most": "7,5",
            "s-criteria-2-name": "Ý",
            "s-criteria-2-most": "x",
        }
    )
    assert setting_fields.read(criteria, form, "s-")["criteria"] == [
        {"name": "Giọng", "most": 7.5},
        {"name": "Ý", "most": "x"},
    ]


def test_every_format_tells_its_rules_in_both_languages(app: Flask) -> None:

    for key, fmt in FORMATS.items():
        with app.test_request_context():
            module = app.jinja_env.get_template(f"formats/{key}.html").make_module({"lang": "vi"})
            assert len(words(str(module.rules(with_defaults(fmt.settings, None))))) > 40, key
