"""Grade, publish as a file and check contests: contest list | grade [ID] | export ID [FILE] | verify FILE

python3 -m app contest verify results.jsonl    draws, grades and ranks again, without any database
python3 -m app contest verify page.html        checks the signature under a published page
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
    parser = argparse.ArgumentParser("python3 -m app contest", description=(__doc__ or "").partition("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="the newest contests")
    grade_ = commands.add_parser("grade", help="grade finished tries now, and correct what decisions changed")
    grade_.add_argument("contest", nargs="?", help="number or public id; all when not given")
    export_ = commands.add_parser("export", help="write the newest official results as a file anybody can verify")
    export_.add_argument("contest", help="number or public id of the contest")
    export_.add_argument("file", nargs="?", type=Path, help="instead of standard output")
    export_.add_argument("--publication", type=int, help="another publication than the newest official one")
    verify_ = commands.add_parser("verify", help="check an exported file or a published page, without any database")
    verify_.add_argument("file", type=Path)
    for command in commands.choices.values():
        command.add_argument("--json", action="store_true", help="for programs")
    options = parser.parse_args(argv)
    return int(COMMANDS[options.command](options))


def listed(options: argparse.Namespace) -> int:
    """The newest contests."""
    from app.cli import site
    from app.services.contests import contests

    site.application()
    for one in contests.organised(["/"]):
        line = {"id": one.id, "contest": one.public_id, "title": one.title.get("vi", ""), "running": one.running}
        print(json.dumps(line, ensure_ascii=False) if options.json else "{id:>5} {contest} {title}".format(**line))
    return 0


def grade(options: argparse.Namespace) -> int:
    """Grade what is over; publications that a decision has changed are made anew."""
    from app.cli import site
    from app.services.contests.publishing import making
    from app.services.contests.results import grading

    site.application()
    now = time.time_ns() // 1000
    graded = grading.grade_contest(_number_of(options.contest), now) if options.contest else grading.grade_due(now)
    said = {"graded": graded, "corrected": making.correct_due()}
    print(json.dumps(said) if options.json else f"{said['graded']} graded, {said['corrected']} publications corrected")
    return 0


def export(options: argparse.Namespace) -> int:
    """Write the record of a contest."""
    from app.cli import site
    from app.services.contests.publishing import export as contest_export

    site.application()
    number = _number_of(options.contest)
    no = options.publication or contest_export.newest_official(number, time.time_ns() // 1000)
    lines = contest_export.export_lines(number, no)
    if options.file is None:
        sys.stdout.writelines(f"{line}\n" for line in lines)
        return 0
    with options.file.open("w", encoding="utf-8") as out:
        out.writelines(f"{line}\n" for line in lines)
    return 0


def verify(options: argparse.Namespace) -> int:
    """Check a file; 1 where something does not hold. Needs no database."""
    try:
        with options.file.open(encoding="utf-8") as source:
            if options.file.suffix in (".html", ".htm"):
                return _verify_page(options, source.read())
            return _verify_export(options, source)
    except (OSError, UnicodeDecodeError) as problem:
        raise Stop(f"{options.file}: {problem}") from None


def _verify_export(options: argparse.Namespace, source: Any) -> int:
    from app.services.contests.contests import commitment
    from app.services.contests.publishing import export as contest_export
    from quizzes.contest.proof.export import Unreadable

    try:
        record, found = contest_export.check_export(source)
    except Unreadable as problem:
        told = problem.problem
        raise Stop(f"{options.file}:{told.line}: {told.sentence} ({told.code})") from None
    differences = [f"{'.'.join(map(str, one.path))}: {one.published!r} -> {one.computed!r}" for one in found]
    _tell(
        options,
        {
            "contest": record.contest,
            "equal": not found,
            "digest": contest_export.digest_of(record.results),
            "committed": [commitment(record.seed), commitment(record.lots_seed)],
            "differences": differences,
        },
    )
    return 1 if found else 0


def _verify_page(options: argparse.Namespace, html: str) -> int:
    from app.services.contests.publishing import checking

    found = checking.check_page(html)
    said = {
        "contest": found.seal.contest,
        "publication": found.seal.no,
        "state": found.seal.state,
        "digest": found.seal.digest,
        "digest_holds": found.digest_holds,
        "signature_holds": found.signature_holds,
        "rows_hold": found.rows_hold,
        "public_key": found.public_key,
        "rows": [_row_said(one) for one in found.rows],
    }
    _tell(options, said)
    return 0 if found.digest_holds and found.signature_holds and found.rows_hold else 1


def _row_said(one: Any) -> str:
    """A row in words: as signed, changed, or why its name cannot be checked."""
    shown = " | ".join(one.shown)
    if not one.holds:
        return f"CHANGED {shown}"
    if one.note == "erased":
        return f"erased on {time.strftime('%Y-%m-%d', time.gmtime(one.erased_at / 1_000_000))}: {shown}"
    return f"called otherwise since: {shown}" if one.note else f"as signed: {shown}"


def _tell(options: argparse.Namespace, said: dict[str, Any]) -> None:
    if options.json:
        print(json.dumps(said, ensure_ascii=False))
        return
    for name, value in said.items():
        for line in value if isinstance(value, list) else [value]:
            print(f"{name:16} {line}")


def _number_of(text: str) -> int:
    from app.services.contests import contests

    return int(text) if text.isdigit() else contests.by_public_id(text).id


COMMANDS = {"list": listed, "grade": grade, "export": export, "verify": verify}
