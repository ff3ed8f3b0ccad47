"""Carry what a hall played to the province's server: parcel key | write SHOW FILE | read FILE

python3 -m app parcel key                  this machine's public key, which the province's organiser approves first
python3 -m app parcel write SHOW FILE      a show that is over, with journal and ballots, as one signed file
python3 -m app parcel read FILE            on the province's machine: take it in, once
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from app.cli import Stop


def run(argv: list[str]) -> int:
    """Carry out one of the commands."""
    parser = argparse.ArgumentParser("python3 -m app parcel", description=(__doc__ or "").partition("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("key", help="print this machine's public key")
    write = commands.add_parser("write", help="write a show that is over as one signed file")
    write.add_argument("show", help="public id of the show")
    write.add_argument("file", type=Path)
    commands.add_parser("read", help="take a file in; a second time adds nothing").add_argument("file", type=Path)
    for command in commands.choices.values():
        command.add_argument("--json", action="store_true", help="for programs")
    options = parser.parse_args(argv)
    from app.cli import site
    from app.errors import sentence
    from quizzes.refusals import Rejected

    with site.application().test_request_context():
        try:
            said = COMMANDS[options.command](options)
        except Rejected as refusal:
            raise Stop(sentence(refusal.code, **refusal.about)) from None
    print(json.dumps(said) if options.json else "\n".join(f"{name:8} {value}" for name, value in said.items()))
    return 0


def key(_options: argparse.Namespace) -> dict[str, object]:
    """This machine's public key."""
    from app.services.shows.parcels import keys

    return {"key": keys.own_key()}


def write(options: argparse.Namespace) -> dict[str, object]:
    """Write a parcel."""
    from app.services.shows import listing
    from app.services.shows.parcels import sending

    _, data = sending.write(listing.by_public_id(options.show).show_id)
    options.file.write_bytes(data)
    return {"file": str(options.file), "bytes": len(data)}


def read(options: argparse.Namespace) -> dict[str, object]:
    """Take a parcel in."""
    from app.services.shows.parcels import receiving

    try:
        data = options.file.read_bytes()
    except OSError as problem:
        raise Stop(f"{options.file}: {problem}") from None
    return vars(receiving.receive(None, data))


COMMANDS = {"key": key, "write": write, "read": read}
