"""The motion on live screens: transform, opacity and clip-path only, by named curves, and never in a swap."""

from __future__ import annotations

import re
from pathlib import Path

CSS = Path(__file__).resolve().parents[2] / "static" / "css"
LIVE = [*sorted((CSS / "live").glob("*.css")), *sorted((CSS / "formats").glob("*.css"))]
MAY_MOVE = {"transform", "opacity", "clip-path"}
KEYFRAMES = re.compile(r"@keyframes\s+([\w-]+)\s*\{((?:[^{}]*\{[^{}]*\})*)\s*\}")
ENTERS = re.compile(r"^(from|rise|pop|slam|settle|wipe|swell|grow|fade)")
SECONDS = re.compile(r"(?<![\w.])(\d*\.?\d+)s\b")


def sheet(path: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)


def test_animations_touch_only_what_no_layout_and_no_paint_depends_on() -> None:
    found = []
    for path in LIVE:
        for name, frames in KEYFRAMES.findall(sheet(path)):
            moved = set(re.findall(r"([\w-]+)\s*:", re.sub(r"(?:from|to|[\d.]+%)[^{]*\{", "{", frames)))
            if wrong := moved - MAY_MOVE - {"animation-timing-function"}:
                found.append(f"{path.name}: {name} moves {', '.join(sorted(wrong))}")
        for what in re.findall(r"transition:\s*([^;}]+)", sheet(path)):
            parts = {part.split()[0] for part in re.split(r",(?![^(]*\))", what)} - {"none"}
            found += [f"{path.name}: a transition of {part}" for part in parts - MAY_MOVE]
    assert found == []


def test_moves_that_scripts_make_touch_only_the_same() -> None:
    """One other property in a move, and a browser paints the whole of it itself instead of its compositor."""
    scripts = {path.name: path.read_text() for path in sorted((CSS.parent / "js" / "live").glob("*.js"))}
    moves = {name: re.findall(r"\.animate\(\[(.*?)\],", text, re.DOTALL) for name, text in scripts.items()}
    assert moves["flip.js"]
    assert sum(text.count(".animate(") for text in scripts.values()) == sum(map(len, moves.values()))
    for name, found in moves.items():
        assert set(re.findall(r"[{,]\s*(\w+):", " ".join(found))) <= {"transform", "opacity", "clipPath"}, name


def test_what_enters_the_stage_takes_between_four_tenths_of_a_second_and_a_second() -> None:
    """Never a swap, and never a wait: the moves of the table in the design."""
    found = []
    for path in LIVE:
        if path.name in ("player.css", "host.css", "judge.css", "mc.css", "live.css"):
            continue
        for rule in re.findall(r"animation:\s*([^;}]+)", sheet(path)):
            for one in re.split(r",(?![^(]*\))", rule):
                name, times = one.split()[0], SECONDS.findall(one)
                if ENTERS.match(name) and times and not 0.4 <= float(times[0]) <= 1.0:
                    found.append(f"{path.name}: {one.strip()}")
    assert found == []


def test_nothing_that_moves_on_the_stage_moves_evenly() -> None:
    stage = [path for path in LIVE if path.name.startswith("stage")]
    assert [path.name for path in stage if re.search(r"animation:[^;}]*\blinear\b(?! infinite)", sheet(path))] == []


def test_reduced_motion_stops_everything() -> None:
    assert "prefers-reduced-motion" in sheet(CSS / "live" / "live.css")
