"""Every column has a reader: one that is only written costs room, and nobody notices when it says something false."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import PrimaryKeyConstraint, Table, UniqueConstraint

from app.models.base import Base

ROOT = Path(__file__).resolve().parents[3]
IN_SQL = {
    "import_row.search": "app/services/people/imports/chapters.py",
    "import_row.sort_key": "app/services/people/imports/chapters.py",
    "import_row.valid_from": "app/services/people/imports/chapters.py",
    "import_row.valid_to": "app/services/people/imports/chapters.py",
    "check_list.drawn_from": "app/services/points/samples.py",
    "deed_list.drawn_from": "app/services/points/samples.py",
}
"""Columns read by a file that does not name their class: in SQL, or of any table that it is given."""


BY_HAND = {"program_version.revision", "program_version.at"}
"""Read by the person who looks into a database that no program opens: which version brought it where, and when."""


def python_files() -> list[Path]:
    return [path for folder in ("app", "quizzes") for path in (ROOT / folder).rglob("*.py")]


def said_in(path: Path) -> tuple[set[str], set[str]]:
    """(The names a file uses, the attributes and keys it reads). What it only gives values to is no reading."""
    names, read = set[str](), set[str]()
    nodes = list(ast.walk(ast.parse(path.read_bytes())))
    given = {id(key) for node in nodes if isinstance(node, ast.Dict) for key in node.keys}
    for node in nodes:
        if isinstance(node, ast.Attribute):
            names.add(node.attr)
            if isinstance(node.ctx, ast.Load):
                read.add(node.attr)
        elif isinstance(node, ast.Name):
            names.add(node.id)
        elif isinstance(node, ast.alias | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in given:
            read.add(node.value)
    return names, read


def unread() -> Iterator[str]:
    """Columns that no file reads that knows their table. The database itself reads what makes a row the only one."""
    said = [said_in(path) for path in python_files()]
    for mapper in Base.registry.mappers:
        table = mapper.local_table
        assert isinstance(table, Table)
        sets = [one for one in table.constraints if isinstance(one, PrimaryKeyConstraint | UniqueConstraint)]
        keyed = {column.key for one in [*sets, *(one for one in table.indexes if one.unique)] for column in one.columns}
        read = set[str]().union(*(read for names, read in said if mapper.class_.__name__ in names))
        for attribute in mapper.column_attrs:
            if attribute.key not in read and attribute.columns[0].key not in keyed:
                yield f"{table.name}.{attribute.key}"


def test_every_column_is_read_by_somebody() -> None:
    assert sorted(set(unread()) - IN_SQL.keys() - BY_HAND) == []


def test_what_is_read_elsewhere_is_named_there() -> None:
    table_and_column = {name: (*name.split("."), (ROOT / path).read_text()) for name, path in IN_SQL.items()}
    assert [name for name, (_, column, text) in table_and_column.items() if not re.search(rf"\b{column}\b", text)] == []
    assert IN_SQL.keys() | BY_HAND <= set(unread()), "a column that has its reader now"
