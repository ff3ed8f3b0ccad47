"""Collect the sentences into the English catalogue; --check says which are not translated."""

from __future__ import annotations

import argparse
import io
import tomllib
from pathlib import Path
from typing import Any

from babel.messages import Catalog, Message, pofile
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo

from app.environment import ROOT
from app.telling import tell

CATALOGUE = ROOT / "app/translations/en/LC_MESSAGES/messages.po"
KEYWORDS = {"_": None, "N_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
WIDTH = 100  # characters of a line in the catalogue
SHOWN = 20  # sentences listed when some are missing


def run(argv: list[str]) -> int:
    """Bring the catalogue up to date, or only look."""
    parser = argparse.ArgumentParser("python3 -m app words")
    parser.add_argument("--check", action="store_true", help="change nothing; fail when a translation is missing")
    options = parser.parse_args(argv)
    catalogue = read(CATALOGUE)
    if not options.check:
        update(catalogue)
        write(catalogue, CATALOGUE)
    lacking = untranslated(catalogue)
    for sentence in lacking[:SHOWN]:
        tell(f"not translated: {sentence}")
    if len(lacking) > SHOWN:
        tell(f"not translated: {len(lacking) - SHOWN} more")
    if CATALOGUE.exists():
        compile_catalogue(CATALOGUE)
    return 1 if options.check and lacking else 0


def sentences() -> Catalog:
    """Every sentence a person may read, from the code and the templates."""
    found = Catalog(charset="utf-8")
    methods, options = mappings()
    for path, line, message, comments, context in extract_from_dir(
        ROOT, methods, options, {**KEYWORDS}, ("Người dịch:",), directory_filter=_is_ours
    ):
        found.add(message, locations=[(str(path), line)], auto_comments=comments, context=context)
    return found


def mappings() -> tuple[list[tuple[str, str]], dict[str, dict[str, Any]]]:
    """The section `tool.babel` of pyproject.toml: pattern -> method, and the method's options."""
    methods, options = [], {}
    for mapping in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["babel"]["mappings"]:
        method, patterns = mapping.pop("method"), mapping.pop("pattern")
        for pattern in [patterns] if isinstance(patterns, str) else patterns:
            methods.append((pattern, method))
            options[pattern] = {name: str(value).lower() for name, value in mapping.items()}
    return methods, options


def untranslated(catalogue: Catalog) -> list[str]:
    """Sentences without a translation, or with one that was only guessed."""
    return [str(wanted.id) for wanted in sentences() if wanted.id and not _is_translated(wanted, catalogue)]


def _is_translated(wanted: Message, catalogue: Catalog) -> bool:
    has = catalogue.get(wanted.id, wanted.context)
    if has is None or has.fuzzy:
        return False
    return all(has.string) if isinstance(has.string, (list, tuple)) else bool(has.string)


def update(catalogue: Catalog) -> None:
    """Add what is new, drop what is no longer said; nothing is guessed."""
    catalogue.update(sentences(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()


def read(path: Path) -> Catalog:
    """The catalogue in this file; an empty one when there is no file."""
    if not path.exists():
        return Catalog(locale=path.parents[1].name, project="san-choi-so")
    with path.open("rb") as file:
        return pofile.read_po(file, locale=path.parents[1].name)


def write(catalogue: Catalog, path: Path) -> None:
    """Write the catalogue in the order of the sentences, without places: changes and merges stay small."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        pofile.write_po(file, catalogue, width=WIDTH, sort_output=True, no_location=True)


def compile_catalogue(source: Path) -> None:
    """Make the compiled form beside its source, whole or not at all."""
    made = io.BytesIO()
    write_mo(made, read(source))
    fresh = source.with_suffix(".mo.new")
    fresh.write_bytes(made.getvalue())
    fresh.chmod(0o644)  # no secret: a service under another name reads what its installer compiled
    fresh.replace(source.with_suffix(".mo"))


def _is_ours(folder: str) -> bool:
    return not Path(folder).name.startswith(".") and Path(folder).name not in ("tests", "instance", "static")
