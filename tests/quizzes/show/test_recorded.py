"""Shows that earlier versions played: their journals and ballots give the results they gave then, for ever."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from app.services.shows import results as exported
from quizzes import show
from quizzes.show.fold import CHANGES_OF
from quizzes.show.state import FORMATS_OF
from tests.quizzes.formats.test_settings_table import named
from tests.recorded.record import FOLDER, QUIZZES, phases

FILES = sorted(FOLDER.glob("*/*.json"))
PHASES = {
    "lobby", "begin", "ready", "open", "closed", "answering", "revealed", "standings", "break", "paused", "suspended",
    "over",
}  # fmt: skip


def read(file: Path) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(file.read_text())
    return record


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_a_recorded_show_gives_the_results_of_its_day(file: Path) -> None:
    record = read(file)
    state, differences = exported.replay(record)
    assert differences == [], "its ballots are judged otherwise"
    assert phases(record["journal"]) == record["phases"]
    assert show.results(state) == record["results"]
    again = json.loads(json.dumps(show.sheet(state)))
    assert [{key: one[key] for key in then} for one, then in zip(again, record["sheet"], strict=True)] == record[
        "sheet"
    ]


def test_every_shipped_format_script_phase_and_event_of_the_present_rules_is_recorded() -> None:
    folder = FOLDER / str(show.RULE_VERSION)
    names = {file.stem for file in folder.glob("*.json")}
    scripts = sorted((QUIZZES / "shows").glob("*.yaml"))
    formats = {f"format-{key}-everything" for key in named()}  # a new one is recorded with its rows in the table
    kinds = {f"script-{file.stem}" for file in scripts} | formats
    assert kinds <= names, "python -m tests.recorded.record"
    records = [read(file) for file in folder.glob("*.json")]
    assert {phase for record in records for phase in record["phases"]} >= PHASES
    assert {line[4] for record in records for line in record["journal"]} >= {"created", *CHANGES_OF[show.RULE_VERSION]}


def test_what_lies_recorded_can_be_played_whatever_version_is_new() -> None:
    versions = {read(file)["journal"][0][5]["rule_version"] for file in FILES}
    assert versions <= set(FORMATS_OF) == set(CHANGES_OF)
    assert show.RULE_VERSION in versions


def test_no_rule_asks_for_the_version_of_a_journal() -> None:
    """A later version is another value in a table, never an `if` in what old journals are folded with."""
    asking = (ast.If, ast.IfExp, ast.Compare, ast.Match)
    wrong = [
        f"{file.relative_to(QUIZZES)}: {ast.unparse(node).splitlines()[0]}"
        for folder in ("show", "formats", "mechanics")
        for file in sorted((QUIZZES / folder).rglob("*.py"))
        for function in ast.walk(ast.parse(file.read_bytes()))
        if isinstance(function, ast.FunctionDef) and function.name != "start"
        for node in ast.walk(function)
        if isinstance(node, asking) and "version" in ast.unparse(getattr(node, "test", node)).lower()
    ]
    assert wrong == []
