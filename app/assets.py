"""Static files under an address that changes with their content: `/static/<build>/css/base.css`.

Modules import each other by relative paths, so one build number in the path renews them together. A
request for another build is answered but never cached, or the new file would be kept under the old name.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from functools import cache
from pathlib import Path

from flask import Flask, Response, request, send_from_directory

STATIC = Path(__file__).resolve().parents[1] / "static"
FOREVER_S = 365 * 24 * 3600
"""How long a browser may keep a file whose address changes with each build, seconds."""
TEXTS = frozenset({".css", ".js", ".svg"})
"""The files that compression makes smaller; fonts and pictures are compressed already."""


def build_of(folder: Path) -> str:
    """A short digest of every file's name, size and time of change under `folder`."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            stat = path.stat()
            digest.update(f"{path.relative_to(folder)}:{stat.st_size}:{stat.st_mtime_ns};".encode())
    return digest.hexdigest()[:10]


SHEETS = {"player": ".phone", "host": ".desk", "judge": ".desk"}
"""Role -> the mark in the names of the stylesheets for its screens."""


@cache
def styled(role: str) -> tuple[str, ...]:
    """The names of the formats' own stylesheets for the screens of a role, in css/formats: <key>.css for the stage and
    the MC, <key>.phone.css for players, <key>.desk.css for hosts and judges."""
    kind = SHEETS.get(role, "")
    names = (path.name.removesuffix(".css") for path in (STATIC / "css" / "formats").glob(f"*{kind}.css"))
    return tuple(sorted(name for name in names if kind or "." not in name))


@cache
def _compressed(folder: Path, build: str) -> dict[str, bytes]:
    """The texts among the files, by their path: compressed once, when the program starts. Pages, JSON and frames never
    are: what a stranger can put beside a secret must not change its size."""
    return {
        path.relative_to(folder).as_posix(): gzip.compress(path.read_bytes(), 9, mtime=0)
        for path in sorted(folder.rglob("*"))
        if path.suffix in TEXTS and build
    }


def _sent_small(data: bytes, path: str, build: str) -> Response:
    response = Response(data, mimetype=mimetypes.guess_type(path)[0] or "text/plain")
    response.content_encoding = "gzip"
    response.cache_control.max_age = FOREVER_S
    response.set_etag(f"{build}-{hashlib.sha256(path.encode()).hexdigest()[:10]}")
    response.make_conditional(request)
    return response


def install(app: Flask) -> None:
    """Serve `static/` and give templates `asset(path)`."""
    folder = Path(app.root_path).parent / "static"
    build = build_of(folder)
    small = _compressed(folder, build)

    def static_file(of_build: str, path: str) -> Response:
        if of_build == build and path in small and request.accept_encodings["gzip"]:
            response = _sent_small(small[path], path, build)
        else:
            response = send_from_directory(folder, path, max_age=FOREVER_S if of_build == build else 0)
        if path in small:
            response.vary.add("Accept-Encoding")
        if of_build == build:
            response.cache_control.immutable = True
            response.cache_control.public = True
        else:
            response.cache_control.no_store = True
        return response

    app.add_url_rule("/static/<of_build>/<path:path>", "static_file", static_file)
    app.jinja_env.globals["media_url"] = lambda name: f"/media/{name}"
    app.jinja_env.globals["asset"] = lambda path: f"/static/{build}/{path}"
