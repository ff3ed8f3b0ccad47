"""What a browser may do with our pages, and which hosts, origins and proxies we believe."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request
from werkzeug.middleware.proxy_fix import ProxyFix

from app.config import Settings
from quizzes.refusals import Rejected

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

SCHEMES = ("http", "https")
LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})
YEAR_S = 365 * 24 * 3600

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
"""What search engines may keep: pages that name no person. Every other one says noindex, also those yet to be written:
a name that was withdrawn here must not live on in an index."""


ANY_HOST = frozenset({"probes.answer"})
"""What is answered under any name: phones ask for it under their makers' names."""


def settings() -> Settings:
    """The settings of the application that answers now."""
    found: Settings = current_app.config["SETTINGS"]
    return found


BARE = frozenset({"text/css", "text/javascript", "font/woff2"})
"""Files that never stand alone in a window: what they may do, the page that loads them says."""


def is_secure(of: Settings) -> bool:
    """Whether people reach us over TLS, ours (`--tls`) or a proxy's (`SCS_PUBLIC_URL=https://...`)."""
    return of.tls is not None or of.public_url.startswith("https://")


def address() -> str:
    """Where the request comes from; a whole /64 counts as one, because one phone has all of it."""
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
    """Whether a Host header names this machine itself: health checks and operators do."""
    return re.sub(r":\d+$", "", host.lower()) in LOCAL


def right_host(host: str, of: Settings) -> bool:
    """Whether a Host header names us; loopback always does, for health checks behind a proxy."""
    ours = our_origins(of)
    return not ours or is_local(host) or any(one.partition("://")[2] == host.lower() for one in ours)


def right_origin(origin: str | None, host: str, of: Settings | None = None, scheme: str = "") -> bool:
    """Whether a request with this Origin may act: none at all (no browser), one of ours, or just where it was sent.

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
    """Whether Host and Origin of a request are ours. What trusted proxies said stands in `environ` already."""
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


def install(app: Flask) -> None:
    """Believe as many proxies as the settings say, refuse foreign hosts, and send the headers."""
    of: Settings = app.config["SETTINGS"]
    app.config["MAX_CONTENT_LENGTH"] = 6 * 1024 * 1024
    app.wsgi_app = behind_proxies(app.wsgi_app, of)  # type: ignore[method-assign,assignment]

    @app.before_request
    def refuse_foreign_host() -> None:
        if not right_host(request.host, of) and request.endpoint not in ANY_HOST:
            raise Rejected("bad_request")

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in FIXED.items():
            response.headers.setdefault(name, value)
        if response.mimetype not in BARE:  # a phone loads thirty of them, and a policy of 600 bytes binds none
            response.headers.setdefault("Content-Security-Policy", policy(request.host))
        if request.endpoint not in INDEXED:
            response.headers.setdefault("X-Robots-Tag", "noindex")
        if is_secure(of):
            response.headers.setdefault("Strict-Transport-Security", f"max-age={YEAR_S}")
        if not response.headers.get("Cache-Control"):
            response.headers["Cache-Control"] = "no-store"
        return response
