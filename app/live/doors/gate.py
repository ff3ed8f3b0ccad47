"""The way to the sockets: a handshake comes from our own pages, or from no page at all, and names a host of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.config import Settings
from app.live.protocol import PATH
from app.security.headers import behind_proxies, right_source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

REFUSED = b'{"code": "bad_request", "message": "This address answers its own pages only."}'


class Gate:
    """A WSGI application: handshakes go to `sockets` when they may, everything else to `pages`."""

    def __init__(self, sockets: WSGIApplication, pages: WSGIApplication, settings: Settings) -> None:
        self._open, self._pages, self._settings = sockets, pages, settings
        self._sockets = behind_proxies(self._judge, settings)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        is_socket = environ["PATH_INFO"].startswith(f"/{PATH}/")
        return (self._sockets if is_socket else self._pages)(environ, start_response)

    def _judge(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Engine.IO looks at Origins too, but not at an empty one, nor at the Host."""
        if right_source(environ, self._settings):
            return self._open(environ, start_response)
        start_response("400 Bad Request", [("Content-Type", "application/json"), ("Content-Length", str(len(REFUSED)))])
        return [REFUSED]
