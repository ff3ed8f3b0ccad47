"""The pictures of questions, as a hall asks for them: thousands the same one, in the same second."""

from __future__ import annotations

from collections import OrderedDict

from flask import Response, abort, current_app

from app.live.doors import clips
from app.services.banks import media

MOST_BYTES = 32_000_000  # bytes of pictures kept in memory


class Pictures:
    """Those asked for last, read from the database once by this process."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0

    def find(self, name: str) -> bytes | None:
        """The picture of this name. One that is not there is looked for again each time: it may be on its way."""
        if name in self._kept:
            self._kept.move_to_end(name)
            return self._kept[name]
        data = media.picture(name)
        if data is not None and name not in self._kept:
            self._kept[name] = data
            self._size += len(data)
            while self._size > MOST_BYTES:
                self._size -= len(self._kept.popitem(last=False)[1])
        return data


def reply(pictures: Pictures, name: str) -> Response:
    """The reply to a request for one; 404 where there is none."""
    data = pictures.find(name)
    if data is None:
        abort(404)
    response = Response(data, mimetype="image/webp")
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def picture(name: str) -> Response:
    """A picture, sound or film of a question. Its name is random and says nothing; only who was told it can ask."""
    if name.endswith((".mp3", ".mp4")):
        return clips.reply(name)
    kept: Pictures = current_app.extensions.setdefault("pictures", Pictures())
    return reply(kept, name)
