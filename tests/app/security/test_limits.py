"""Rates stop guessers and never a hall."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from limits import parse

from app.security import limits
from app.security.limits import Rates
from app.services.people.logins import store_hash_in
from app.services.people.passwords import hashed
from tests.conftest import application, settings_for
from tests.organisation import browser, form_token, plant, send
from tests.people import AN, BINH

PASSWORD = "bốn con vịt bơi"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The engine makes no difference here."""
    return sqlite_url


def try_in(app: Flask, login: str, password: str, remote: str = "10.0.0.1", client=None) -> int:  # type: ignore[no-untyped-def]
    client = client or browser(app)
    token = form_token(client)
    answer = client.post(
        "/sign-in",
        data={"csrf_token": token, "login": login, "password": password},
        base_url="https://localhost",
        headers={"Referer": "https://localhost/"},
        environ_overrides={"REMOTE_ADDR": remote},
    )
    return answer.status_code


def test_guessing_one_account_is_slowed_and_the_hall_beside_it_is_not(app: Flask) -> None:
    org = plant()
    for name in (AN, BINH):
        store_hash_in(org.members[name], hashed(PASSWORD))
    assert [try_in(app, "ban.an", f"sai lần {n}") for n in range(6)] == [422] * 5 + [429]
    assert try_in(app, "ban.an", PASSWORD) == 429, "even the right one has to wait where guesses come from"
    assert try_in(app, "ban.binh", PASSWORD) == 302, "others at the same address do not wait"
    assert try_in(app, "ban.an", PASSWORD, remote="10.0.0.2") == 302, "nor does An elsewhere: no lock-out"


def test_the_answer_names_the_seconds(app: Flask) -> None:
    plant()
    for n in range(5):
        try_in(app, "ban.an", f"sai lần {n}")
    answer = send(browser(app), "/sign-in", login="ban.an", password="x")
    assert answer.status_code == 422, "another address"
    client = browser(app)
    late = client.post(
        "/sign-in",
        data={"csrf_token": form_token(client), "login": "BAN.AN", "password": "x"},
        base_url="https://localhost",
        headers={"Referer": "https://localhost/"},
        environ_overrides={"REMOTE_ADDR": "10.0.0.1"},
    )
    assert late.status_code == 429
    assert 1 <= int(late.headers["Retry-After"]) <= 60
    assert "Thử lại sau" in late.text or "thử lại sau" in late.text


def test_many_guessing_addresses_do_not_shut_out_the_owners_own_browser(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "WRONG_ANYWHERE", [parse("3/10 minutes")])
    org = plant()
    store_hash_in(org.members[AN], hashed(PASSWORD))
    own = browser(app)
    assert try_in(app, "ban.an", PASSWORD, client=own) == 302
    send(own, "/sign-out")
    for n in range(3):
        try_in(app, "ban.an", "sai", remote=f"10.1.0.{n}")
    assert try_in(app, "ban.an", PASSWORD, remote="10.2.0.1") == 429
    assert try_in(app, "ban.an", PASSWORD, client=own, remote="10.3.0.1") == 302


def test_a_hall_behind_one_address_sends_its_forms(app: Flask) -> None:
    for n in range(300):
        client = app.test_client()
        with client.session_transaction() as session:
            session["csrf_token"] = f"{n:040}"
        assert send(client, "/sign-out").status_code == 302


def test_one_account_that_floods_is_stopped(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.WRITES, "account", parse("5/minute"))
    org = plant()
    client = browser(app, org.members[AN])
    statuses = [send(client, "/me/sign-ins", only=999).status_code for _ in range(6)]
    assert statuses == [302] * 5 + [429]
    other = browser(app, org.members[BINH])
    assert send(other, "/me/sign-ins", only=999).status_code == 302


def test_twenty_wrong_pins_a_minute_then_waiting(app: Flask) -> None:
    with app.test_request_context(environ_base={"REMOTE_ADDR": "10.0.0.9"}):
        waits = [limits.wrong_pin() for _ in range(21)]
    assert waits[:20] == [0.0] * 20
    assert 1 <= waits[20] <= 60
    with app.test_request_context(environ_base={"REMOTE_ADDR": "10.0.0.10"}):
        assert limits.wrong_pin() == 0.0


def test_workers_share_their_counts_in_redis(redis_url: str) -> None:
    one, other = Rates(redis_url), Rates(redis_url)
    limit = parse("3/minute")
    assert [worker.spend(limit, "shared", "k") for worker in (one, other, one)] == [0] * 3
    assert other.spend(limit, "shared", "k") > 0


def test_a_dead_redis_costs_a_moment_once_and_counting_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    rates, asked, seconds = Rates("redis://127.0.0.1:1/0"), list[str](), [0.0]
    dead = rates._shared.storage.storage.connection_pool  # type: ignore[union-attr]
    assert {dead.connection_kwargs[name] for name in ("socket_timeout", "socket_connect_timeout")} == {limits.REDIS_S}
    connect = dead.get_connection
    monkeypatch.setattr(dead, "get_connection", lambda *args, **named: asked.append("redis") or connect(*args, **named))
    monkeypatch.setattr(limits.time, "monotonic", lambda: seconds[0])
    limit = parse("2/minute")
    waits = [rates.spend(limit, "k") for _ in range(3)]
    assert waits[:2] == [0.0, 0.0]
    assert waits[2] > 0
    assert asked == ["redis"]
    seconds[0] += limits.REST_S
    rates.spend(limit, "k")
    assert len(asked) >= 2, "it may be back"


def test_sign_ups_of_one_address_end_somewhere(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SIGN_UPS", parse("1/hour"))
    made = application(settings_for(tmp_path, database_url))
    app = next(made)
    org = plant()
    form = {"chapter": org.branch, "born": 2004, "name": "Lê Thị Em", "password": "chín con gà rừng"}
    form["consent_contest"] = 1
    statuses = [send(browser(app), "/sign-up", **form, username=f"moi{n}").status_code for n in range(2)]
    made.close()
    assert statuses == [302, 429]
