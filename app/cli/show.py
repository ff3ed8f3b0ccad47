"""Make, replay, export and verify shows: show new SCRIPT | list | scripts | replay ID | export ID | verify FILE

python3 -m app show new speed --json     PIN, show id, host and stage links, a host ticket for programs
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from app.cli import Stop


def run(argv: list[str]) -> int:
    """Carry out one of the commands."""
    parser = argparse.ArgumentParser("python3 -m app show", description=(__doc__ or "").partition("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    new = commands.add_parser("new", help="make a show from a script; prints its PIN and links")
    new.add_argument("script", help="the key of a shipped script, or a YAML file")
    new.add_argument("--seed", help="the secret seed of draws; drawn when not given")
    new.add_argument("--members-only", action="store_true", help="no guests")
    new.add_argument("--rehearsal", action="store_true", help="it counts for nothing; the host may fill it with bots")
    new.add_argument("--count", type=int, default=1, help="make so many, a line each with --json")
    for name, about in (
        ("replay", "recompute a show from journal and ballots; must equal"),
        ("export", "write one file that anybody can verify"),
    ):
        command = commands.add_parser(name, help=about)
        command.add_argument("show", help="number or public id of the show")
        if name == "export":
            command.add_argument("file", nargs="?", type=Path, help="instead of standard output")
            command.add_argument("--count", type=int, default=1, help="so many shows from this one on, a line each")
    commands.add_parser("verify", help="recompute an exported file, without any database").add_argument(
        "file", type=Path
    )
    commands.add_parser("list", help="the latest shows")
    commands.add_parser("scripts", help="the shipped scripts")
    for command in commands.choices.values():
        command.add_argument("--json", action="store_true", help="for programs")
    options = parser.parse_args(argv)
    return int(COMMANDS[options.command](options))


def new(options: argparse.Namespace) -> int:
    """Make a show."""
    from app.cli import site
    from app.services.banks import banks
    from app.services.shows import addresses, asked, scripts

    settings = site.prepared()
    banks.load_shipped()
    path = Path(options.script)
    script = _script_in(path) if path.suffix in (".yaml", ".yml") else None
    for _ in range(options.count):
        try:
            made = scripts.create(
                path.stem,
                script=script,
                seed=options.seed,
                guests_allowed=not options.members_only,
                stakes=asked.REHEARSAL if options.rehearsal else asked.POINTS,
            )
        except asked.BadScript as problem:
            raise Stop("\n".join(f"{options.script}: {line}" for line in problem.lines(str))) from None
        links = addresses.of(made, settings.base_url, settings.secret_key)
        said = {
            "show": made.public_id,
            "id": made.show_id,
            "pin": made.pin,
            "join_url": links.join,
            "host_url": links.staff["host"],
            "stage_url": links.staff["stage"],
            "host_ticket": links.staff_tickets["host"],
            "stage_ticket": links.staff_tickets["stage"],
        }
        print(json.dumps(said) if options.json else "\n".join(f"{name:12} {value}" for name, value in said.items()))
    return 0


def _script_in(path: Path) -> dict[str, Any]:
    import yaml

    try:
        tree = yaml.safe_load(path.read_bytes())
    except (OSError, yaml.YAMLError) as problem:
        raise Stop(f"{path}: {problem}") from None
    return dict(tree)


def replay(options: argparse.Namespace) -> int:
    """Recompute from journal and ballots; 1 when anything differs."""
    from app.cli import site
    from app.services.shows import results, shows

    site.prepared()
    number = _number_of(options.show)
    state, differences = results.replay(results.record(number))
    from quizzes import show as rules

    if rules.results(state) != rules.results(shows.catch_up(number).state):
        differences.append("the results differ")
    return _tell(options, differences, rules.results(state))


def export(options: argparse.Namespace) -> int:
    """Write the record of a show."""
    from app.cli import site
    from app.services.shows import results

    site.prepared()
    first = _number_of(options.show)
    text = "\n".join(
        json.dumps(results.record(number), ensure_ascii=False) for number in range(first, first + options.count)
    )
    if options.file:
        options.file.write_text(text + "\n")
    else:
        print(text)
    return 0


def verify(options: argparse.Namespace) -> int:
    """Recompute a file; needs no database."""
    from app.services.shows import results
    from quizzes import show as rules

    try:
        record = json.loads(options.file.read_text())
        state, differences = results.replay(record)
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise Stop(f"{options.file}: {problem!r}") from None
    return _tell(options, differences, rules.results(state))


def _tell(options: argparse.Namespace, differences: list[str], results: list[dict[str, Any]]) -> int:
    if options.json:
        print(json.dumps({"equal": not differences, "differences": differences, "results": results}))
    else:
        print("equal" if not differences else "\n".join(differences))
        for line in results[:10]:
            print(f"{line['rank']:>4}  seat {line['seat']:<6} {line['points'] / 2:g}")
    if differences:
        print(f"{len(differences)} differences", file=sys.stderr)
    return 1 if differences else 0


def listed(options: argparse.Namespace) -> int:
    """The latest shows."""
    from app.cli import site
    from app.services.shows import listing

    site.prepared()
    for show in listing.newest():
        line = {
            "id": show.show_id,
            "show": show.public_id,
            "pin": show.pin,
            "script": show.script,
            "over": show.over_at is not None,
        }
        print(json.dumps(line) if options.json else "{id:>5} {show} {script:12} {pin}".format(**line))
    return 0


def shipped(options: argparse.Namespace) -> int:
    """The shipped scripts."""
    from app.services.shows import scripts

    for key, script in scripts.available().items():
        print(
            json.dumps({"script": key, "title": script["title"]})
            if options.json
            else f"{key:12} {script['title']['vi']}"
        )
    return 0


def _number_of(text: str) -> int:
    from app.services.shows import listing

    return int(text) if text.isdigit() else listing.by_public_id(text).show_id


COMMANDS = {"new": new, "replay": replay, "export": export, "verify": verify, "list": listed, "scripts": shipped}
