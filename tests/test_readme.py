"""The pages tell the truth: commands, settings, formats, types, files and links are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app import cli
from app.config import table

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "quizzes/README.md", *sorted((ROOT / "docs").glob("*.md"))]
RUNNING, CONTRIBUTING = (ROOT / "docs" / name for name in ("running.md", "contributing.md"))
MOST_WORDS = 700
"""A page of print."""


def kinds(folder: str, value: str) -> set[str]:
    """The files and packages of a folder of kinds that hold one, by name."""
    found = [*(ROOT / "quizzes" / folder).glob("*.py"), *(ROOT / "quizzes" / folder).glob("*/__init__.py")]
    named = {path.parent.name if path.stem == "__init__" else path.stem: path.read_text() for path in found}
    return {name for name, text in named.items() if re.search(rf"^{value}\b.* = ", text, re.MULTILINE)}


def test_every_setting_is_told_as_the_program_prints_it() -> None:
    assert table() in RUNNING.read_text()


def test_every_command_is_told() -> None:
    told = RUNNING.read_text()
    assert not {name for name in cli.commands() if f"`{name}`" not in told and f"python3 -m app {name}" not in told}


def test_every_question_type_is_told() -> None:
    types = kinds("questions", "QUESTION_TYPE")
    assert "single" in types
    told = CONTRIBUTING.read_text()
    assert not {name for name in types if f"`{name}`" not in told}


def test_the_readme_is_one_page_and_begins_with_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text()
    assert len(text.split()) <= MOST_WORDS
    assert [line.split("#")[0].strip() for line in text.splitlines() if line.startswith("    ")] == [
        "python3 -m app",
        "python3 -m app test",
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text())
    assert not [one for one in targets if "://" not in one and not (page.parent / one).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_that_is_named_exists(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(), flags=re.DOTALL)
    named = re.findall(r"`((?:app|quizzes|static|templates|tests|deploy|migrations|docs)/[\w./-]+)`", text)
    named += re.findall(r"(?<![\w/])(tests/[\w./-]*\w)(?![\w<*])", text)  # also within a command
    assert not [one for one in named if not (ROOT / one).exists() and one.partition("/")[0] not in MADE]


def test_each_row_of_what_was_broken_has_its_command() -> None:
    rows = [line for line in (ROOT / "docs/reliability.md").read_text().splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows]
    broken = [row for row in cells if len(row) != 2 and row[0] != "kind"]
    assert len(broken) > 50
    assert not [
        row[0] for row in broken if len(row) != 4 or not all(row) or not ("python" in row[3] or row[3] == "the same")
    ]


@pytest.mark.parametrize(
    ("page", "answer"),
    [
        ("docs/architecture.md", "`app/models/shows.py`) counts: here the answer"),
        ("docs/architecture.md", "`attempt_answer`\n   (`app/models/contests.py`)"),
        ("docs/architecture.md", "`access.py` (`app/pages/contests/access.py`"),
        ("docs/contributing.md", "`quizzes/formats/<key>.py` with a `FORMAT`"),
        ("docs/contributing.md", "`static/css/formats/<key>.css`"),
        ("docs/data.md", "    python3 -m app restore FILE"),
    ],
    ids=[
        "where an answer is stored",
        "where a contest's answer is stored",
        "where a page's rights stand",
        "how a format is added",
        "where its look stands",
        "how to restore",
    ],
)
def test_what_a_newcomer_asks_first_is_one_page_away(page: str, answer: str) -> None:
    assert f"({page}" in (ROOT / "README.md").read_text()
    assert answer in (ROOT / page).read_text()


MADE = {"instance"}
