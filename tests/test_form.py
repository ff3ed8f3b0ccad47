"""The form of the code beyond the formatter: names that other files use, lines and docstrings a person can read."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LONGEST_LINE = 160
A_SENTENCE = re.compile(r"_\('[^']+'|_\(\"[^\"]+\"|data:[a-z]+/[^\"')]*")
"""The parts of a line that cannot be broken: a sentence that is looked up whole, a picture in a style."""


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


def modules_of(tree: ast.AST) -> set[str]:
    """The names under which a file knows modules of ours."""
    return {
        name.asname or name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ("app", "quizzes")
        for name in node.names
        if (ROOT / (node.module or "").replace(".", "/") / f"{name.name}.py").exists()
    }


def test_no_file_reaches_for_a_private_name_of_a_module() -> None:
    """`staging._done(...)` is the same as importing `_done`."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.value.id}.{node.attr}"
        for path in python_files()
        for tree in [ast.parse(path.read_bytes())]
        for modules in [modules_of(tree)]
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules
        if node.attr.startswith("_") and not node.attr.startswith("__")
    ]
    assert found == []


def test_lines_of_templates_and_styles_can_be_read() -> None:
    files = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static/css").rglob("*.css")]
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if len(A_SENTENCE.sub("", line)) > LONGEST_LINE
    ]
    assert found == []


def forms_of(word: str) -> set[str]:
    """A folder's name as a prefix might say it: `deeds` and `deed`, `activities` and `activity`."""
    return {word, f"{word}s", word.removesuffix("s"), f"{word.removesuffix('ies')}y"}


def test_no_file_says_the_name_of_its_folder_again() -> None:
    """`contests/opening.py`, not `contests/contest_opening.py`: the folder has said it."""
    found = [
        path.relative_to(ROOT).as_posix()
        for folder in ("app", "quizzes", "templates", "static", "tests")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".py", ".html", ".css", ".js")
        if (words := re.split(r"[_-]", path.stem.removeprefix("test_"))) and len(words) > 1
        if words[0] in forms_of(path.parent.name)
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


HALF_A_SENTENCE = re.compile(
    r"(What|Whether|Who|Whom|Whose|Which|Where|Why|So|From when|Until when|By when|How often so"
    r"|(Says?|Holds?|Returns?|Gives?|Tells?) (what|whether|who|whom|whose|where|which|how|when|by when))\b"
)
"""The openings that leave subject and verb to the reader; docs/contributing.md has the form of each kind."""


def documented(tree: ast.AST) -> list[ast.Constant]:
    """The docstrings of a file: of itself, its classes, functions and values."""
    bodies = [body for node in ast.walk(tree) if isinstance(body := getattr(node, "body", None), list)]
    texts = [one.value for body in bodies for one in body if isinstance(one, ast.Expr)]
    return [one for one in texts if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def test_docstrings_are_statements() -> None:
    paths = [path for folder in ("app", "quizzes", "tests", "migrations") for path in (ROOT / folder).rglob("*.py")]
    found = [
        f"{path.relative_to(ROOT)}:{one.lineno}: {str(one.value)[:60]}"
        for path in sorted(paths)
        if "versions" not in path.parts  # a step that has landed is never changed
        for one in documented(ast.parse(path.read_bytes()))
        if HALF_A_SENTENCE.match(str(one.value))
    ]
    assert found == []


def test_a_function_that_answers_a_question_says_when_it_is_true() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.name}: {said[:60]}"
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.FunctionDef) and node.returns is not None and ast.unparse(node.returns) == "bool"
        if (said := ast.get_docstring(node) or "True") and not re.search(r"\b(True|False|whether|[Tt]ell)\b", said)
    ]
    assert found == []


UNITS = {"SECOND", "MINUTE", "HOUR", "DAY", "MB", "VIETNAM"}
"""Constants whose name says all: a length of time in microseconds, a megabyte."""


def is_a_number(value: ast.expr) -> bool:
    """A number, several of them, or a sum of numbers and names."""
    leaves = [one for one in ast.walk(value) if isinstance(one, ast.expr) and not list(ast.iter_child_nodes(one))]
    other = (ast.Call, ast.Dict, ast.Compare, ast.IfExp, ast.Subscript, ast.Attribute, ast.ListComp, ast.BoolOp)
    plain = not any(isinstance(one, other) for one in ast.walk(value))
    numbers = [type(one.value) in (int, float) for one in leaves if isinstance(one, ast.Constant)]
    return plain and bool(numbers) and all(numbers)


def test_a_number_says_what_it_bounds_and_in_which_unit() -> None:
    """By a docstring below it, or below the lines it begins with; by a comment on its line or above."""
    found = []
    for path in python_files():
        lines = ["", *path.read_text().splitlines(), ""]
        body = ast.parse(path.read_bytes()).body
        said = {node.lineno - 1 for node in body if isinstance(node, ast.Expr)}
        for node in reversed(body):  # a docstring speaks for the lines above it, up to the next blank one
            said |= {node.lineno - 1} if node.end_lineno in said else set()
        for node in body:
            if not isinstance(node, ast.Assign) or not is_a_number(node.value):
                continue
            names = {one.id for one in ast.walk(node.targets[0]) if isinstance(one, ast.Name)}
            end = node.end_lineno or 0
            commented = "#" in lines[node.lineno] or "#" in lines[end] or lines[node.lineno - 1].startswith("#")
            if all(name.isupper() for name in names) and not names <= UNITS and not commented and end not in said:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}: {lines[node.lineno]}")
    assert found == []


