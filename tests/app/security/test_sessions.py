"""Sessions that end when they should."""

from __future__ import annotations

import pytest
from flask import Flask

from app import security
from app.models.engines import database
from app.models.signing_in import SignIn
from app.security import sessions
from app.services.people import sign_ins
from app.services.people.passwords import hashed
from app.services.people.roles import grant_role, revoke_role
from tests.conftest import application, settings_for
from tests.organisation import browser, plant, send
from tests.people import AN, BINH, CHI

PASSWORD = "bốn con vịt bơi"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The engine makes no difference here."""
    return sqlite_url


def test_signing_in_gives_a_new_cookie_and_signing_out_kills_it_everywhere(app: Flask) -> None:
    org = plant()
    from app.services.people.logins import store_hash_in

    store_hash_in(org.members[AN], hashed(PASSWORD))
    client = browser(app)
    client.get("/sign-in")
    before = client.get_cookie("scs")
    assert send(client, "/sign-in", login="ban.an", password=PASSWORD).status_code == 302
    stolen = client.get_cookie("scs")
    assert stolen is not None
    assert before is not None
    assert stolen.value != before.value
    assert client.get("/me").status_code == 200
    send(client, "/sign-out")
    thief = app.test_client()
    thief.set_cookie("scs", stolen.value)
    assert thief.get("/me").status_code == 302


def test_a_cookie_somebody_planted_is_not_the_session_after_sign_in(app: Flask) -> None:
    org = plant()
    client = browser(app)
    with client.session_transaction() as session:
        session["sign_in"] = "planted"
        session["note"] = "left by an attacker"
    with client:
        client.get("/")
        security.sign_in(org.members[AN])
        from flask import session as now

        assert now["sign_in"] != "planted"
        assert "note" not in now


def test_the_listener_is_told_of_every_ended_session(app: Flask) -> None:
    org = plant()
    told: list[tuple[int, int]] = []
    sign_ins._listeners.append(lambda member, number: told.append((member, number)))
    try:
        token = sign_ins.begin(org.members[AN])
        other = sign_ins.begin(org.members[AN])
        one, two = sign_ins.who(token), sign_ins.who(other)
        assert one is not None
        assert two is not None
        sign_ins.end(token)
        assert told == [(org.members[AN], one.sign_in)]
        assert sign_ins.alive([one.sign_in, two.sign_in]) == {two.sign_in}
        sign_ins.end_sign_ins(org.members[AN])
        assert told[1:] == [(org.members[AN], two.sign_in)]
    finally:
        sign_ins._listeners.pop()


def test_a_role_given_or_taken_counts_at_once_and_renews_the_token(app: Flask) -> None:
    org = plant()
    client = browser(app, org.members[AN])
    address = f"/chapters/{org.branch}/members"
    assert client.get(address).status_code == 403
    grant = grant_role(org.members[CHI], org.members[AN], "organiser", org.branch)
    with client.session_transaction() as session:
        before = session["sign_in"]
    assert client.get(address).status_code == 200
    with client.session_transaction() as session:
        after = session["sign_in"]
    assert after != before
    assert sign_ins.who(before) is not None, "requests already under way still know the former token"
    revoke_role(org.members[CHI], grant)
    assert client.get(address).status_code == 403


def test_the_former_token_dies_soon_after_a_renewal(app: Flask) -> None:
    org = plant()
    token = sign_ins.begin(org.members[AN])
    sign_ins.renew(token)
    database.write(lambda db: db.query(SignIn).update({"renewed_at": SignIn.renewed_at - sign_ins.FORMER}))
    assert sign_ins.who(token) is None


@pytest.mark.parametrize("age", [("ends_at", sign_ins.LIFE), ("seen_at", sign_ins.IDLE)])
def test_a_session_ends_by_age_and_by_idleness(app: Flask, age: tuple[str, int]) -> None:
    org = plant()
    token = sign_ins.begin(org.members[AN])
    column, span = age
    assert sign_ins.who(token)
    database.write(lambda db: db.query(SignIn).update({column: getattr(SignIn, column) - span}))
    assert sign_ins.who(token) is None


def test_a_socket_handshake_finds_the_same_person(app: Flask) -> None:
    org = plant()
    client = browser(app, org.members[BINH])
    cookie = client.get_cookie("scs")
    assert cookie
    environ = {"REQUEST_METHOD": "GET", "HTTP_COOKIE": f"scs={cookie.value}", "wsgi.url_scheme": "http"}
    found = security.member_from_environ(app, environ)
    assert found is not None
    assert found.id == org.members[BINH]
    assert found.may("organiser", org.path(org.branch))
    assert security.member_from_environ(app, {**environ, "HTTP_COOKIE": "scs=forged"}) is None


def test_the_cookie_is_safe_over_tls_and_usable_on_a_hall_network(database_url: str, tmp_path: object) -> None:
    made = application(settings_for(tmp_path, database_url, public_url="https://sanchoi.example"))  # type: ignore[arg-type]
    app = next(made)
    answer = app.test_client().get("/sign-in", base_url="https://sanchoi.example")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-scs=")
    for part in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
        assert part in cookie
    assert "Domain" not in cookie
    made.close()
    made = application(settings_for(tmp_path, database_url))  # type: ignore[arg-type]
    cookie = next(made).test_client().get("/sign-in").headers["Set-Cookie"]
    assert cookie.startswith("scs=")
    assert "Secure" not in cookie
    assert "HttpOnly" in cookie
    made.close()


def test_devices_are_named_for_people() -> None:
    agent = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"
    assert sessions.device_name(agent) == "Chrome, Android"
    assert sessions.device_name("curl/8.1") == "curl/8.1"


def test_the_number_of_an_ended_session_is_never_given_again(app: Flask) -> None:
    org = plant()
    first = sign_ins.who(token := sign_ins.begin(org.members[AN]))
    sign_ins.end(token)
    second = sign_ins.who(sign_ins.begin(org.members[BINH]))
    assert first is not None
    assert second is not None
    assert second.sign_in != first.sign_in
    assert sign_ins.alive([first.sign_in]) == set()
