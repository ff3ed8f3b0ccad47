"""The headers that browsers are sent, and the hosts and proxies that we believe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app.security import right_origin
from app.security.headers import address, scheme_of
from tests.conftest import application, settings_for
from tests.organisation import browser, plant
from tests.people import AN, CHI

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The engine makes no difference here."""
    return sqlite_url


@pytest.fixture
def public(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An application behind one proxy, with a public address."""
    yield from application(
        settings_for(tmp_path, database_url, public_url="https://sanchoi.example", trusted_proxies="1")
    )


def test_no_page_may_run_or_style_anything_inline(app: Flask) -> None:
    policy = app.test_client().get("/").headers["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == "'self'"
    assert rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    assert "unsafe" not in policy
    assert rules["connect-src"] == "'self' ws://localhost wss://localhost"


def test_no_template_needs_what_the_policy_forbids() -> None:
    forbidden = r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")|\sstyle=|\son[a-z]+=|<style|javascript:"
    inline = re.compile(forbidden)
    offenders = [path.name for path in TEMPLATES.rglob("*.html") if inline.search(_markup(path))]
    assert offenders == []


def _markup(path: Path) -> str:
    return re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.DOTALL)


def test_answers_and_errors_alike_carry_the_headers_and_are_not_stored(app: Flask) -> None:
    org = plant()
    client = browser(app, org.members[AN])
    for path in ("/me", "/nowhere", "/admin/audit"):
        headers = client.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"
        assert "Strict-Transport-Security" not in headers


def test_behind_tls_browsers_are_told_to_stay_there(public: Flask) -> None:
    headers = public.test_client().get("/", base_url="https://sanchoi.example").headers
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")


@pytest.mark.parametrize(("host", "status"), [("sanchoi.example", 200), ("127.0.0.1:8000", 200), ("evil.example", 400)])
def test_a_foreign_host_is_refused_where_a_public_address_is_set(public: Flask, host: str, status: int) -> None:
    assert public.test_client().get("/", headers={"Host": host}).status_code == status


def test_origins_where_a_public_address_is_set(public: Flask) -> None:
    settings = replace(public.config["SETTINGS"], addresses=("http://192.168.1.5:8000",))
    for right in (None, "https://sanchoi.example", "http://192.168.1.5:8000", "HTTPS://Sanchoi.example"):
        assert right_origin(right, "sanchoi.example", settings), right
    for wrong in (
        "http://sanchoi.example",
        "https://192.168.1.5:8000",
        "https://evil.example",
        "null",
        "",
        "https://sanchoi.example.evil.example",
        "https://sanchoi.example/",
        "https://a@sanchoi.example",
        "sanchoi.example",
        "//sanchoi.example",
        "http://[",
        "https://sanchoi.example:8443",
    ):
        assert not right_origin(wrong, "sanchoi.example", settings), wrong
    assert not right_origin("http://evil.example", "evil.example", settings)
    assert right_origin("http://localhost:8000", "localhost:8000", settings)
    assert not right_origin("http://localhost:8000", "sanchoi.example", settings)


@pytest.mark.parametrize(("scheme", "right"), [("", {"http", "https"}), ("http", {"http"}), ("https", {"https"})])
def test_an_origin_of_the_other_scheme_is_foreign_where_the_scheme_is_known(
    app: Flask, scheme: str, right: set[str]
) -> None:
    for given in ("http", "https", "ws", "file"):
        is_right = right_origin(f"{given}://may.local:8000", "may.local:8000", app.config["SETTINGS"], scheme)
        assert is_right == (given in right), given


def test_the_scheme_is_known_from_own_tls_and_from_trusted_proxies_only(app: Flask, public: Flask) -> None:
    plain, proxied = app.config["SETTINGS"], public.config["SETTINGS"]
    told = {"wsgi.url_scheme": "https", "HTTP_X_FORWARDED_PROTO": "https"}
    assert scheme_of(told, proxied) == "https"
    assert scheme_of(told | {"wsgi.url_scheme": "wss"}, proxied) == "https"
    assert scheme_of({"wsgi.url_scheme": "http"}, proxied) == ""
    assert scheme_of(told, plain) == ""
    assert scheme_of({"wsgi.url_scheme": "http"}, replace(plain, tls=Path("tls"))) == "https"


def test_a_zero_byte_in_a_form_is_a_bad_request(app: Flask) -> None:
    client = app.test_client()
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/sign-in").text)
    assert token
    for login, status in (("nobody", 422), ("nobody\0", 400)):
        form = {"csrf_token": token[1], "login": login, "password": "mật khẩu nào"}
        assert client.post("/sign-in", data=form).status_code == status


@pytest.mark.parametrize(
    ("remote", "seen"),
    [("192.168.1.7", "192.168.1.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("::ffff:10.0.0.1", "10.0.0.1")],
)
def test_an_address_is_one_phone(app: Flask, remote: str, seen: str) -> None:
    with app.test_request_context(environ_base={"REMOTE_ADDR": remote}):
        assert address() == seen


def test_forwarded_addresses_count_only_from_a_trusted_proxy(app: Flask, public: Flask) -> None:
    seen: list[str] = []
    for one in (app, public):
        one.before_request_funcs.setdefault(None, []).insert(0, lambda: seen.append(address()))
        one.test_client().get("/", headers={"X-Forwarded-For": "1.2.3.4, 203.0.113.9", "Host": "localhost"})
    assert seen == ["127.0.0.1", "203.0.113.9"]


def test_the_language_switch_never_leads_away(app: Flask) -> None:
    client = app.test_client()
    for slipped in ("//evil.example", "https://evil.example", "/\\evil.example", "/a\\b", "/\x01x"):
        assert client.get("/language/en", query_string={"next": slipped}).location == "/"
    answer = client.get("/language/en", query_string={"next": "/chapters?q=1"})
    assert answer.location == "/chapters?q=1"
    assert "lang=en" in answer.headers["Set-Cookie"]


def test_signing_in_never_leads_away(app: Flask) -> None:
    org = plant()
    client = browser(app, org.members[CHI])
    assert client.get("/sign-in?next=//evil.example").location == "/"
    assert client.get("/sign-in?next=/me").location == "/me"
