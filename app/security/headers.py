"""Tells browsers what they may do with our pages, and decides which hosts, origins and proxies we believe."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request
from werkzeug.middleware.proxy_fix import ProxyFix

from app.config import Settings
from app.errors import sentence
from quizzes.refusals import Rejected

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

SCHEMES = ("http", "https")
LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})
YEAR_S = 365 * 24 * 3600
"""How long a browser asks for this site by HTTPS alone, seconds."""

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "media-src": "'self'",
    "manifest-src": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
"""No inline script and no inline style anywhere. `connect-src` is added for each host: its own sockets."""

FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


INDEXED = frozenset({
    "chapters.index", "contests.index", "contests.one", "contests.rules_page", "home.index", "home.privacy",
    "ranking.index", "static_file",
})  # fmt: skip
"""The pages that search engines may keep: they name no person. Every other one says noindex, also those yet to be
written: a name that was withdrawn here must not live on in an index."""


ANY_HOST = frozenset({"probes.reply"})
"""The endpoints answered under any name: phones ask for them under their makers' names."""


def settings() -> Settings:
    """The settings of the application that answers now."""
    found: Settings = current_app.config["SETTINGS"]
    return found


BARE = frozenset({"text/css", "text/javascript", "font/woff2"})
"""Files that never stand alone in a window: what they may do, the page that loads them says."""

BARE_FIXED = {name: FIXED[name] for name in ("X-Content-Type-Options", "Cross-Origin-Resource-Policy")}
IDLE = ("Content-Disposition", "Expires")
"""The headers that add nothing to the type and Cache-Control."""


def is_secure(of: Settings) -> bool:
    """True when people reach us over TLS, ours (`--tls`) or a proxy's (`SCS_PUBLIC_URL=https://...`)."""
    return of.tls is not None or of.public_url.startswith("https://")


HANDED_ON = ("X-Forwarded-For", "Forwarded")
"""The headers that a proxy adds, also one that nobody told us to trust."""


def overheard(of: Settings) -> bool:
    """True when others on the network could read what this request carries: it came over plain HTTP from another
    machine.

    A request from this machine itself, also to its address in the hall, leaves no wire to listen on; one that a proxy
    on this machine hands on for somebody else has left one already.
    """
    host = request.host.lower()
    public = urlsplit(of.public_url)
    if of.tls is not None or request.is_secure or (public.scheme == "https" and public.netloc.lower() == host):
        return False
    if not of.trusted_proxies and any(name in request.headers for name in HANDED_ON):
        return request.headers.get("X-Forwarded-Proto", "").lower() != "https"
    remote = (request.remote_addr or "").partition("%")[0].removeprefix("::ffff:")
    own = {urlsplit(one).hostname for one in of.addresses}
    return remote not in own and not _is_loopback(remote)


def _is_loopback(text: str) -> bool:
    try:
        return ipaddress.ip_address(text).is_loopback
    except ValueError:
        return False


def address() -> str:
    """The address a request comes from; a whole /64 counts as one, because one phone has all of it."""
    text = request.remote_addr or ""
    try:
        found = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return text
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return text


def our_origins(of: Settings) -> frozenset[str]:
    """The addresses people may type (scheme, host, port), or none where no public one is set: then any is ours."""
    if not of.public_url:
        return frozenset()
    parts = (urlsplit(one) for one in (of.public_url, *of.addresses))
    return frozenset(f"{one.scheme}://{one.netloc}".lower() for one in parts)


def is_local(host: str) -> bool:
    """True when a Host header names this machine itself: health checks and operators do."""
    return re.sub(r":\d+$", "", host.lower()) in LOCAL


def right_host(host: str, of: Settings) -> bool:
    """True when a Host header names us; loopback always does, for health checks behind a proxy."""
    ours = our_origins(of)
    return not ours or is_local(host) or any(one.partition("://")[2] == host.lower() for one in ours)


