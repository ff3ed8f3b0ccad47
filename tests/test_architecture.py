"""The shape of the house, checked from its source: who imports whom, what lies where, how long files are."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

TOP_LEVEL = {
    ".ci",
    ".gitignore",
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "app",
    "deploy",
    "docs",
    "migrations",
    "pyproject.toml",
    "quizzes",
    "requirements.lock",
    "static",
    "templates",
    "tests",
}

# What a layer may not import. Whatever is not named may be imported by everybody.
EDGES = ("app.pages", "app.live", "app.saving", "app.serving", "app.cli", "app.load")
FORBIDDEN = {
    "app/models": (*EDGES, "app.services", "app.factory", "app.security", "flask"),
    "app/services": (*EDGES, "app.factory", "app.security", "flask", "werkzeug"),
    "app/services/people": tuple(
        f"app.services.{area.name}"
        for area in sorted((ROOT / "app/services").iterdir())
        if area.is_dir() and area.name not in ("people", "files", "__pycache__")
    ),
    "app/security": (*EDGES, "app.factory"),
    "app/pages": ("app.live", "app.saving", "app.serving", "app.cli", "app.load"),
    "app/live": ("app.pages", "app.saving", "app.serving", "app.cli", "app.load"),
    "app/saving": ("app.pages", "app.live.seats", "app.live.screens", "app.live.doors", "app.live.worker", "app.cli"),
    "app/cli": ("app.pages",),
    "app/load": ("app.pages", "app.live.worker", "app.cli"),
}

# Rooms that stand one above the other: each may import those before it, and files beside them only from their own floor.
FLOORS = {
    "app.live": ("transport", "questions", "seats", "screens", "worker", "doors"),
    "quizzes.contest": ("setup", "taking", "results", "checks", "desk", "proof", "rules_text"),
    "app.services.contests": ("contests", "results", "setup", "publishing", "taking"),
}

BESIDE = {("shows", "banks"), ("teams", "contests"), ("tournaments", "shows")}
"""(area, other area) of pages of which the first imports the second. All others share only `parts`."""

CLOCK_CHANCE_AND_WORLD = {
    "asyncio",
    "os",
    "pathlib",
    "random",
    "secrets",
    "socket",
    "sqlite3",
    "subprocess",
    "threading",
    "time",
    "urllib",
}
WHAT_TIME_IT_IS = {"now", "today", "utcnow"}  # `datetime` itself is welcome: a date in a question is data

LONGEST, LONGEST_FUNCTION = 249, 39
"""Lines of a file and of a function."""


def python_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imports_of(path: Path) -> Iterator[str]:
    """Every module a file names: `from app import errors` names `app.errors`, too."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{named(path)} imports by a relative path"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def assigned_in(path: Path) -> set[str]:
    """The names a module gives values to at its top level."""
    body = ast.parse(path.read_bytes()).body
    targets = [t for node in body if isinstance(node, ast.Assign) for t in node.targets]
    targets += [node.target for node in body if isinstance(node, ast.AnnAssign)]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def kind_of(path: Path, folder: str) -> str:
    """The name of a file's kind in a folder of kinds: its own, or that of the package it stands in."""
    return path.relative_to(ROOT / "quizzes" / folder).parts[0].removesuffix(".py")


def falls_under(module: str, package: str) -> bool:
    return module == package or module.startswith(package + ".")


@pytest.mark.parametrize("path", python_files("app", "quizzes", "tests", "migrations"), ids=named)
def test_imports_are_absolute(path: Path) -> None:
    list(imports_of(path))


@pytest.mark.parametrize("path", python_files("quizzes"), ids=named)
def test_the_rules_import_only_themselves_and_the_standard_library(path: Path) -> None:
    roots = {module.partition(".")[0] for module in imports_of(path)}
    assert roots <= {"quizzes"} | sys.stdlib_module_names


@pytest.mark.parametrize("path", python_files("quizzes"), ids=named)
def test_the_rules_know_no_clock_no_chance_and_no_world(path: Path) -> None:
    roots = {module.partition(".")[0] for module in imports_of(path)}
    if path.stem != "__init__":  # the folders look for their own files
        assert not roots & CLOCK_CHANCE_AND_WORLD
    called = {node.attr for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, ast.Attribute)}
    assert not called & WHAT_TIME_IT_IS


@pytest.mark.parametrize(
    ("folder", "value"), [("formats", "FORMAT"), ("importers", "IMPORTER"), ("questions", "QUESTION_TYPE")]
)
def test_the_kinds_of_one_thing_do_not_import_each_other(folder: str, value: str) -> None:
    files = {path: kind_of(path, folder) for path in python_files(f"quizzes/{folder}")}
    kinds = {kind for path, kind in files.items() if value in assigned_in(path)}
    assert len(kinds) > 1
    wrong = [
        (named(path), module)
        for path, kind in files.items()
        for module in imports_of(path)
        if any(falls_under(module, f"quizzes.{folder}.{other}") for other in kinds - {kind})
    ]
    assert not wrong


@pytest.mark.parametrize("layer", FORBIDDEN)
def test_imports_point_one_way(layer: str) -> None:
    wrong = [
        (named(path), module)
        for path in python_files(layer)
        for module in imports_of(path)
        if any(falls_under(module, package) for package in FORBIDDEN[layer])
    ]
    assert not wrong


