"""Every form of the field that a walk over its pages finds is sent twice, as by a double click: the second time makes
nothing more."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import movement as way
from tests.app.pages.field.filled import Filled, Page
from tests.look import everything, field
from tests.look.reader import Reader, Watch
from tests.organisation import Organisation, browser, form_token
from tests.people import AN, BINH, CHI

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
AREA = ("activities", "attending", "board", "deed_desk", "deed_imports", "deeds", "lists", "records", "sites",
        "target_desk", "targets", "teams", "undertakings", "voice")  # fmt: skip
BY_SCRIPTS = {"attending.noted", "deeds.partner", "deeds.send", "deeds.send_photo"}
"""No page has a form for these: a script sends them, with names of its own that make sending again the same."""
Rows = dict[str, Counter[tuple[Any, ...]]]
Found = dict[tuple[Any, ...], tuple[FlaskClient, Filled]]


def in_area(endpoint: str) -> bool:
    return endpoint.split(".")[0] in AREA


def walked(app: Flask, org: Organisation) -> Found:
    """One form of each kind, with who may send it and the page it stands on."""
    found, watch, adapter = Found(), Watch(app.jinja_env), app.url_map.bind("localhost")
    pages = field.pages(app, org)
    for who in (AN, CHI, BINH):
        client = browser(app, org.members[who])
        reader = Reader(app, client, watch, enough=2)
        if who == BINH:  # scans the code of a meeting
            code = client.get(pages["activities_screen"][1] + "/code").json["address"]
            client.get(code.partition("localhost")[2])
        mine = [address for seen, address in pages.values() if seen == who]
        reader.read(mine)
        seen = [*filter(None, map(reader.page, mine)), *(one for those in reader.pages.values() for one in those)]
        for drawn in seen:
            for form in Page(drawn.text, drawn.address).forms:
                endpoint, _ = adapter.match(urlsplit(form.action).path, "POST")
                if in_area(endpoint):
                    found.setdefault((endpoint, *form.kind), (client, form))
    return found


def rows(file: str) -> Rows:
    """Everything that is stored."""
    with closing(sqlite3.connect(file)) as db:
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: Counter(db.execute(f'SELECT * FROM "{name}"')) for name in names}


def new(before: Rows, after: Rows) -> dict[str, Counter[tuple[Any, ...]]]:
    """Rows that were added or changed, by table; a file that is sent again takes the place of the one that waits."""
    found = {name: after[name] - before[name] for name in before if name != "sqlite_sequence"}
    if len(before["import_job"]) == len(after["import_job"]):
        del found["import_job"]
    return {name: rows for name, rows in found.items() if rows}


def test_every_form_of_the_field_sent_twice_writes_once(app: Flask, database_url: str) -> None:
    with way.at_noon():
        found = walked(app, everything.fill(app))
        told, taken = dict[Any, Any](), set[str]()
        file = database_url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(file)) as live, closing(sqlite3.connect(":memory:")) as kept:
            live.backup(kept)
            for (endpoint, *kind), (client, form) in found.items():
                for button in range(len(form.buttons) or 1):
                    first, again = (sent(client, form, button, file) for _ in range(2))
                    taken |= {endpoint} if first[0] == 302 else set()
                    told |= {(endpoint, *kind, button): more for more in [new(first[1], again[1])] if more}
                    kept.backup(live)
    every = {
        rule.endpoint for rule in app.url_map.iter_rules() if in_area(rule.endpoint) and "POST" in (rule.methods or ())
    }
    assert told == {}
    assert every - taken == BY_SCRIPTS, "every one of the field's forms was found, filled in and taken"


def sent(client: FlaskClient, form: Filled, button: int, file: str) -> tuple[int, Rows]:
    """The answer's status, and everything that is stored then."""
    fields = form.sending(button) | {"csrf_token": form_token(client)}
    return client.post(form.action, data=fields).status_code, rows(file)
