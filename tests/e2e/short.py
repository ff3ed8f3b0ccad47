"""The shipped scripts with a question or two in each round and time for a slow machine: so a browser plays to its end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from quizzes.formats import FORMATS
from tests.serving import ROOT

KEYS = sorted(file.stem for file in (ROOT / "quizzes/shows").glob("*.yaml"))
PATIENT_S = 120
"""Seconds of a clock: here the host or the last answer ends what ends by time in a hall."""
SHORT: dict[str, dict[str, Any]] = {
    "warm_up": {"contestants": 2, "each": 1, "common": 1},
    "obstacle": {"contestants": 2},
    "acceleration": {"contestants": 2},
    "finish": {"contestants": 2, "each": 1},
    "tie_break": {"contestants": 2},
    "golden_bell": {"rescue_after": 1, "cut_at": [], "bell_question": 0, "unit_left": 1},
    "ladder": {"prizes": [10, 20], "milestones": [1]},
    "duel": {"each": 1},
}
COUNTS = {"warm_up": 3, "finish": 2, "golden_bell": 3, "ladder": 2, "duel": 3, "crowd": 2, "draw": 2}
"""The number of questions drawn for a round; of all others one."""
AS_THEY_STAND = ("obstacle", "judged")
"""Formats whose questions belong together."""


def shortened(key: str, folder: Path) -> str:
    """The file of the short one."""
    script: dict[str, Any] = yaml.load((ROOT / f"quizzes/shows/{key}.yaml").read_text(), yaml.CSafeLoader)
    for part in script["rounds"]:
        shorten(part)
    (folder / f"{key}.yaml").write_text(yaml.safe_dump(script, allow_unicode=True))
    return str(folder / f"{key}.yaml")


def shorten(part: dict[str, Any]) -> None:
    """Its own settings stay, but for times and for how long it goes on."""
    fmt = FORMATS[part["format"]]
    preset = fmt.presets[part["preset"]].settings if "preset" in part else {}
    settings = {**preset, **part.get("settings", {})}
    slow = {name: patient(fmt.settings[name], settings.get(name)) for name in fmt.settings if times(name)}
    part["settings"] = settings | {name: one for name, one in slow.items() if one} | SHORT.get(fmt.key, {})
    if "places" in preset:
        part["settings"]["places"] = 2
    if "draw" in part:
        part["draw"] |= {"count": COUNTS.get(fmt.key, 1)}
    elif fmt.key not in AS_THEY_STAND:
        part["questions"] = part["questions"][:2]


def times(name: str) -> bool:
    return "seconds" in name or name in ("times", "practical_times")


def patient(setting: Any, given: Any) -> Any:
    """A longer time; nothing where none runs."""
    now = setting.default if given is None else given
    longest = min(int(setting.high), PATIENT_S)
    return (
        [longest] if isinstance(now, (list, tuple)) and now else longest if now and not isinstance(now, list) else None
    )
