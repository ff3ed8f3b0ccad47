"""The shell knows no format: none of its files names one, a kind of ask that one brings, or a class that one draws.

So a new format is its module, its template, its stylesheets and its test, and nothing else turns red.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from app.assets import styled
from quizzes.formats import FORMATS
from quizzes.grammar import Format

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES, CSS, JS = ROOT / "templates", ROOT / "static" / "css", ROOT / "static" / "js"
SHARED = (TEMPLATES / "formats" / "_base.html", TEMPLATES / "formats" / "_final.html")
DRAWS = (*sorted((TEMPLATES / "live").glob("*.html")), *SHARED, *sorted((TEMPLATES / "questions").glob("*.html")))
SHELL = (
    *sorted((TEMPLATES / "live").glob("*.html")),
    TEMPLATES / "formats" / "_base.html",
    *sorted((CSS / "live").glob("*.css")),
    *sorted((JS / "live").glob("*.js")),
    *sorted((ROOT / "app" / "live").rglob("*.py")),
    *sorted((ROOT / "quizzes" / "show").glob("[a-z]*.py")),
)
WORDS_OF_ALL = {"draw", "judged", "together", "closest", "question", "word"}
"""Keys of formats that are also a verb of a program, a status, a class of the shell, a method of the browser; the kind of
ask that is any question; what somebody typed."""
OF_MECHANICS = {
    "acts", "buzz", "fastest", "flood", "n4", "of-another", "picks", "side-by-side", "size-4", "spot", "unseen-told",
}  # fmt: skip
"""Classes of what several formats have in common: the bell of a phone, who was fastest, a verdict over everything, answers
side by side, a grid of four."""
COMMENT = re.compile(r"\{#.*?#\}|/\*.*?\*/|^\s*//.*?$|^\s*#.*?$|\"\"\".*?\"\"\"", re.DOTALL | re.MULTILINE)


def text_of(path: Path) -> str:
    return COMMENT.sub(" ", path.read_text())


def classes(path: Path) -> set[str]:
    """Those written out, and those that an expression adds: {{ ' less' if ... }}."""
    drawn = " ".join(re.findall(r'class="([^"]*)"', text_of(path)))
    added = re.findall(r"'\s?([a-z][\w-]*)'", " ".join(re.findall(r"\{[{%].*?[%}]\}", drawn, re.DOTALL)))
    return {*re.findall(r"[a-z][\w-]*", re.sub(r"\{[{%].*?[%}]\}", " ", drawn, flags=re.DOTALL)), *added}


def names_of(fmt: Format) -> set[str]:
    """Its key, and the kinds of ask that no other format and no plain question brings."""
    others = {kind for other in FORMATS.values() if other is not fmt for kind in other.kinds}
    return ({fmt.key} | (fmt.kinds.keys() - others)) - WORDS_OF_ALL


def quoted(names: set[str]) -> re.Pattern[str]:
    """A name as the shell would have to say it: quoted, in an address of a file, or as an attribute's value."""
    return re.compile(rf"""(?<![\w-])["'`=/.]({"|".join(sorted(names))})["'`.\]](?![\w-])""")


def named(names: set[str]) -> Iterator[tuple[str, str]]:
    for path in SHELL:
        for found in quoted(names).findall(text_of(path)):
            yield str(path.relative_to(ROOT)), found


def test_no_file_of_the_shell_names_a_format_or_a_kind_of_ask_of_one() -> None:
    names = {name for fmt in FORMATS.values() for name in names_of(fmt)}
    assert {"speed", "flower", "golden_bell", "sheet"} <= names
    assert sorted(named(names)) == []


def test_no_stylesheet_or_program_of_the_shell_names_a_class_that_a_format_draws() -> None:
    of_all = {name for path in DRAWS for name in classes(path)} | OF_MECHANICS
    own = {name for key in FORMATS for name in classes(TEMPLATES / "formats" / f"{key}.html")} - of_all
    assert {"stairs", "wall", "garden", "wheel-game"} <= own
    styles = [path for path in SHELL if path.suffix == ".css"]
    wrong = {
        (path.name, name) for path in styles for name in re.findall(r"\.([a-zA-Z][\w-]*)", text_of(path)) if name in own
    }
    assert wrong == set()


def test_every_stylesheet_of_a_format_is_linked_where_it_belongs() -> None:
    linked = [name for role in ("stage", "player", "host") for name in styled(role)]
    files = sorted(path.name.removesuffix(".css") for path in (CSS / "formats").glob("*.css"))
    assert sorted(linked) == files
    assert styled("mc") == styled("stage")
    assert styled("judge") == styled("host")
    assert {name.partition(".")[0] for name in files} <= FORMATS.keys()
