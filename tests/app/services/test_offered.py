"""The offers of areas under one file name are found by their folder: nobody keeps a list."""

from __future__ import annotations

import re
from pathlib import Path

from app.services import audit, personal
from app.services.offered import offered
from app.services.refused import EVERYWHERE, refusals

APP = Path(__file__).resolve().parents[3] / "app"
RULES = APP.parent / "quizzes"


def test_every_area_that_has_the_file_is_asked_in_the_order_of_names() -> None:
    for name in ("personal", "audited", "retention", "refused"):
        found = [module.__name__ for module in offered(name)]
        assert found == sorted(f"app.services.{file.parent.name}.{name}" for file in APP.glob(f"services/*/{name}.py"))
        assert found


def test_no_two_parts_of_a_persons_copy_have_one_name() -> None:
    names = [part.name for part in personal.parts()]
    assert len(names) == len(set(names))
    assert {"member", "seats", "points", "attempts"} <= set(names)


def test_every_act_that_is_audited_has_a_sentence_in_its_area() -> None:
    written = {
        code
        for file in APP.rglob("*.py")
        for call in re.findall(r"(?:audit_in|audit\.note)\(([^)]*)\)", file.read_text())
        for code in re.findall(r'"([a-z]+\.[a-z_]+)"', call)
    }
    assert "chapter.moved" in written
    assert written <= set(audit.actions())


def test_every_refusal_has_exactly_one_sentence() -> None:
    tables = [EVERYWHERE, *(area.REFUSED for area in offered("refused"))]
    codes = [code for table in tables for code in table]
    assert sorted(codes) == sorted(refusals())
    raised = {
        code
        for folder in (APP, RULES)
        for file in folder.rglob("*.py")
        for code in re.findall(r'Rejected\(\s*"(\w+)"', file.read_text())
    }
    assert {"not_found", "kicked", "bad_points"} <= raised
    assert raised <= set(codes), "refused without a sentence"
    assert "N_(" not in (APP / "errors.py").read_text(), "a sentence stands in its area"
