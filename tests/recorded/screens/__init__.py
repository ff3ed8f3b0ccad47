"""The screens of shows of rule version 1 as the code of their day drew them, before rounds had a grammar.

They were recorded by this module on the commit that the fixture names. To record them anew:

    git worktree add --detach OLD 54e2b114; cd OLD
    PYTHONPATH=OLD python NEW/tests/recorded/screens/__init__.py NEW/tests/recorded/1 NEW/tests/recorded/screens/1.json.gz

It uses only what that code and the present one share: `show.start`, `evolve`, `view`, `role`, `group` and `me`.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from quizzes import show
from quizzes.engine import HOST, JUDGE, MC, STAGE, Event, Viewer

RECORDED_BY = "54e2b114df816b1e0b38f9b48020124bd9c4ba42"
SEATS = (1, 2, 3, 4, 5)
"""Those of every recorded show, and one who came too late for it."""
LANGUAGES = ("vi", "en")

Screens = dict[str, dict[str, Any]]
"""Viewer and language -> the drawn screen."""


def screens(journal: Sequence[Sequence[Any]]) -> Iterator[Screens]:
    """After each line of a journal the screens of staff, stage and seats, and what each seat is told of itself."""
    state = None
    for seq, at, _, step, name, data in journal:
        event = Event(name, data)
        state = show.start(event, seq, at) if state is None else show.evolve(state, event, seq, at, step)
        yield {**dict(_views(state)), **{f"me {seat}": show.me(state, seat) for seat in SEATS}}


def _views(state: show.ShowState) -> Iterator[tuple[str, dict[str, Any]]]:
    for lang in LANGUAGES:
        for role in (HOST, MC, JUDGE, STAGE):
            yield f"{role} {lang}", show.view(state, Viewer(role, "", lang))
        drawn: dict[Viewer, dict[str, Any]] = {}
        for seat in SEATS:
            viewer = Viewer(show.role(state, seat, "public"), show.group(state, seat), lang)
            drawn[viewer] = drawn.get(viewer) or show.view(state, viewer)
            yield f"seat {seat} {lang}", drawn[viewer]


class Kept:
    """Screens as a file keeps them: each value once, and of each screen only what changed since the moment before."""

    def __init__(self) -> None:
        self.values: dict[str, int] = {}
        self.shows: dict[str, list[list[list[Any]]]] = {}

    def add(self, name: str, journal: Sequence[Sequence[Any]]) -> None:
        before: dict[str, dict[str, int]] = {}
        moments = self.shows[name] = []
        for drawn in screens(journal):
            changed: list[list[Any]] = []
            for who, screen in drawn.items():
                now = {key: self._number(value) for key, value in screen.items()}
                was = before.get(who, {})
                gone = {key: None for key in was if key not in now}
                news = gone | {key: at for key, at in now.items() if was.get(key) != at}
                changed += [[who, news]] if news else []
                before[who] = now
            moments.append(changed)

    def _number(self, value: Any) -> int:
        return self.values.setdefault(written(value), len(self.values))

    def write(self, file: Path) -> None:
        data = {"recorded_by": RECORDED_BY, "values": list(self.values), "shows": self.shows}
        file.write_bytes(
            gzip.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(), 9, mtime=0)
        )


def written(value: Any) -> str:
    """A value as it was and will be sent."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read(file: Path) -> Mapping[str, list[dict[str, dict[str, str]]]]:
    """Show -> after each line of its journal, who looks on -> the parts of the screen, as they were sent."""
    data = json.loads(gzip.decompress(file.read_bytes()))
    return {name: list(_unfolded(moments, data["values"])) for name, moments in data["shows"].items()}


def _unfolded(moments: list[list[list[Any]]], values: list[str]) -> Iterator[dict[str, dict[str, str]]]:
    now: dict[str, dict[str, str]] = {}
    for changed in moments:
        for who, news in changed:
            whole = {**now.get(who, {}), **{key: "" if at is None else values[at] for key, at in news.items()}}
            now[who] = {key: value for key, value in whole.items() if value}
        yield dict(now)


def main(folder: Path, file: Path) -> None:
    kept = Kept()
    for record in sorted(folder.glob("*.json")):
        kept.add(record.stem, json.loads(record.read_text())["journal"])
    kept.write(file)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