def test_every_layer_that_a_rule_names_exists() -> None:
    named = {
        *FORBIDDEN,
        *(one.replace(".", "/") for ones in FORBIDDEN.values() for one in ones if one.startswith("app.")),
    }
    assert [one for one in sorted(named) if not (ROOT / one).is_dir() and not (ROOT / f"{one}.py").exists()] == []


@pytest.mark.parametrize("house", FLOORS)
def test_rooms_stand_one_above_the_other(house: str) -> None:
    floors = FLOORS[house]
    wrong = [
        (named(path), module)
        for path in python_files(house.replace(".", "/"))
        if (room := path.relative_to(ROOT / house.replace(".", "/")).parts[0].removesuffix(".py")) in floors
        for module in imports_of(path)
        if any(falls_under(module, f"{house}.{above}") for above in floors[floors.index(room) + 1 :])
    ]
    assert not wrong


def test_areas_of_pages_stand_beside_each_other() -> None:
    pages = ROOT / "app/pages"
    found = {
        (area, other)
        for path in python_files("app/pages")
        for module in imports_of(path)
        if falls_under(module, "app.pages") and module.count(".") > 1
        if (area := path.relative_to(pages).parts[0].removesuffix(".py")) != (other := module.split(".")[2])
    }
    assert {(area, other) for area, other in found if other != "parts"} == BESIDE


def modules_and_imports() -> dict[str, set[str]]:
    """Every module of the program -> the modules it imports."""
    modules = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in python_files("app", "quizzes")}
    imports: dict[str, set[str]] = {}
    for module, path in modules.items():
        nodes = list(ast.walk(ast.parse(path.read_bytes())))
        named_here = {name for node in nodes if isinstance(node, ast.Import) for name in (a.name for a in node.names)}
        for node in nodes:
            if isinstance(node, ast.ImportFrom):
                fulls = {f"{node.module}.{alias.name}" for alias in node.names}
                named_here |= (fulls & modules.keys()) or {f"{node.module}", f"{node.module}.__init__"}
        imports[module] = (named_here & modules.keys()) - {module}
    return imports


def test_no_files_import_each_other_in_a_circle() -> None:
    TopologicalSorter(modules_and_imports()).prepare()  # CycleError names it; imports for types alone tie, too


def test_no_rooms_import_each_other_in_a_circle() -> None:
    """In every folder: what lies in one of its rooms or files is imported from another one, never also back."""
    ties: dict[str, dict[str, set[str]]] = {}
    for module, imported in modules_and_imports().items():
        for other in imported:
            one, two = module.split("."), other.split(".")
            apart = next((at for at, pair in enumerate(zip(one, two, strict=False)) if pair[0] != pair[1]), 0)
            if apart:
                ties.setdefault(".".join(one[:apart]), {}).setdefault(one[apart], set()).add(two[apart])
    assert {"app", "app.live", "quizzes"} <= ties.keys()
    for imports in ties.values():
        TopologicalSorter(imports).prepare()


def test_rooms_of_the_live_layer_import_less_of_each_other_than_when_it_was_flat() -> None:
    """73 imports between 27 flat files; `protocol` is no room: it holds the message types that every room speaks."""
    between = [
        (module, other)
        for module, imported in modules_and_imports().items()
        for other in imported
        if falls_under(module, "app.live") and falls_under(other, "app.live") and other.count(".") > 1
        if module.split(".")[2] != other.split(".")[2] and other.split(".")[2] not in ("protocol", "__init__")
    ]
    assert 20 < len(between) < 73


def test_only_services_and_the_engines_open_write_transactions() -> None:
    wrong = [
        named(path)
        for path in python_files("app")
        if path.parts[-2] not in ("services", "models") and "database.write(" in path.read_text()
    ]
    assert not wrong


def test_pages_send_tables_in_pieces_and_write_workbooks_on_a_thread() -> None:
    """A table written whole holds everybody up: 100,000 rows took 4.5 seconds. `parts/files.py` has both ways."""
    writers = {"write_csv", "write_xlsx"}
    found = {
        named(path)
        for path in python_files("app/pages")
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.alias) and node.name in writers
    }
    assert found == {"app/pages/parts/files.py"}


def test_the_package_itself_imports_nothing() -> None:
    assert list(imports_of(ROOT / "app/__init__.py")) == []


def test_the_top_level_holds_only_the_fixed_names() -> None:
    kept = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {name.partition("/")[0] for name in kept.split("\0") if name} <= TOP_LEVEL


def test_files_stay_short_enough_to_read() -> None:
    lengths = {named(path): len(path.read_text().splitlines()) for path in python_files("app", "quizzes")}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_functions_stay_short_enough_to_read() -> None:
    lengths = {
        f"{named(path)}:{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in python_files("app", "quizzes")
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.FunctionDef)
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_no_file_names_the_host_of_a_package_registry() -> None:
    hosts = [
        ".".join(parts)
        for parts in (
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("npmjs", "org"),
            ("npmjs", "com"),
            ("deb", "debian", "org"),
        )
    ]
    found = subprocess.run(
        ["git", "grep", "-lIF", *(f"-e{host}" for host in hosts)], cwd=ROOT, capture_output=True, text=True
    ).stdout
    assert found == ""
