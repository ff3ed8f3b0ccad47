"""Signing in through another provider, with one that listens on this machine."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from flask import Flask
from flask.testing import FlaskClient

from app.services.people import identities, logins, my_data
from app.services.people.notices import told
from app.services.people.outside import Identity
from app.services.people.passwords import hashed
from tests.conftest import application, settings_for
from tests.organisation import Organisation, browser, plant, send
from tests.people import AN, BINH

PASSWORD = "bốn con vịt bơi"
CLIENT, SECRET = "san-choi-so", "bí mật của nơi kia"


class Elsewhere:
    """A provider of identities: what it says about who comes is set by the test."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.claims: dict[str, Any] = {}
        self.algorithm, self.signed_with = "RS256", self.key
        self.codes: dict[str, dict[str, str]] = {}
        self.refused = 0
        house = self

        class Door(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                house.answer(self, {"/.well-known/openid-configuration": house.about, "/keys": house.keys}[self.path]())

            def do_POST(self) -> None:
                form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                said = house.token({name: one[0] for name, one in form.items()}, self.headers["Authorization"])
                house.answer(self, said, 200 if "id_token" in said else 400)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @staticmethod
    def answer(door: BaseHTTPRequestHandler, said: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(said).encode()
        door.send_response(status)
        door.send_header("Content-Length", str(len(body)))
        door.end_headers()
        door.wfile.write(body)

    def about(self) -> dict[str, str]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/ask",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }

    def keys(self) -> dict[str, Any]:
        public = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [{**public, "kid": "one", "use": "sig", "alg": "RS256"}]}

    def visit(self, address: str, subject: str, **claims: Any) -> str:
        """Somebody signs in there; the path they are sent back to."""
        asked = {name: one[0] for name, one in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code" and asked["scope"] == "openid" and len(asked["state"]) > 20
        assert asked["code_challenge_method"] == "S256" and asked["client_id"] == CLIENT
        code = f"code {len(self.codes)}"
        self.codes[code], self.claims = asked, {"sub": subject, **claims}
        back = urlsplit(asked["redirect_uri"])
        return f"{back.path}?code={code}&state={asked['state']}"

    def token(self, form: dict[str, str], authorization: str) -> dict[str, Any]:
        asked = self.codes.pop(form["code"], None)
        pair = base64.b64decode(authorization.partition(" ")[2]).decode()
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).decode()
        if asked is None or challenge.rstrip("=") != asked["code_challenge"] or not pair.startswith(f"{CLIENT}:"):
            self.refused += 1
            return {"error": "invalid_grant"}
        now = int(time.time())
        said = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"], **self.claims}
        signed = jwt.encode(said, self.signed_with, algorithm=self.algorithm, headers={"kid": "one"})
        return {"id_token": signed, "access_token": "x", "token_type": "Bearer"}


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Elsewhere]:
    house = Elsewhere()
    yield house
    house.server.shutdown()
    house.server.server_close()


@pytest.fixture
def app(sqlite_url: str, tmp_path: Path, elsewhere: Elsewhere) -> Iterator[Flask]:
    elsewhere.algorithm, elsewhere.signed_with = "RS256", elsewhere.key
    yield from application(
        settings_for(
            tmp_path,
            sqlite_url,
            oidc_issuer=elsewhere.issuer,
            oidc_client_id=CLIENT,
            oidc_client_secret=SECRET,
            oidc_name="Cổng Thử",
        )
    )


@pytest.fixture
def org(app: Flask) -> Organisation:
    made = plant()
    for who in (AN, BINH):
        logins.store_hash_in(made.members[who], hashed(PASSWORD))
    return made


def way(page: str, elsewhere: Elsewhere) -> str:
    """The address of the provider that a page leads to."""
    begin = page.index(f"{elsewhere.issuer}/ask")
    return page[begin : page.index('"', begin)].replace("&amp;", "&")


def linked(who: FlaskClient, elsewhere: Elsewhere, subject: str, **claims: Any) -> int:
    page = send(who, "/me/outside", password=PASSWORD).text
    return int(who.get(elsewhere.visit(way(page, elsewhere), subject, **claims)).status_code)


def signed_in_as(app: Flask, elsewhere: Elsewhere, subject: str, **claims: Any) -> tuple[int, FlaskClient]:
    guest = app.test_client()
    out = guest.get("/sign-in/outside?next=/movement").headers["Location"]
    return guest.get(elsewhere.visit(out, subject, **claims)).status_code, guest


