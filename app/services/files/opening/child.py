"""The child process that opens one file: `python -m app.services.files.opening.child KIND ABOUT < file`.

KIND: tables, tree, or questions, which also reads the questions in the file. ABOUT: JSON, for questions
{"name": "de.docx", "importer": "" for what its name and content say, "given": {"topic": ..., "source": ...}}.

It bounds itself before it looks at a byte. On stdout: {"opened": ...} or {"problem": ...}. Whatever
happens to it (memory, time, a crash of the parser) is one refusal for the parent.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from app.services.files.opening import limits
from app.services.files.opening.limits import Unreadable
from quizzes.importers.contract import Dated, Sheet


def bound() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (limits.CHILD_CPU_S, limits.CHILD_CPU_S + 1))
    resource.setrlimit(resource.RLIMIT_AS, (limits.CHILD_MEMORY, limits.CHILD_MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def opened(kind: str, data: bytes, about: Mapping[str, Any]) -> Any:
    if kind == "questions":
        return questions(data, about)
    if kind == "tree":
        tree = content("tree", data)
        return {"value": tree.value, "lines": [[list(path), line] for path, line in tree.lines.items()]}
    return [packed(sheet) for sheet in content("rows", data)]


def packed(sheet: Sheet) -> dict[str, Any]:
    """A sheet as JSON; cells with a day come as [what they show, the day]."""
    rows = [[[cell, cell.day] if isinstance(cell, Dated) else cell for cell in row] for row in sheet.rows]
    doubts = [[*place, why] for place, why in sheet.doubts.items()]
    return {
        "name": sheet.name,
        "rows": rows,
        "hidden": list(sheet.hidden),
        "spans": list(sheet.spans),
        "doubts": doubts,
        "unread": sheet.unread,
        "struck": [list(place) for place in sheet.struck],
        "hidden_columns": list(sheet.hidden_columns),
    }


def content(container: str, data: bytes) -> Any:
    """The content of a file in the shape that importers of this container take."""
    if container == "tree":
        from app.services.files.opening.yaml_tree import read_tree

        return read_tree(data)
    if container == "rows":
        from app.services.files.opening.tables import read_tables

        return read_tables(data)
    if container == "xml":
        from app.services.files.opening.xml_tree import read_xml

        return read_xml(data)
    if container == "package":
        from app.services.files.opening.package import read_package

        return read_package(data)
    if container == "document":
        from app.services.files.opening.docx_text import read_docx

        return read_docx(data)
    from app.services.files.opening.plain_text import decoded

    return decoded(data)


def questions(data: bytes, about: Mapping[str, Any]) -> Any:
    """The questions of a file with their problems, as JSON; thousands take a second, so not in the server."""
    from app.services.files.opening.kinds import refuse_others
    from quizzes.importers import IMPORTERS, for_file, read_as

    refuse_others(data, about["name"])
    asked = [IMPORTERS[about["importer"]]] if about.get("importer") in IMPORTERS else for_file(about["name"])
    key, found = read_as(asked, lambda container: content(container, data), about.get("given") or {})
    return {"importer": key} | asdict(found)


def main(kind: str, about: str) -> None:
    bound()
    answer: dict[str, Any]
    try:
        answer = {"opened": opened(kind, sys.stdin.buffer.read(limits.FILE_BYTES + 1), json.loads(about))}
    except Unreadable as error:
        one = error.problem
        answer = {"problem": [one.code, one.sentence, one.line, one.row, dict(one.about)]}
    json.dump(answer, sys.stdout, ensure_ascii=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
