"""A prize-giving over the stage: looked up once for all who are shown the same step, and anew after some seconds."""

from __future__ import annotations

from time import monotonic
from typing import Any

from app.services.awards import ceremony
from app.services.awards.ceremony import Ceremony
from app.services.awards.reading import Shown
from app.services.people.chapters import path_of_chapter
from quizzes.engine import HOST, MC, STAGE
from quizzes.show.picture import FREE

FRESH_S = 15.0  # how long a prize-giving is remembered
MOST_KNOWN = 100  # prize-givings remembered
_held: dict[tuple[int, str], tuple[float, Ceremony | None]] = {}
_together: dict[tuple[str, int], tuple[float, list[Shown]]] = {}
_offered: dict[int, tuple[float, list[tuple[str, str]]]] = {}


def give_awards(view: dict[str, Any], extra: dict[str, Any]) -> None:
    """Put who stands on the stage into a view of the staff, and into the host's what else could be given."""
    wanted, chapter = view["awards"], int((extra.get("links") or {}).get("chapter") or 0)
    if view["role"] not in (HOST, MC, STAGE):
        view["awards"] = None
        return
    told = held(chapter, wanted[0]) if wanted else None
    view["awards"] = _scene(told, min(wanted[1], told.last_step)) if wanted and told else None
    if view["role"] == HOST and view["phase"] in FREE and chapter:
        view["ceremonies"] = offered(chapter)


def _scene(told: Ceremony, step: int) -> dict[str, Any]:
    one, several = told.on_stage(step), together(told, step)
    return {
        "of": told.public_id,
        "step": step,
        "last": told.last_step,
        "told": told,
        "one": one,
        "code": ceremony.code_of(one.public_id) if one else "",
        "several": [(each, ceremony.code_of(each.public_id)) for each in several],
    }


def together(told: Ceremony, step: int) -> list[Shown]:
    """The people who come on together at this step of a prize-giving."""
    if told.before(step) is None:
        return []
    at, found = _together.get((told.public_id, step), (-FRESH_S, []))
    if monotonic() - at >= FRESH_S:
        found = ceremony.together(told, step)
        _keep(_together, (told.public_id, step), found)
    return found


def held(chapter: int | None, public_id: str) -> Ceremony | None:
    """The prize-giving of this name that a show of this chapter may bring on the stage, or None."""
    if not chapter:
        return None
    at, told = _held.get((chapter, public_id), (-FRESH_S, None))
    if monotonic() - at >= FRESH_S:
        path = path_of_chapter(chapter)
        told = ceremony.ceremony(public_id, path) if path else None
        _keep(_held, (chapter, public_id), told)
    return told


def offered(chapter: int) -> list[tuple[str, str]]:
    """(public id, title) of what the host may bring on."""
    at, found = _offered.get(chapter, (-FRESH_S, []))
    if monotonic() - at >= FRESH_S:
        found = ceremony.ceremonies(chapter)
        _keep(_offered, chapter, found)
    return found


def _keep(known: dict[Any, tuple[float, Any]], key: Any, value: Any) -> None:
    if len(known) >= MOST_KNOWN:
        known.clear()
    known[key] = monotonic(), value
