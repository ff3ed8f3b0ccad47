"""Every format played with the longest and the unbreakable: each kind of picture of it, for everybody who has a screen."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

from flask import Flask

from app.live.screens.drawing import html_of
from quizzes import show
from quizzes.engine import AUDIENCE, HOST, JUDGE, MC, PLAYER, STAGE, Viewer
from quizzes.formats import FORMATS
from tests.look import harness, scenes
from tests.quizzes.people import EVERYBODY, Stage
from tests.quizzes.twins import askable, opened, playout

ROLES = (STAGE, HOST, MC, JUDGE, PLAYER, AUDIENCE)
NAMES = dict(zip(EVERYBODY, (scenes.LONGEST_NAME, scenes.UNBREAKABLE, *scenes.NAMES.values()), strict=False))
SEED = 1
SHOWN = (STAGE, PLAYER)
"""The roles that are shown each way of asking in each phase of a format; the others see each format twice."""
ASKING = ("open", "answering")
PLAYED = ("ready", "open", "answering", "closed", "revealed")
"""The phases that a format draws itself."""
AHEAD_US = 600_000_000
Message = list[Any]


def long(question: dict[str, Any], place: int) -> dict[str, Any]:
    """The same question in more words: one in three has a word that has no end."""
    said = scenes.UNBREAKABLE * 3 if place % 3 == 2 else scenes.LONG
    options = [
        {**one, "text": {"vi": text, "en": text}}
        for one, text in zip(question.get("options", ()), scenes.LONG_OPTIONS * 2, strict=False)
    ]
    return {**question, "text": {"vi": said, "en": said}, **({"options": options} if options else {})}


def pictures(app: Flask) -> dict[str, list[tuple[str, list[Message]]]]:
    """The messages of each kind of picture, with its name, by role."""
    found: dict[str, list[tuple[str, list[Message]]]] = {role: [] for role in ROLES}
    seen: dict[str, set[tuple[str, ...]]] = {role: set() for role in ROLES}
    for fmt in FORMATS.values():
        questions = [long(pair[0], place) for place, pair in enumerate(askable(fmt))]
        settings = {name: json.loads(json.dumps(one.default)) for name, one in fmt.settings.items()}
        played = opened(fmt, questions, f"{SEED}", **settings)
        for _ in playout([played], SEED):
            for role, keys, view in screens(played, fmt.key):
                if keys - seen[role]:
                    seen[role] |= keys
                    name = f"{fmt.key} {view['phase']} {view['group']} {(view['question'] or {}).get('type', '')}"
                    found[role].append((name, messages(app, played, role, view)))
    return found


def screens(played: Stage, key: str) -> Iterator[tuple[str, set[tuple[str, ...]], dict[str, Any]]]:
    """The view of each role with its kinds: a question type in a phase, a way of asking in a format."""
    groups = {show.group(played.state, seat) for seat in EVERYBODY}
    for role in ROLES:
        for group in sorted(groups) if role == PLAYER else [""]:
            view = show.view(played.state, Viewer(role, group))
            phase, asks = view["phase"], sorted(one["kind"] for one in view["asks"])
            asked = (view["question"] or {}).get("type", "")
            own = "" if group.isdecimal() else group
            kinds = {(key, phase, own, *asks)} if role in SHOWN else {(key, phase in ASKING)}
            kinds |= {(phase, asked)} if role in (*SHOWN, HOST, MC) else set()
            yield role, kinds if phase in PLAYED else {(phase,)}, view


def messages(app: Flask, played: Stage, role: str, view: dict[str, Any]) -> list[Message]:
    """As the room sends them; what is open stays so for a while."""
    ends = int(time.time() * 1_000_000) + AHEAD_US
    view = view | {"closes_at": view["closes_at"] and ends, "sound": view.get("sound")}
    view["asks"] = [{**one, "closes_at": one["closes_at"] and ends} for one in view["asks"]]
    seats = [
        {"seat": seat, "name": name, "code": "K7QM", "present": True, "answered": seat % 2 == 0, "score": 2310.5}
        for seat, name in NAMES.items()
    ]
    extra = {"seats": seats if role == HOST else [], "links": harness.LINKS}
    screen = {"v": 1, "html": html_of(app, view, NAMES, extra), "data": harness.data_of(view)}
    tally = {"answered": 2, "present": 4, "counts": {}}
    return [["screen", screen], ["me", own(played, view)], ["tally", tally]]


def own(played: Stage, view: dict[str, Any]) -> dict[str, Any]:
    seat = next((one for one in EVERYBODY if show.group(played.state, one) == view["group"]), EVERYBODY[0])
    return show.me(played.state, seat) | {"role": "player", "choices": {}, "answered": False, "code": "K7QM", "v": 1}
