"""Steps mean the same for ever: none that landed changes, and none imports the program."""

from __future__ import annotations

import ast
from hashlib import sha256

import pytest

from tests.test_architecture import ROOT, falls_under, imports_of, named

FOLDER = ROOT / "migrations"
STEPS = sorted(FOLDER.glob("versions/*.py"))
LANDED = FOLDER / "digests.txt"
"""The output of `sha256sum versions/*.py` in the folder of migrations."""

FIRST = "7c81bcbe47b23a523344fe61533bb54395bf3ac53cbc820db3aa5e3d30b01423"


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.py")), ids=named)
def test_no_step_imports_the_program(path) -> None:  # type: ignore[no-untyped-def]
    assert not [one for one in imports_of(path) for ours in ("app", "quizzes", "tests") if falls_under(one, ours)]
    named_in_it = {node.id for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, ast.Name)}
    assert not named_in_it & {"import_module", "__import__", "exec", "eval"}


def test_no_step_that_landed_changes() -> None:
    digests = dict(reversed(line.split()) for line in LANDED.read_text().splitlines())
    now = {f"versions/{path.name}": sha256(path.read_bytes()).hexdigest() for path in STEPS}
    changed = {name for name, digest in digests.items() if now.get(name) != digest}
    assert not changed, "a step that landed is never changed: write another one after it"
    missing = "".join(f"\n{digest}  {name}" for name, digest in now.items() if name not in digests)
    assert not missing, f"add to migrations/digests.txt:{missing}"


def test_the_step_of_version_0_1_0_is_what_it_was() -> None:
    first = sha256((FOLDER / "versions/c74e378aaa07_first_tables.py").read_bytes()).hexdigest()
    assert first == FIRST
