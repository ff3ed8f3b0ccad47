"""Pictures that came in a file of questions: stored as ours, within what one file may cost."""

from __future__ import annotations

import base64

from app.services.banks import media
from app.services.clips import clips
from app.services.commit import breathe
from quizzes.importers import Imported
from quizzes.problems import Problem
from quizzes.refusals import N_, Rejected

PIXELS = 40_000_000
"""Of all pictures of one file together: making them anew is work for this process."""


def with_pictures(found: Imported) -> Imported:
    """The pictures of the file stored, as ours; a question whose picture is none goes without it, and it is said."""
    left = PIXELS
    for name, coded in found.pictures.items():
        breathe()
        try:
            data = base64.b64decode(coded)
            left -= media.pixels_of(data)
            if left < 0:
                raise Rejected("bad_picture", why="pixels")
            media.store_named(name, data)
        except (Rejected, ValueError):
            _leave_out(found, name, N_("Hình của câu này không đọc được nên bị bỏ ra."))
    for name in sorted(named(found) - found.pictures.keys()):
        if media.picture(name) is None and clips.clip(name) is None:  # the table or file of another server
            _leave_out(found, name, N_("Hình, tiếng hoặc phim của câu này không có trên máy chủ này nên bị bỏ ra."))
    return found


def named(found: Imported) -> set[str]:
    """Every picture, sound and film that the questions name."""
    holders = [one for draft in found.drafts for one in (draft, *draft.get("options", []))]
    return {str(one["media"]["name"]) for one in holders if one.get("media")}


def _leave_out(found: Imported, name: str, sentence: str) -> None:
    """Take a picture off its questions; an option that was nothing but a picture takes its question along, and so does
    a question about the picture."""
    for at in reversed(range(len(found.drafts))):
        draft, place = found.drafts[at], found.places[at]
        holders = [one for one in (draft, *draft.get("options", [])) if (one.get("media") or {}).get("name") == name]
        for one in holders:
            del one["media"]
        if not holders:
            continue
        lost = any("text" not in one for one in holders) or draft.get("type") == "hotspot"
        found.problems.append(Problem(("media",), "picture_left", sentence, line=place, warning=not lost))
        if lost:
            for column in (found.drafts, found.places, found.rules):
                del column[at : at + 1]
