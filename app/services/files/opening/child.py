"""The child process that opens one file: `python -m app.services.files.opening.child KIND < file`.

KIND: tables, tree, question_tables, question_tree; the last two also read the questions in the file.

It bounds itself before it looks at a byte. On stdout: {"opened": ...} or {"problem": ...}. Whatever
happens to it (memory, time, a crash of the parser) is one refusal for the parent.
"""

from __future__ import annotations

import json
import resource
import sys
from dataclasses import asdict
from typing import Any

from app.services.files.opening import limits
from app.services.files.opening.limits import Unreadable


def bound() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (limits.CHILD_CPU_S, limits.CHILD_CPU_S + 1))
    resource.setrlimit(resource.RLIMIT_AS, (limits.CHILD_MEMORY, limits.CHILD_MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def opened(kind: str, data: bytes) -> Any:
    if kind.startswith("question_"):
        return questions(kind.removeprefix("question_"), data)
    if kind == "tree":
        tree = content("tree", data)
        return {"value": tree.value, "lines": [[list(path), line] for path, line in tree.lines.items()]}
    return [[sheet.name, sheet.rows] for sheet in content("rows", data)]


def content(container: str, data: bytes) -> Any:
    """What an importer of this container takes."""
    if container == "tree":
        from app.services.files.opening.yaml_tree import read_tree

        return read_tree(data)
    if container == "rows":
        from app.services.files.opening.tables import read_tables
        from quizzes.importers import Sheet

        return [Sheet(name, rows) for name, rows in read_tables(data)]
    return data.decode("utf-8-sig", "replace")


def questions(key: str, data: bytes) -> Any:
    """The questions of a file with their problems, as JSON; thousands take a second, so not in the server."""
    from quizzes.importers import IMPORTERS

    importer = IMPORTERS[key]
    return asdict(importer.read(content(importer.container, data)))


def main(kind: str) -> None:
    bound()
    answer: dict[str, Any]
    try:
        answer = {"opened": opened(kind, sys.stdin.buffer.read(limits.FILE_BYTES + 1))}
    except Unreadable as error:
        one = error.problem
        answer = {"problem": [one.code, one.sentence, one.line, one.row, dict(one.about)]}
    json.dump(answer, sys.stdout, ensure_ascii=True)


if __name__ == "__main__":
    main(sys.argv[1])
