"""Check, export and sign the ledger: ledger verify | export FILE | check FILE CHECKPOINT... | checkpoint | rotate

python3 -m app ledger verify                     the chain, the balances: names the first row that does not fit
python3 -m app ledger export ledger.jsonl        numbers and digests only, no names
python3 -m app ledger check ledger.jsonl diem-moc-3.txt [diem-moc-9.txt ...]
                                                 needs no database: whether the export contains each checkpoint's
                                                 history, and so the later ones extend the earlier
python3 -m app ledger rotate                     sign with the next key; the present one hands over to it
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from app.cli import Stop


def run(argv: list[str]) -> int:
    """Carry out one of the commands."""
    parser = argparse.ArgumentParser("python3 -m app ledger", description=(__doc__ or "").partition("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    verify_ = commands.add_parser("verify", help="the chain and the balances of this database")
    verify_.add_argument("--json", action="store_true", help="for programs")
    commands.add_parser("export", help="write every entry into a file").add_argument("file", type=Path)
    check_ = commands.add_parser("check", help="whether an export contains the history of checkpoints; no database")
    check_.add_argument("file", type=Path)
    check_.add_argument("checkpoints", type=Path, nargs="+", metavar="CHECKPOINT")
    check_.add_argument("--key", default="", help="a public key you have from elsewhere, in hex")
    commands.add_parser("checkpoint", help="check what is new, sign, and print the checkpoint")
    commands.add_parser("rotate", help="begin to sign with the next key")
    options = parser.parse_args(argv)
    return int(COMMANDS[options.command](options))


def verify(options: argparse.Namespace) -> int:
    """The chain and the balances; 1 and the first rows that do not fit where something does not."""
    from app.cli import site
    from app.services import points

    site.prepared()
    found = points.verify()
    if options.json:
        print(json.dumps({"holds": not found, "problems": found}))
    else:
        print("\n".join(found) or "Sổ điểm đúng. / The ledger holds.")
    return 1 if found else 0


def export(options: argparse.Namespace) -> int:
    """Every entry, line by line."""
    from app.services.points import exporting

    _signing()
    count = 0
    with options.file.open("w", encoding="ascii") as file:
        for count, line in enumerate(exporting.lines(), 1):  # noqa: B007  the count after the last line
            file.write(f"{line}\n")
    print(f"{count} lines", file=sys.stderr)
    return 0


def check(options: argparse.Namespace) -> int:
    """An export beside checkpoints: nothing but the files is needed."""
    from app.services.points import exporting
    from quizzes.ledger import checkpoints

    points = []
    for path in options.checkpoints:
        found = checkpoints.read(_text(path))
        if found is None:
            raise Stop(f"Không phải điểm mốc. / Not a checkpoint: {path}")
        points.append(found)
    try:
        with options.file.open(encoding="utf-8") as file:
            findings = exporting.checked(file, points, options.key)
    except (OSError, UnicodeDecodeError, exporting.Unreadable) as problem:
        raise Stop(f"Không đọc được bản xuất. / The export cannot be read: {problem}") from None
    for one in findings:
        print(one.sentence % one.about)
    if not findings:
        print(f"{len(points)} điểm mốc khớp với bản xuất / the export contains the history of {len(points)}")
    return 1 if findings else 0


def checkpoint(_options: argparse.Namespace) -> int:
    """Make one now and print it."""
    from app.services.points import checkpoints

    _signing()
    try:
        print(checkpoints.make(time.time_ns() // 1000).text(), end="")
    except checkpoints.Broken as problem:
        raise Stop(f"Sổ không khớp, không ký. / The ledger does not hold, nothing was signed: {problem}") from None
    return 0


def rotate(_options: argparse.Namespace) -> int:
    """The next key."""
    from app.services.points import checkpoints

    _signing()
    print(f"key {checkpoints.rotate()}")
    return 0


def _signing() -> Any:
    """The database and the ledger's keys."""
    from app.cli import site
    from app.services.points.signing import keys

    settings = site.prepared()
    keys.bind(settings.secret_key)
    return settings


def _text(path: Path) -> str:
    try:
        return path.read_text("ascii")
    except (OSError, UnicodeDecodeError) as problem:
        raise Stop(f"Không đọc được tệp. / The file cannot be read: {path}: {problem}") from None


COMMANDS = {"verify": verify, "export": export, "check": check, "checkpoint": checkpoint, "rotate": rotate}
