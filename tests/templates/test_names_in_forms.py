"""Forms know names: wherever a chapter or a member is asked for, the field searches by name while one types."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from app.pages.standings import rules_form
from quizzes.standing.rules import Rules

ROOT = Path(__file__).parents[2] / "templates"
FIELD = re.compile(r"\b(?:input|field)\((?:form, )?'(\w+)'(?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)")
ASKS = re.compile(
    r"(?:tên|mã) hoặc (?:tên|mã)|(?:đoàn viên|cơ sở|đơn vị)[^']*(?:tên|mã)|(?:tên|mã) (?:đoàn viên|cơ sở|đơn vị)", re.I
)
"""Words of a label or hint by which somebody that exists already is asked for."""
OTHERS = {
    "people/accounts/activate.html": "a name to sign in with, chosen",
    "people/accounts/sign_in.html": "who signs in says who they are",
    "people/own_mail/forgot.html": "who signs in says who they are",
    "people/accounts/first.html": "the organisation is named here for the first time",
    "people/members/edit.html": "the code of this member is written here",
    "people/members/erase.html": "typed to confirm",
}
"""Templates whose field asks for nobody that could be searched for, and why. A field `q` is a search itself."""


def asking() -> dict[str, str]:
    """Template and field -> its call, of every field that asks who or where."""
    found = {}
    for path in sorted(ROOT.rglob("*.html")):
        name = path.relative_to(ROOT).as_posix()
        for call in FIELD.finditer(path.read_text()):
            if call[1] != "q" and "'select'" not in call[0] and ASKS.search(call[0]):
                found[f"{name} {call[1]}"] = call[0]
    return found


def test_every_field_that_asks_who_or_where_searches_by_name() -> None:
    asked = asking()
    assert len(asked) >= 15
    bare = {where for where, call in asked.items() if "data_find" not in call and where.split()[0] not in OTHERS}
    assert bare == set()
    assert OTHERS.keys() <= {where.split()[0] for where in asked}, "a reason that is not needed any more"


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.html")), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_page_with_such_a_field_loads_the_script_that_searches(path: Path) -> None:
    text = path.read_text()
    if "data_seek" in text or "data-seek" in text:
        assert "js/seek.js" in text or path.name == "_fields.html"
    elif "data_find=" in text:
        assert "js/find.js" in text


def test_the_groups_of_a_standing_are_searched_for_by_name(app: Flask) -> None:
    with app.test_request_context():
        fields = {one["name"]: one for one in rules_form.shown(Rules(), {}, {}, {})}
    assert fields["clusters"]["more"]["data-find"] == "/chapters/find"
