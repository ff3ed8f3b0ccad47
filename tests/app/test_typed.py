"""A refused form loses no words, in either language; secrets are not shown again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from app.environment import ROOT
from app.services import commit
from quizzes.refusals import Rejected
from tests.organisation import browser, plant, send
from tests.people import AN, BINH, CHI

sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
WORDS = {"reason": "Vì cơ sở đã\nsáp nhập <b>hôm qua</b>", "words": "Bình đã gõ câu này", "password": "mật khẩu riêng"}
SHOWN = ("sáp nhập &lt;b&gt;hôm qua", "Bình đã gõ câu này")


def forms(app: Flask) -> list[str]:
    """The addresses that take a form, each with numbers that name nothing."""
    rules = [one for one in app.url_map.iter_rules() if "POST" in (one.methods or ())]
    return sorted({address(one) for one in rules if not one.rule.startswith("/live")})


def address(rule: Rule) -> str:
    return re.sub(r"<(\w+:)?[^>]+>", lambda found: "9" if found[1] in ("int:", None) else "x", rule.rule)


def kept(page: str, where: str) -> None:
    for words in SHOWN:
        assert words in page, (where, words)
    assert "mật khẩu riêng" not in page, where


@sqlite
def test_whoever_is_signed_out_while_writing_reads_the_words_again(app: Flask) -> None:
    nobody, looked = browser(app), 0
    for where in forms(app):
        answer = send(nobody, where, **WORDS)
        if (
            answer.status_code in (401, 403, 404, 409)
            and answer.mimetype == "text/html"
            and "error-page" in answer.text
        ):
            kept(answer.text, where)
            looked += 1
    assert looked > 100


@sqlite
def test_a_form_of_another_session_keeps_the_words(app: Flask) -> None:
    client, form = browser(app, plant().members[CHI]), {**WORDS, "csrf_token": "old"}
    for where in forms(app):
        answer = client.post(where, data=form)
        if answer.mimetype == "text/html":
            kept(answer.text, where)


@sqlite
@pytest.mark.parametrize("name", [AN, BINH, CHI])
def test_whatever_a_service_refuses_is_kept(app: Flask, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    org = plant()
    client = browser(app, org.members[name])

    def refuse(*given: object) -> None:
        raise Rejected("old_revision")

    send(client, "/nowhere", **WORDS)
    told: list[str] = []
    monkeypatch.setattr(commit.database, "write", refuse)
    for where in forms(app):
        answer = send(client, where.replace("/9", f"/{org.branch}", 1), **WORDS)
        if answer.status_code >= 400 and answer.mimetype == "text/html" and "error-page" in answer.text:
            kept(answer.text, where)
        elif answer.status_code == 302 and "bad" in dict(flashes(client)):
            told.append(where)
    no_words = {"/chapters/9/queue", "/scripts/from-file"}  # ticks; a file
    with_words = {"/reviews"}  # its note goes along in the address
    assert set(told) <= no_words | with_words, "these tell it on the next page, without the words"


def flashes(client: FlaskClient) -> list[tuple[str, str]]:
    """Sentences that wait for the next page."""
    with client.session_transaction() as session:
        return list(session.pop("_flashes", []))


@sqlite
def test_a_bug_keeps_the_words(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    client = browser(app, plant().members[CHI])
    monkeypatch.setitem(app.view_functions, "rights.answer", lambda number: 1 / 0)
    for lang, said in (("vi", "Những gì bạn đã gõ"), ("en", "What you typed")):
        answer = send(client, f"/requests/1?lang={lang}", **WORDS)
        assert answer.status_code == 500
        assert said in answer.text
        kept(answer.text, lang)


def test_no_page_tells_a_refusal_on_the_next_one_and_drops_the_words() -> None:
    telling = re.compile(r"flash\((next\(iter\(form\.errors|sentence\(refusal)")
    found = {
        path.relative_to(ROOT).as_posix(): len(telling.findall(path.read_text()))
        for path in Path(ROOT, "app/pages").rglob("*.py")
    }
    assert {path: count for path, count in found.items() if count} == {
        "app/pages/contests/setup.py": 1,  # its form is shown again
        "app/pages/people/imports.py": 1,  # choices only
        "app/pages/shows/composer_form.py": 1,  # a picture; all else is kept
    }
