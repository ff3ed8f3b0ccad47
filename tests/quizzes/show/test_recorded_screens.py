"""Shows of rule version 1 look as they did before rounds had a grammar, but for what is listed here.

Every screen of host, MC, judge, stage and seats, in both languages and after each line of 29 journals, is compared part
by part with the one that the code of that day drew (`tests/recorded/screens`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.recorded.record import FOLDER
from tests.recorded.screens import RECORDED_BY, read, screens, written

FILE = FOLDER / "screens" / "1.json.gz"
RECORDED = read(FILE)

BY_HOST = {"spread", "awards", "thrown", "message", "hidden", "sound", "followed", "ranked_by"}
"""The host's switches for whatever is played: 1+2, awards and the shelf over the stage, names, sounds, the next show;
and the sentence that says what ranks go by."""
ADDED: Mapping[str, set[str]] = {
    "host": BY_HOST | {"order", "armed", "verdicts", "verdicts_before"},
    "mc": BY_HOST | {"order"},
    "judge": BY_HOST,
    "stage": BY_HOST,
    "seat": BY_HOST,
    "me": {"results"},
}
"""Viewer -> the parts of a screen that have come since; `me.results` is PROTOCOL's, "Grown"."""
INSIDE: Mapping[str, set[str]] = {"format": {"hit", "missed", "along"}, "script": {"begun_at", "planned_s", "note"}}
"""A part of a screen -> the names inside it that have come since: verdicts that the host has said aloud, those who play
along, the order of the show."""
ACTS = {
    "arm", "throw", "show_spread", "hide_spread", "show_awards", "hide_awards", "hide_names",
    "show_names", "sound", "check_sound", "correct", "skip", "replace", "ask_again", "count_in", "extend",
    "secret",
}  # fmt: skip
"""Commands that have come since."""
RANKS = {"standings", "podium", "seats", "rank"}
"""The parts that rank people, or name them for it: while nobody has a point nobody is the first any more."""
NOT_NOW = {"close_now", "right", "wrong"}
"""Commands that were offered where they were refused: while everything closes, and while nobody has the floor."""


def test_the_fixture_is_of_the_code_before_the_grammar() -> None:
    assert RECORDED_BY.startswith("54e2b114")
    assert {file.stem for file in (FOLDER / "1").glob("*.json")} == RECORDED.keys()


@pytest.mark.parametrize("name", RECORDED)
def test_every_screen_of_a_recorded_show_is_that_of_its_day_but_for_what_has_come_since(name: str) -> None:
    journal = json.loads((FOLDER / "1" / f"{name}.json").read_text())["journal"]
    compared = 0
    for at, (then, now) in enumerate(zip(RECORDED[name], screens(journal), strict=True)):
        assert then.keys() == now.keys()
        for who, parts in then.items():
            found = list(differences(who.split()[0], parts, now[who])) if parts != written_of(now[who]) else []
            assert not found, (at, who, found)
            compared += 1
    assert compared == len(journal) * len(RECORDED[name][0])


def differences(who: str, then: Mapping[str, str], now: Mapping[str, Any]) -> Iterator[str]:
    """The parts that differ otherwise than by what has come since. `then` holds each part as it was sent."""
    if extra := now.keys() - then.keys() - ADDED[who]:
        yield f"{who}: {sorted(extra)} have come without a word here"
    for part, sent in then.items():
        if part not in now:
            yield f"{part} is gone"
        elif written(now[part]) != sent and not has_only_grown(part, json.loads(sent), now[part], then):
            yield f"{part}: {sent[:300]} is now {written(now[part])[:300]}"


def written_of(screen: Mapping[str, Any]) -> dict[str, str]:
    return {part: written(value) for part, value in screen.items()}


def nobody_has_a_point(screen: Mapping[str, str]) -> bool:
    rows = json.loads(screen.get("standings", "null")) or []
    return all(row["score"] == 0 for row in rows) and json.loads(screen.get("score", "0")) == 0


def has_only_grown(part: str, then: Any, now: Any, screen: Mapping[str, str]) -> bool:
    """True when this part says what it said then; `screen` is the whole one of then."""
    if part in RANKS:
        return nobody_has_a_point(screen) and (set(now) < set(then) if part == "seats" else not now)
    if part == "acts":
        kept = [one for one in now if one["do"] not in ACTS]
        return [one for one in then if one in kept or one["do"] not in NOT_NOW] == kept
    if part == "format":
        return reduced(then, _told_right(then, now), INSIDE[part]) == then
    if part == "script":
        return [reduced(was, one, INSIDE[part]) for was, one in zip(then, now, strict=True)] == then
    return False


def _told_right(then: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """Between the two events of a right verdict the code of that day called it missed, which nobody was ever sent."""
    mended = "missed" in then and "missed" not in now and now.get("hit") == then["missed"]
    return {**now, "missed": now["hit"]} if mended else dict(now)


def reduced(then: Mapping[str, Any], now: Mapping[str, Any], since: set[str]) -> dict[str, Any]:
    """Without the names that have come since, where the screen of that day did not have them already."""
    return {name: value for name, value in now.items() if name in then or name not in since}