ROWS = ("Tuple", "List", "Set", "Dict", "Call")


def elements_of(node: ast.AST) -> list[tuple[ast.expr | None, ast.expr]]:
    """The elements that a literal or a call lists: (key or None, value)."""
    if isinstance(node, ast.Dict):
        return list(zip(node.keys, node.values, strict=True))
    if isinstance(node, ast.Call):
        return [(None, one) for one in (*node.args, *(word.value for word in node.keywords))]
    return [(None, one) for one in node.elts] if isinstance(node, ast.Tuple | ast.List | ast.Set) else []


def is_plain(node: ast.expr) -> bool:
    """Data that is written out; a sentence marked for translation is data, too."""
    marked = isinstance(node, ast.Call) and ast.unparse(node.func) == "N_"
    parts = [one for one in ast.iter_child_nodes(node) if isinstance(one, ast.expr)]
    if marked or isinstance(node, ast.Constant):
        return True
    literal = isinstance(node, ast.Tuple | ast.List | ast.Set | ast.Dict | ast.UnaryOp | ast.BinOp)
    return literal and all(is_plain(one) for one in parts)


def holds_a_table(statement: ast.AST) -> bool:
    """True where a table can stand: a value that is given a name, returned, or given to `parametrize`."""
    if isinstance(statement, ast.Call):
        return ast.unparse(statement.func).endswith("parametrize")
    value = getattr(statement, "value", None)
    lists = (ast.Dict, ast.Set, ast.List, ast.Tuple)
    called = isinstance(value, ast.Call) and ast.unparse(value.func) == "frozenset"
    return isinstance(value, lists) or called or isinstance(value, ast.DictComp)


def is_a_table(statement: ast.AST) -> bool:
    """True when it lists eight plain values of one kind, or has rows of one shape on three lines one after another."""
    if not holds_a_table(statement):
        return False
    todo = [statement]
    while todo:
        node = todo.pop()
        todo += [one for one in ast.iter_child_nodes(node) if not isinstance(one, ast.stmt)]
        listed = [(key, one) for key, one in elements_of(node) if one.lineno == one.end_lineno]
        plain = [type(one) for _, one in listed if is_plain(one)]
        if not isinstance(node, ast.Call) and len(plain) >= 8:
            return True
        shapes: dict[int, list[tuple[bool, str]]] = {}
        for key, one in listed:
            shapes.setdefault(one.lineno, []).append((key is not None, type(one).__name__))
        rows = {line: shape for line, shape in shapes.items() if len(shape) > 1 or shape[0][1] in ROWS}
        if any(shape == rows.get(line + 1) == rows.get(line + 2) for line, shape in rows.items()):
            return True
    return False


def test_only_tables_are_laid_out_by_hand() -> None:
    """Everything else is as the formatter writes it, so that a change shows only what was changed."""
    found = []
    for path in sorted(
        path for folder in ("app", "quizzes", "tests", "migrations") for path in (ROOT / folder).rglob("*.py")
    ):
        text = path.read_text()
        if "versions" in path.parts or "# fmt:" not in text:
            continue  # what stands in migrations/versions is never changed, also not in form
        lines = [
            number for number, line in enumerate(text.splitlines(), 1) if re.search(r"#\s*fmt:\s*(skip|off)\b", line)
        ]
        ends: dict[int, ast.AST] = {}
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.stmt):
                ends.setdefault(node.end_lineno or 0, node)  # outermost first: the innermost statement wins below
                ends[node.end_lineno or 0] = node
            for decorator in getattr(node, "decorator_list", ()):
                ends[decorator.end_lineno or 0] = decorator
        found += [
            f"{path.relative_to(ROOT)}:{line}" for line in lines if line not in ends or not is_a_table(ends[line])
        ]
    assert found == []


def test_no_test_names_every_format() -> None:
    """A list of formats in a test has to be touched by whoever adds one. Promise tests walk `FORMATS` instead."""
    formats = {path.relative_to(ROOT / "quizzes/formats").parts[0] for path in (ROOT / "quizzes/formats").rglob("*.py")}
    keys = {name.removesuffix(".py") for name in formats}
    found = []
    for path in sorted((ROOT / "tests").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            listed = [one for pair in elements_of(node) for one in pair if one is not None]
            words = {one.value for part in listed for one in ast.walk(part) if isinstance(one, ast.Constant)}
            if not isinstance(node, ast.Call) and len(words & keys) > len(keys) / 2:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")  # type: ignore[attr-defined]
    assert len(keys) > 10 and found == []


def test_no_test_is_skipped() -> None:
    """A service that a test lacks is a failure: a machine without it would show green and prove nothing."""
    skips = {"skip", "skipif", "importorskip", "xfail", "skipTest"}
    found = [
        f"{path.relative_to(ROOT)}: {node.attr}"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Attribute) and node.attr in skips and isinstance(node.value, ast.Name | ast.Attribute)
        if "pytest" in ast.unparse(node)
    ]
    assert found == []
