"""Load question banks: bank import FILE.yaml | check FILE.yaml | picture FILE | list | lint | statistics

python3 -m app bank picture router.jpg     prints the name to write under `media:` of a question
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli import Stop

PAGE = Path(__file__).resolve().parents[2] / "docs" / "banks.md"


def run(argv: list[str]) -> int:
    """Carry out one of the commands."""
    parser = argparse.ArgumentParser("python3 -m app bank", description=(__doc__ or "").partition("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    for name, about in (
        ("import", "load a bank, or bring a loaded one to what the file says"),
        ("check", "only say what is wrong with a file, line by line"),
        ("picture", "store a picture, made small and without its metadata; prints its name"),
    ):
        commands.add_parser(name, help=about).add_argument("file", type=Path)
    plain = {"list": listed, "lint": lint, "statistics": statistics}
    for name, command in plain.items():
        commands.add_parser(name, help=command.__doc__)
    options = parser.parse_args(argv)
    if options.command in plain:
        return plain[options.command]()
    try:
        data = options.file.read_bytes()
    except OSError as problem:
        raise Stop(f"{options.file}: {problem.strerror}") from None
    return int({"import": load, "check": check, "picture": picture}[options.command](options.file, data))


def load(file: Path, data: bytes) -> int:
    """Load a bank whole or not at all."""
    from app.cli import site
    from app.services.banks import banks

    site.prepared()
    try:
        count = banks.load_file(file.stem, file.name, data)
    except banks.BadBank as problem:
        raise Stop(str(problem)) from None
    print(f"{file.stem}: {count}")
    return 0


def check(file: Path, data: bytes) -> int:
    """Prints the faults of a file; loads nothing."""
    from app.services.banks import banks

    try:
        print(f"{file.stem}: {len(banks.read_file(file.name, data).drafts)}")
    except banks.BadBank as problem:
        raise Stop(str(problem)) from None
    return 0


def picture(file: Path, data: bytes) -> int:
    """Store a picture under a random name."""
    from app.cli import site
    from app.services.banks import media

    site.prepared()
    print(media.store_picture(data))
    return 0


def listed() -> int:
    """The loaded banks and how many questions each has."""
    from app.cli import site
    from app.services.banks import stock

    site.prepared()
    for bank in stock.overview():
        print(f"{bank['key']:20} {bank['count']:>5}  {bank['title']['vi']}")
    return 0


def shipped() -> dict[str, list[Any]]:
    """The questions of the bank files of this repository."""
    from app.services.banks import banks

    return {
        path.stem: list(banks.read_file(path.name, path.read_bytes()).drafts)
        for path in sorted(banks.SHIPPED.glob("*.yaml"))
    }


def lint() -> int:
    """Prints the remarks of a careful editor: faults, tricks that pay, questions that are alike or tell each other's
    key."""
    from quizzes.lint.report import report

    found = report([question for questions in shipped().values() for question in questions])
    print("\n".join(found) or "nothing found")
    return 1 if found else 0


def statistics() -> int:
    """Write docs/banks.md: what the shipped banks hold, by type, difficulty and what can be guessed."""
    from quizzes.lint.counts import page

    PAGE.write_text(page(shipped()), encoding="utf-8")
    print(PAGE)
    return 0