def test_it_is_linked_from_inside_and_then_signs_in(app: Flask, org: Organisation, elsewhere: Elsewhere) -> None:
    an = browser(app, org.members[AN])
    assert "Cổng Thử" in app.test_client().get("/sign-in").text
    assert signed_in_as(app, elsewhere, "an-ở-nơi-kia")[0] == 403, "nobody has linked it"
    wrong = send(an, "/me/outside", password="sai")
    assert wrong.status_code in (403, 422) and f"{elsewhere.issuer}/ask" not in wrong.text
    assert linked(an, elsewhere, "an-ở-nơi-kia") == 302
    assert "outside_linked" in [one.code for one in told(org.members[AN])]
    status, guest = signed_in_as(app, elsewhere, "an-ở-nơi-kia", roles=["admin"], email="chi@doan.example")
    assert status == 302 and guest.get("/me/outside").status_code == 200
    assert guest.get("/admin").status_code == 403, "no role comes from there"
    (mine,) = identities.identities(org.members[AN])
    assert mine.used_at is not None
    assert my_data.copy_of(org.members[AN])["outside_identities"][0]["subject"] == "an-ở-nơi-kia"
    send(an, f"/me/outside/{mine.id}/remove")
    assert signed_in_as(app, elsewhere, "an-ở-nơi-kia")[0] == 403


def test_one_identity_is_one_persons_and_no_address_of_theirs_is_compared(
    app: Flask, org: Organisation, elsewhere: Elsewhere
) -> None:
    an, binh = (browser(app, org.members[who]) for who in (AN, BINH))
    assert linked(an, elsewhere, "một", email="binh@doan.example", email_verified=True) == 302
    assert linked(an, elsewhere, "một") == 302, "again changes nothing"
    assert linked(binh, elsewhere, "một") == 409
    assert signed_in_as(app, elsewhere, "hai", email="binh@doan.example", email_verified=True)[0] == 403
    assert identities.owner(Identity(elsewhere.issuer, "một")) == org.members[AN]


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "của người khác"},
        {"aud": "một trang khác"},
        {"aud": [CLIENT, "trang khác"]},
        {"azp": "trang khác"},
        {"iss": "https://nơi.khác.example"},
        {"exp": 1_700_000_000},
        {"sub": ""},
        {"sub": "x" * 256},
    ],
    ids=lambda one: next(iter(one)),
)
def test_a_token_that_is_not_for_this_visit_lets_nobody_in(
    app: Flask, org: Organisation, elsewhere: Elsewhere, claims: dict[str, Any]
) -> None:
    identities.link(org.members[AN], Identity(elsewhere.issuer, "ai đó"))
    assert signed_in_as(app, elsewhere, **{"subject": claims.pop("sub", "ai đó"), **claims})[0] == 403


def test_a_forged_signature_a_second_use_and_a_foreign_answer_are_refused(
    app: Flask, org: Organisation, elsewhere: Elsewhere
) -> None:
    identities.link(org.members[AN], Identity(elsewhere.issuer, "ai đó"))
    elsewhere.signed_with = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert signed_in_as(app, elsewhere, "ai đó")[0] == 403, "another key"
    elsewhere.signed_with, elsewhere.algorithm = "một khóa dài ít nhất ba mươi hai byte đây", "HS256"  # type: ignore[assignment]
    assert signed_in_as(app, elsewhere, "ai đó")[0] == 403, "a shared secret is no signature"
    elsewhere.signed_with, elsewhere.algorithm = None, "none"  # type: ignore[assignment]
    assert signed_in_as(app, elsewhere, "ai đó")[0] == 403, "none at all"
    elsewhere.signed_with, elsewhere.algorithm = elsewhere.key, "RS256"
    guest, victim = app.test_client(), app.test_client()
    door = elsewhere.visit(guest.get("/sign-in/outside").headers["Location"], "ai đó")
    assert victim.get(door).status_code == 403, "an answer slipped to another browser"
    assert guest.get(door.replace("state=", "state=x")).status_code == 403
    assert guest.get(door).status_code == 403, "what was asked is forgotten after one answer"
    door = elsewhere.visit(guest.get("/sign-in/outside").headers["Location"], "ai đó")
    assert guest.get(door + "&iss=https://khac.example").status_code == 403
    an = browser(app, org.members[AN])
    page = send(an, "/me/outside", password=PASSWORD).text
    door = elsewhere.visit(way(page, elsewhere), "của kẻ khác")
    an.get("/sign-in/outside")
    assert an.get(door).status_code == 403, "another asking took its place"
