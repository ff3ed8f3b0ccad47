"""An account at another provider (OpenID Connect) as a way in: linked from inside a session, then it signs in.

An identity is (issuer, subject) and nothing else: no address of theirs is compared, no claim gives a role or
a name. The code is exchanged with PKCE, the token is checked with its nonce. The library is loaded at the first use.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import asdict, dataclass
from time import monotonic
from typing import Any
from urllib.error import URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import structlog

from quizzes.refusals import Rejected

log = structlog.get_logger()
PATIENCE_S = 10.0  # how long the provider may take
KNOWN_S = 3600.0
"""How long the provider's addresses and keys are believed, seconds."""
MOST_BYTES = 256 * 1024
"""Bytes read of one answer of an outside account's provider."""
LEEWAY_S = 60
"""How far the provider's clock may be from ours, seconds."""
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
"""Signatures with a key that the provider alone has; a shared secret or none is no signature."""
LOCAL = ("127.0.0.1", "localhost", "[::1]")
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True)
class Asked:
    """The part of a sign-in that the browser's session keeps until the provider sends the browser back."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Identity:
    """The identity that the other site vouches for."""

    issuer: str
    subject: str


class _Stays(HTTPRedirectHandler):
    """A provider's addresses are what it declared; nothing is followed elsewhere."""

    def redirect_request(self, *_: Any) -> None:
        return None


class Provider:
    """The one provider that this installation knows, if any."""

    def __init__(self) -> None:
        self.bind("", "", "", "")

    def bind(self, issuer: str, client_id: str, client_secret: str, name: str) -> None:
        self.issuer, self.name = issuer, name
        self._client, self._secret = client_id, client_secret
        self._found: dict[str, Any] = {}
        self._found_at = -KNOWN_S
        self._keys: Any = None
        self._open = build_opener(_Stays)

    @property
    def open(self) -> bool:
        """True when a provider is configured."""
        return bool(self.issuer and self._client)

    def begin(self, back: str) -> tuple[str, Asked]:
        """The address the browser is sent to, and the values its session keeps. Raises `Rejected("outside_down")`."""
        asked = Asked(*(secrets.token_urlsafe(32) for _ in range(3)))
        challenge = base64.urlsafe_b64encode(hashlib.sha256(asked.verifier.encode()).digest()).decode().rstrip("=")
        wanted = {
            "response_type": "code",
            "scope": "openid",
            "client_id": self._client,
            "redirect_uri": back,
            "state": asked.state,
            "nonce": asked.nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        address = self._endpoint("authorization_endpoint")
        return f"{address}{'&' if '?' in address else '?'}{urlencode(wanted)}", asked

    def finish(self, asked: Asked, answer: dict[str, str], back: str) -> Identity:
        """The person who came back with this answer. Raises `Rejected`: outside_refused, outside_down."""
        if not hmac.compare_digest(answer.get("state", "").encode(), asked.state.encode()):
            raise Rejected("outside_refused")
        if answer.get("iss", self.issuer) != self.issuer or not answer.get("code"):
            raise Rejected("outside_refused")
        sent = {
            "grant_type": "authorization_code",
            "code": answer["code"],
            "redirect_uri": back,
            "code_verifier": asked.verifier,
            "client_id": self._client,
        }
        token = self._fetch(self._endpoint("token_endpoint"), sent).get("id_token")
        return Identity(self.issuer, self._subject(str(token or ""), asked.nonce))

    def _subject(self, token: str, nonce: str) -> str:
        import jwt

        if self._keys is None:
            self._keys = jwt.PyJWKClient(self._endpoint("jwks_uri"), timeout=PATIENCE_S)
        try:
            key = self._keys.get_signing_key_from_jwt(token)
            said: dict[str, Any] = jwt.decode(
                token,
                key.key,
                algorithms=list(ALGORITHMS),
                audience=self._client,
                issuer=self.issuer,
                leeway=LEEWAY_S,
                options={"require": ["exp", "iat", "iss", "aud", "sub"]},
            )
        except jwt.PyJWKClientConnectionError:
            raise Rejected("outside_down") from None
        except (jwt.PyJWTError, ValueError) as problem:
            log.warning("a token was refused", problem=type(problem).__name__)
            raise Rejected("outside_refused") from None
        several = isinstance(said["aud"], list) and len(said["aud"]) > 1
        if (several or "azp" in said) and said.get("azp") != self._client:
            raise Rejected("outside_refused")
        subject = said["sub"]
        if not hmac.compare_digest(str(said.get("nonce", "")).encode(), nonce.encode()):
            raise Rejected("outside_refused")
        if not isinstance(subject, str) or not 0 < len(subject) <= 255 or "\0" in subject:
            raise Rejected("outside_refused")
        return subject

    def _endpoint(self, name: str) -> str:
        if monotonic() - self._found_at > KNOWN_S:
            found = self._fetch(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
            if found.get("issuer") != self.issuer or not all(_safe(found.get(one), self.issuer) for one in ENDPOINTS):
                log.error("the provider of identities describes itself otherwise", issuer=self.issuer)
                raise Rejected("outside_down")
            self._found, self._found_at, self._keys = found, monotonic(), None
        return str(self._found[name])

    def _fetch(self, address: str, form: dict[str, str] | None = None) -> dict[str, Any]:
        asked = Request(address, urlencode(form).encode() if form else None, {"Accept": "application/json"})  # noqa: S310
        if form and self._secret:
            pair = f"{quote(self._client, safe='')}:{quote(self._secret, safe='')}"
            asked.add_header("Authorization", f"Basic {base64.b64encode(pair.encode()).decode()}")
        try:
            with self._open.open(asked, timeout=PATIENCE_S) as answer:
                found = json.loads(answer.read(MOST_BYTES))
        except URLError as problem:
            refused = form is not None and 400 <= getattr(problem, "code", 0) < 500
            log.warning("the provider of identities did not answer", problem=str(problem))
            raise Rejected("outside_refused" if refused else "outside_down") from None
        except (OSError, ValueError):
            raise Rejected("outside_down") from None
        return found if isinstance(found, dict) else {}


def _safe(address: Any, issuer: str) -> bool:
    """True when an address of the provider is encrypted, or both stand on this very machine."""
    parts = urlsplit(str(address or ""))
    local = urlsplit(issuer).hostname in LOCAL and parts.hostname in LOCAL
    return parts.scheme == "https" or (parts.scheme == "http" and local)


def kept(asked: Asked) -> dict[str, str]:
    """Return the identity as a session stores it."""
    return asdict(asked)


provider = Provider()
