"""The access table is whole, and it is obeyed: every route, asked by everybody."""

from __future__ import annotations

import re
from itertools import count
from types import SimpleNamespace

import pytest
import socketio
from flask import Flask
from werkzeug.routing import Rule as Route

from app.live.access import EVENTS, may_send
from app.live.doors import sockets
from app.live.protocol import NAMESPACE
from app.security.access import PUBLIC, ROUTES, TICKET, Rule, declare
from tests.organisation import Organisation, browser, form_token, plant
from tests.people import AN, BINH, CHI, DUNG

STRANGER = "a stranger"
BROWSERS = count()
HOLDS = {  # who holds which role over An and An's chapter, written down once more by hand
    STRANGER: {},
    AN: {},
    BINH: {"organiser": "branch", "host": "branch"},
    CHI: dict.fromkeys(("author", "reviewer", "host", "judge", "organiser", "admin"), "everywhere"),
    DUNG: {"host": "elsewhere"},
}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The engine makes no difference here."""
    return sqlite_url


def test_every_route_has_a_row_and_every_row_a_route(app: Flask) -> None:
    routes = {route.endpoint for route in app.url_map.iter_rules()}
    assert routes - set(ROUTES) == set(), "add a row to ROWS in the access.py of its area"
    assert set(ROUTES) - routes == set(), "rows without a route"


def test_an_undeclared_route_is_refused(app: Flask) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    app.testing = False
    assert app.test_client().get("/forgotten").status_code == 403
    app.testing = True
    assert app.test_client().get("/forgotten").status_code == 500


@pytest.mark.parametrize("person", HOLDS)
def test_each_route_lets_in_whom_the_table_names(app: Flask, person: str) -> None:
    org = plant()
    wrong = [
        f"{person} {method} {route.rule}: {status}, expected {'to be let in' if welcome else 'a refusal'}"
        for route in app.url_map.iter_rules()
        for method in sorted((route.methods or set()) & {"GET", "POST"})
        for welcome in [lets_in(ROUTES[route.endpoint], person)]
        for status in [ask(app, org, person, route, method)]
        if not as_expected(ROUTES[route.endpoint], person, method, status, welcome)
    ]
    assert wrong == []


def lets_in(rule: Rule, person: str) -> bool:
    """The meaning of the table, written a second time."""
    if rule.kind in ("public", "ticket", "token"):
        return True
    if rule.kind == "signed in":
        return person != STRANGER
    held = HOLDS[person]
    anywhere = rule.kind == "role"
    return any(role in held and (anywhere or held[role] != "elsewhere") for role in rule.roles)


def as_expected(rule: Rule, person: str, method: str, status: int | str, welcome: bool) -> bool:
    if rule.kind in ("ticket", "token"):
        return status in (400, 401, 404)  # nobody here has one
    if welcome:
        return status not in ("sign in", 401, 403, 500)
    if person == STRANGER:
        return status == ("sign in" if method == "GET" else 401)
    return status == 403


def ask(app: Flask, org: Organisation, person: str, route: Route, method: str) -> int | str:
    client = browser(app, org.members.get(person))
    words = {"chapter_id": org.branch, "member_id": org.members[AN], "kind": "members", "form": "csv", "code": "vi"}
    address = re.sub(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", lambda part: str(words.get(part[1], 999)), route.rule)
    with client.session_transaction() as session:
        session["csrf_token"] = f"{next(BROWSERS):040}"  # there are more routes than one browser may ask in a minute
    answer = client.open(address, method=method, headers={"X-CSRFToken": form_token(client)})
    if answer.status_code == 302 and answer.location.startswith("/sign-in"):
        return "sign in"
    return answer.status_code


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/chapters/{branch}/members", {STRANGER: 302, AN: 403, BINH: 200, CHI: 200, DUNG: 403}),
        ("/chapters/{ward}/members", {STRANGER: 302, AN: 403, BINH: 403, CHI: 200, DUNG: 403}),
        ("/members/{an}", {STRANGER: 302, AN: 403, BINH: 200, CHI: 200, DUNG: 403}),
        ("/members/{chi}", {STRANGER: 302, AN: 403, BINH: 403, CHI: 200, DUNG: 403}),
        ("/members/{gone}", {STRANGER: 302, AN: 403, BINH: 404, CHI: 404, DUNG: 403}),
        ("/chapters/{gone}/members", {STRANGER: 302, AN: 403, BINH: 404, CHI: 404, DUNG: 403}),
        ("/admin/audit", {STRANGER: 302, AN: 403, BINH: 200, CHI: 200, DUNG: 403}),
        ("/me", {STRANGER: 302, AN: 200, BINH: 200, CHI: 200, DUNG: 200}),
        ("/chapters/{branch}", dict.fromkeys(HOLDS, 200)),
    ],
)
def test_pages_that_matter_most(app: Flask, address: str, expected: dict[str, int]) -> None:
    org = plant()
    numbers = {"branch": org.branch, "ward": org.ward, "an": org.members[AN], "chi": org.members[CHI], "gone": 999}
    got = {person: browser(app, org.members.get(person)).get(address.format(**numbers)).status_code for person in HOLDS}
    assert got == expected


def test_a_program_is_told_in_json(app: Flask) -> None:
    answer = app.test_client().get("/me", headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert answer.get_json()["code"] == "sign_in_first"


def test_every_socket_event_has_a_row(app: Flask) -> None:
    io = socketio.Server(async_mode="threading")
    sockets.install(SimpleNamespace(io=io, app=app))  # type: ignore[arg-type]
    handled = set(io.handlers[NAMESPACE]) - {"connect", "disconnect", "*"}
    assert handled == set(EVENTS)


def test_an_event_without_a_row_may_be_sent_by_nobody() -> None:
    assert may_send("answer", "public")
    assert not may_send("answer", "nobody")
    assert not may_send("shutdown", "staff")


def test_two_areas_cannot_give_one_route_different_rights(app: Flask) -> None:
    declare({"home.index": PUBLIC})
    with pytest.raises(LookupError, match=r"home\.index"):
        declare({"home.index": TICKET})
