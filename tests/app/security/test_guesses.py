"""Wrong passwords count for the account they are tried on, wherever they are asked, and shut out nobody else."""

from __future__ import annotations

import threading

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.security import guesses
from app.services.people import passwords
from app.services.people.logins import store_hash_in
from app.services.people.own_mail import change_login
from tests.organisation import Organisation, browser, form_token, plant, send
from tests.people import AN, BINH

PASSWORD = "bốn con vịt bơi"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The engine makes no difference here."""
    return sqlite_url


TLS = "https://localhost"
"""Passwords come from another machine over TLS only."""


@pytest.fixture
def org(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Organisation:
    """Everybody's password is the same, and looking at it costs nothing."""
    monkeypatch.setattr(passwords, "matches", lambda stored, password: bool(stored) and password == PASSWORD)
    monkeypatch.setattr(passwords, "outdated", lambda stored: False)
    made = plant()
    for name in (AN, BINH):
        store_hash_in(made.members[name], "a hash")
    return made


def try_in(client: FlaskClient, login: str, password: str = "sai", remote: str = "10.0.0.1") -> int:
    data = {"csrf_token": form_token(client), "login": login, "password": password}
    sent = client.post(
        "/sign-in", data=data, base_url=TLS, headers={"Referer": TLS}, environ_overrides={"REMOTE_ADDR": remote}
    )
    return sent.status_code


def test_the_account_is_counted_however_its_name_is_written(app: Flask, org: Organisation) -> None:
    change_login(org.members[AN], "ban.an", "an@doan.example", PASSWORD)
    ways = [
        "ban.an",
        "BAN.AN",
        "DV-1",
        "dv -1",
        "d v-1",
        "d v - 1",
        " an@doan.example",
        "An@Doan.example",
        "dv-\u00a01",
    ]
    statuses = [try_in(browser(app), login) for login in ways]
    assert statuses == [422] * 5 + [429] * 4
    assert try_in(browser(app), "ban.binh") == 422, "another account"
    assert [try_in(browser(app), f"khong{'  ' * n}.co") for n in range(6)] == [422] * 5 + [429], "nor one that is not"


def test_passwords_asked_inside_a_session_are_limited(app: Flask, org: Organisation) -> None:
    thief = browser(app, org.members[AN])
    new = {"password": "chín con gà rừng", "again": "chín con gà rừng"}
    statuses = [send(thief, "/me/password", old=f"sai {n}", **new).status_code for n in range(3)]
    statuses += [send(thief, "/me/erase", word="XÓA", password=f"sai {n}").status_code for n in range(3)]
    assert statuses == [422] * 5 + [429]
    assert send(thief, "/me/password", old=PASSWORD, **new).status_code == 429
    assert try_in(browser(app), "ban.an", remote="127.0.0.1") == 429, "what was tried inside counts at the door"


def test_strangers_behind_the_same_address_do_not_shut_out_a_browser_that_was_here(
    app: Flask, org: Organisation
) -> None:
    own, other = browser(app), browser(app)
    assert try_in(own, "ban.an", PASSWORD) == 302
    assert try_in(other, "ban.binh", PASSWORD) == 302
    for client in (own, other):
        send(client, "/sign-out")
    assert [try_in(browser(app), "ban.an") for _ in range(6)][-1] == 429
    assert try_in(other, "ban.an", PASSWORD) == 429, "it was here as somebody else"
    assert try_in(own, "ban.an", PASSWORD) == 302
    send(own, "/sign-out")
    assert [try_in(own, "ban.an") for _ in range(6)] == [422] * 5 + [429], "but it may not guess on"


def test_guesses_sent_all_at_once_are_counted_too(
    app: Flask, org: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    full, looked = threading.Event(), []

    def slow(stored: str | None, password: str) -> bool:
        looked.append(password)
        if len(looked) == guesses.AT_ONCE:
            full.set()
        go.wait(60)
        return False

    go = threading.Event()
    monkeypatch.setattr(passwords, "matches", slow)
    statuses: list[int] = []
    callers = [
        threading.Thread(target=lambda: statuses.append(try_in(browser(app), "ban.an"))) for _ in range(guesses.AT_ONCE)
    ]
    for one in callers:
        one.start()
    assert full.wait(60)
    assert [try_in(browser(app), login) for login in ("ban.an", "DV-1")] == [429, 429]
    go.set()
    for one in callers:
        one.join()
    assert statuses == [422] * guesses.AT_ONCE
    assert len(looked) == guesses.AT_ONCE
    assert not guesses._asked
