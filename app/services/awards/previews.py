"""Pictures of documents for whoever chooses or decides: drawn beside the page that asks, then kept for a while.

A page never waits for them: the child that draws takes half a second to begin. Those that wait and have the same
logo and signature are drawn by one child, one child at a time.
"""

from __future__ import annotations

import json
from hashlib import sha256
from threading import Lock
from typing import Any

from app.services.apart import beside
from app.services.awards.letterheads import Pictures
from app.services.awards.typesetting import typeset

MOST_KEPT = 24
"""Pictures a process keeps, some 100 KB each."""
MOST_WAITING = 12
"""Pictures that wait; who asks for another one meanwhile asks again."""
Key = str
Wanted = tuple[dict[str, Any], Pictures]


class Previews:
    """The pictures this worker has drawn, and those that wait."""

    def __init__(self) -> None:
        self._drawn: dict[Key, bytes] = {}
        self._waiting: dict[Key, Wanted] = {}
        self._drawing = Lock()

    def of(self, document: dict[str, Any], pictures: Pictures) -> bytes | None:
        """The picture of a document as PNG; None while it is drawn: ask again soon."""
        key = _key(document, pictures)
        if key not in self._drawn and len(self._waiting) < MOST_WAITING:
            self._waiting[key] = (document, pictures)
            beside(self._draw)
        return self._drawn.get(key)

    def forget(self) -> None:
        """Draw all of them anew."""
        self._drawn.clear()

    def _draw(self) -> None:
        """Draws what waits until nothing does, unless somebody is about it already."""
        while self._waiting and self._drawing.acquire(blocking=False):
            try:
                self._draw_alike()
            finally:
                self._drawing.release()

    def _draw_alike(self) -> None:
        """Draws the first that waits and all with the same pictures. One that cannot be drawn waits no longer."""
        pictures = next(iter(self._waiting.values()))[1]
        alike = {key: document for key, (document, own) in self._waiting.items() if own == pictures}
        try:
            made = typeset(list(alike.values()), pictures, "png")
        finally:
            for key in alike:
                del self._waiting[key]
        if len(self._drawn) + len(made) > MOST_KEPT:
            self._drawn.clear()
        self._drawn |= dict(zip(alike, made, strict=True))


def _key(document: dict[str, Any], pictures: Pictures) -> Key:
    found = sha256(json.dumps(document, sort_keys=True).encode())
    for picture in (pictures.logo, pictures.signature):
        found.update(sha256(picture or b"").digest())
    return found.hexdigest()


previews = Previews()