def right_origin(origin: str | None, host: str, of: Settings | None = None, scheme: str = "") -> bool:
    """True when a request with this Origin may act: none at all (no browser), one of ours, or just where it was sent.

    `host` is the request's Host header, `scheme` how it came where that is known (`scheme_of`). With a public address
    only that and the printed ones are ours, and loopback where it was asked for; without, the two must be equal.
    """
    if origin is None:
        return True
    given, ours = origin.lower(), our_origins(of or settings())
    if given in ours:
        return True
    if ours and not is_local(host):
        return False
    return any(given == f"{one}://{host.lower()}" for one in ([scheme] if scheme else SCHEMES))


def scheme_of(environ: Mapping[str, Any], of: Settings) -> str:
    """http or https, as the browser sees it; "" where nobody knows: a tunnel that is not trusted may end TLS."""
    if of.tls is not None:
        return "https"
    if not of.trusted_proxies or not environ.get("HTTP_X_FORWARDED_PROTO"):
        return ""
    told = str(environ["wsgi.url_scheme"]).lower()
    return {"ws": "http", "wss": "https"}.get(told, told)


def right_source(environ: Mapping[str, Any], of: Settings) -> bool:
    """True when Host and Origin of a request are ours. `environ` already holds what trusted proxies said."""
    host = environ.get("HTTP_HOST", "")
    return right_host(host, of) and right_origin(environ.get("HTTP_ORIGIN"), host, of, scheme_of(environ, of))


def behind_proxies(application: WSGIApplication, of: Settings) -> WSGIApplication:
    """The same application, told by as many proxies as we trust who asks, for which host, and how."""
    count = of.trusted_proxies
    return ProxyFix(application, x_for=count, x_proto=count, x_host=count) if count else application


def policy(host: str) -> str:
    """The Content-Security-Policy of a page on `host`."""
    sockets = f" ws://{host} wss://{host}" if re.fullmatch(r"[A-Za-z0-9.:\[\]_-]+", host) else ""
    rules = POLICY | {"connect-src": f"'self'{sockets}"}
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())


LARGE = {
    "clips.upload": 41 * 1024 * 1024,
    "parcels.take": 24 * 1024 * 1024,
    "round_questions.write": 11 * 1024 * 1024,
    "scripts.compose": 11 * 1024 * 1024,
    "scripts.one": 11 * 1024 * 1024,
}
"""Bytes of a request where it may be larger than a form."""


def install(app: Flask) -> None:
    """Believe as many proxies as the settings say, refuse foreign hosts, and send the headers."""
    of: Settings = app.config["SETTINGS"]
    app.config["MAX_CONTENT_LENGTH"] = 6 * 1024 * 1024
    app.wsgi_app = behind_proxies(app.wsgi_app, of)  # type: ignore[method-assign,assignment]

    @app.before_request
    def let_large_in() -> None:
        request.max_content_length = LARGE.get(request.endpoint or "", app.config["MAX_CONTENT_LENGTH"])

    @app.before_request
    def refuse_foreign_host() -> None:
        if not right_host(request.host, of) and request.endpoint not in ANY_HOST:
            raise Rejected("bad_request")

    app.jinja_env.globals["overheard"] = lambda: sentence("overheard") if overheard(of) else ""

    @app.after_request
    def add_headers(response: Response) -> Response:
        if response.mimetype in BARE:  # a phone loads thirty of them, and 900 bytes of policies bind none
            for name in IDLE:
                response.headers.pop(name, None)
        else:
            response.headers.setdefault("Content-Security-Policy", policy(request.host))
        for name, value in (BARE_FIXED if response.mimetype in BARE else FIXED).items():
            response.headers.setdefault(name, value)
        if request.endpoint not in INDEXED:
            response.headers.setdefault("X-Robots-Tag", "noindex")
        if is_secure(of):
            response.headers.setdefault("Strict-Transport-Security", f"max-age={YEAR_S}")
        if not response.headers.get("Cache-Control"):
            response.headers["Cache-Control"] = "no-store"
        return response
