"""A format says only its own rules: what others could share is a mechanic."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizzes import formats

MOST_LINES = 120
DECLARED = {"SETTINGS", "PRESETS", "MATERIAL"}
FILES = [file for file in Path(formats.__path__[0]).rglob("*.py") if file.name != "__init__.py"]


def lines_of_rules(source: str) -> int:
    """Lines that are neither empty, comments or docstrings, nor declare what a script may set."""
    tree = ast.parse(source)
    apart = {no for node in said(tree) for no in range(node.lineno, (node.end_lineno or node.lineno) + 1)}
    lines = enumerate(source.splitlines(), 1)
    return sum(1 for no, line in lines if no not in apart and line.strip() and not line.strip().startswith("#"))


def said(tree: ast.Module) -> Iterator[ast.stmt]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            named = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if isinstance(named, ast.Name) and named.id in DECLARED:
                yield node


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_a_format_is_at_most_120_lines_of_rules(file: Path) -> None:
    assert lines_of_rules(file.read_text()) <= MOST_LINES
