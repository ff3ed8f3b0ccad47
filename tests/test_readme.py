"""The README tells the truth: commands, settings, formats and question types are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

from app import cli
from app.config import table

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text() if (ROOT / "README.md").exists() else ""


def kinds(folder: str, value: str) -> set[str]:
    """The files of a folder of kinds that hold one, by name."""
    files = (ROOT / "quizzes" / folder).glob("*.py")
    return {path.stem for path in files if re.search(rf"^{value}\b.* = ", path.read_text(), re.MULTILINE)}


def test_every_setting_stands_in_the_readme_as_the_program_prints_it() -> None:
    assert table() in README


def test_every_command_stands_in_the_readme() -> None:
    missing = {name for name in cli.commands() if f"`{name}`" not in README and f"python3 -m app {name}" not in README}
    assert not missing


def test_every_format_and_question_type_stands_in_the_readme() -> None:
    formats, types = kinds("formats", "FORMAT"), kinds("questions", "QUESTION_TYPE")
    assert formats
    assert types
    assert not {name for name in formats | types if f"`{name}`" not in README}
