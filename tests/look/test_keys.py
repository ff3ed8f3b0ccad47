"""Keys of the console: one key does one thing, whatever round is played, and each stands in the console's list and in
the director's document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONSOLE, SHELL = ROOT / "templates" / "live" / "_host.html", ROOT / "templates" / "live" / "host.html"
FORMATS = sorted((ROOT / "templates" / "formats").glob("*.html"))
BUTTON = re.compile(r'<button\b(?:[^<]*?)data-(?:act|dialog)="([^"]*)"(?:[^<]*?)data-key="([^"]*)"', re.DOTALL)
LISTED = {
    "Space": "Phím cách", "PageDown": "PageDown", "ArrowRight": "→", "ArrowDown": "↓", "Enter": "Enter", "Escape": "Esc",
    "Equal": "('+'", "Slash": "('?'", "Period": "dấu chấm", "Digit0": "0 cất đi", "Digit7": "1 – 7", "Digit8": "('8'",
}  # fmt: skip
"""A key's code -> where the console's list has it; of a letter it is the letter."""
TOLD = {"ArrowRight": "→", "Escape": "Esc", "Equal": "+", "Period": "."}
"""A key's code -> what the document calls it, where that is not its own name."""
UNTOLD = {"ArrowDown", "Slash"}  # a second way to the next step; the list itself


def keys_of(path: Path) -> Iterator[tuple[str, str]]:
    """(key, act) of every button that a template draws with a key of its own."""
    for act, keys in BUTTON.findall(re.sub(r"{#.*?#}", "", path.read_text(), flags=re.DOTALL)):
        for key in keys.split():
            if re.fullmatch(r"(Key[A-Z]|Digit\d|[A-Z][a-z]+[A-Za-z]*)", key) and not key.startswith("Numpad"):
                yield key, act


def test_no_key_of_a_format_is_one_of_the_console() -> None:
    console = {key for key, _ in keys_of(CONSOLE)}
    assert {"Space", "KeyA", "KeyG", "KeyV", "Digit8"} <= console
    assert {"KeyD", "KeyS", "KeyK", "KeyQ"} <= {key for path in FORMATS for key, _ in keys_of(path)}
    for path in FORMATS:
        assert {key for key, _ in keys_of(path)} & console == set(), path.name


def test_every_key_stands_in_the_consoles_list_and_in_the_directors_document() -> None:
    listed = SHELL.read_text().partition('<dialog id="keys"')[2]
    of_formats = "".join(path.read_text() for path in FORMATS)
    told = (ROOT / "docs" / "directing.md").read_text()
    for key in sorted({key for path in (CONSOLE, SHELL, *FORMATS) for key, _ in keys_of(path)}):
        letter = key.removeprefix("Key").removeprefix("Digit")
        here = LISTED.get(key, f"('{letter}'") in listed
        assert here or f"<dt><kbd>{letter}</kbd></dt>" in of_formats, f"{key} is not in the console's list"
        assert key in UNTOLD or f"<kbd>{TOLD.get(key, letter)}</kbd>" in told, f"{key} is not in docs/directing.md"
