"""Static files under an address that changes with their content: `/static/<build>/css/base.css`.

Modules import each other by relative paths, so one build number in the path renews them together. A
request for another build is answered but never cached, or the new file would be kept under the old name.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, send_from_directory

STATIC = Path(__file__).resolve().parents[1] / "static"
FOREVER_S = 365 * 24 * 3600


def build_of(folder: Path) -> str:
    """A short digest of every file's name, size and time of change under `folder`."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            stat = path.stat()
            digest.update(f"{path.relative_to(folder)}:{stat.st_size}:{stat.st_mtime_ns};".encode())
    return digest.hexdigest()[:10]


@cache
def styled() -> tuple[str, ...]:
    """The formats that have a stylesheet of their own, css/formats/<key>.css."""
    return tuple(sorted(path.stem for path in (STATIC / "css" / "formats").glob("*.css")))


def install(app: Flask) -> None:
    """Serve `static/` and give templates `asset(path)`."""
    folder = Path(app.root_path).parent / "static"
    build = build_of(folder)

    def static_file(of_build: str, path: str) -> Response:
        response = send_from_directory(folder, path, max_age=FOREVER_S if of_build == build else 0)
        if of_build == build:
            response.cache_control.immutable = True
            response.cache_control.public = True
        else:
            response.cache_control.no_store = True
        return response

    app.add_url_rule("/static/<of_build>/<path:path>", "static_file", static_file)
    app.jinja_env.globals["media_url"] = lambda name: f"/media/{name}"
    app.jinja_env.globals["asset"] = lambda path: f"/static/{build}/{path}"
