"""How the code is laid out, beyond what the formatter says: names that other files use, lines a person can read."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LONGEST_LINE = 160
A_SENTENCE = re.compile(r"'[^']{90,}'|\"[^\"]{90,}\"|data:[a-z]+/")
"""What cannot be broken: a sentence that is looked up whole, a picture in a style."""


def python_files() -> list[Path]:
    return sorted(path for folder in ("app", "quizzes") for path in (ROOT / folder).rglob("*.py"))


def test_no_file_imports_a_private_name_of_another() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {name.name} of {node.module}"
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ("app", "quizzes")
        for name in node.names
        if name.name.startswith("_") and not name.name.startswith("__")
    ]
    assert found == []


def test_lines_of_templates_and_styles_can_be_read() -> None:
    files = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static/css").rglob("*.css")]
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if len(line) > LONGEST_LINE and not A_SENTENCE.search(line)
    ]
    assert found == []


def test_refusals_stand_in_a_small_file_of_their_own() -> None:
    defined = [
        (path.relative_to(ROOT).as_posix(), node.name)
        for path in python_files()
        for node in ast.parse(path.read_bytes()).body
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name in ("Rejected", "N_")
    ]
    assert sorted(defined) == [("quizzes/refusals.py", "N_"), ("quizzes/refusals.py", "Rejected")]
    text = (ROOT / "quizzes/refusals.py").read_text()
    assert len(text.splitlines()) <= 60
    others = [
        path
        for path in python_files()
        if re.search(r"from quizzes\.engine import [^\n]*\bRejected\b", path.read_text())
    ]
    assert others == []
