"""Press a server with phones and print the figures: --players, --rounds, --spread, --processes, --json, --storm.

    python3 -m app load --players 1000 --rounds 5        an own server on a temporary instance, all answer at once
    python3 -m app load --players 500 --url http://127.0.0.1:8000 --show show.json

    python3 -m app load --shows 100 --players 2000       a hundred shows of twenty at once
    python3 -m app load --script golden_bell --rounds 20 --players 5000
    python3 -m app load --contest --takers 1000          a contest: start, save, hand in over HTTP

Without `--url` it starts its own server, durable, on SQLite. With `--url` (several, where there are several
processes) it presses one that runs; `show.json` is what `show new SCRIPT --json` printed there. Its CPU and memory
are measured where `--pid` names its process. Where this shell has the server's settings, `--stored` holds what is
stored against what the phones were told.
"""

from __future__ import annotations

import argparse
import json
import resource
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli import Stop

if TYPE_CHECKING:
    from app.load.figures import Figures
    from app.load.fleet import Fleet
    from app.load.server import Own, Running
    from app.load.show import Plan


FAULTS = ("lost", "duplicates", "unanswered", "refused", "refused_again", "not_connected", "unseen", "not_back")
REPLAYED = 3
"""At most so many of many shows are compared: each takes a second."""
CONTEST_FAULTS = ("lost", "refused", "paced_refused", "without_paper", "not_handed_in")


def run(argv: list[str]) -> int:
    """Measure and print; 1 when anything was lost, refused or missing."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # every phone is an open file
    if "--contest" in argv:
        return take_contest(argv)
    options = parse(argv)
    from app.load.server import Failed

    try:
        found = measure(options)
    except Failed as problem:
        raise Stop(str(problem)) from None
    from app.load.figures import table

    print(json.dumps(found) if options.json else table(found))
    return int(any(found.get(name) for name in FAULTS))


def take_contest(argv: list[str]) -> int:
    """A contest instead of a show; its options are its own."""
    from app.load import contest
    from app.load.server import Failed

    try:
        found = contest.measure(argv)
    except Failed as problem:
        raise Stop(str(problem)) from None
    print(json.dumps(found) if "--json" in argv else contest.table(found))
    return int(any(found[name] for name in CONTEST_FAULTS))


def parse(argv: list[str]) -> argparse.Namespace:
    """The options as typed."""
    parser = argparse.ArgumentParser("python3 -m app load", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--players", type=int, default=200, help="phones (200)")
    parser.add_argument("--rounds", type=int, default=3, help="questions (3)")
    when = parser.add_mutually_exclusive_group()
    when.add_argument("--spread", type=float, default=0.0, metavar="S", help="answers anywhere within S seconds")
    when.add_argument("--simultaneous", action="store_true", help="all answers at once (the default)")
    parser.add_argument("--ramp", type=float, default=250.0, metavar="N", help="joins and connections a second (250)")
    _add_servers(parser)
    parser.add_argument(
        "--storm",
        nargs="?",
        const="kill",
        choices=("kill", "restart"),
        help="one question: how soon all are back after kill -9, or after a planned restart",
    )
    parser.add_argument("--no-echo", action="store_true", help="without the bare python-socketio server beside it")
    parser.add_argument("--json", action="store_true", help="one line of figures")
    options = parser.parse_args(argv)
    _refuse_idle(options)
    return options


def _add_servers(parser: argparse.ArgumentParser) -> None:
    """Adds the options for the servers to play on: our own, or one that runs."""
    parser.add_argument("--shows", type=int, default=1, help="so many shows at once, the phones dealt over them (1)")
    parser.add_argument(
        "--script", default="", metavar="KEY", help="an own server plays this shipped script; --rounds openings"
    )
    parser.add_argument("--workers", type=int, default=1, help="processes of an own server, with --database (1)")
    parser.add_argument("--database", metavar="URL", help="an empty PostgreSQL database for the own server")
    parser.add_argument("--redis", metavar="URL", help="the own server's Redis")
    parser.add_argument("--processes", type=int, default=1, help="processes of phones (1)")
    parser.add_argument(
        "--url", action="append", default=[], help="a server that runs, with --show; may be given for each process"
    )
    parser.add_argument(
        "--show",
        type=Path,
        help="with --url: what `show new SCRIPT --json` printed; of a script in which all answer (speed, poll)",
    )
    parser.add_argument(
        "--stored",
        action="store_true",
        help="with --url, where this shell has the server's settings: hold what is stored against what was told",
    )
    parser.add_argument(
        "--pid",
        type=int,
        action="append",
        default=[],
        help="with --url: its process; without it no CPU and no memory is measured",
    )


def _refuse_idle(options: argparse.Namespace) -> None:
    """Options that would do nothing are refused: whoever gave them would believe what was not measured."""
    if options.storm and options.url:
        raise Stop("--storm cần máy chủ riêng, không đi cùng --url. / --storm presses a server of its own, not --url.")
    if options.script and (options.url or options.storm or options.shows > 1):
        raise Stop("--script cần máy chủ riêng và một chương trình. / --script needs an own server and one show.")
    if options.workers > 1 and not options.database:
        raise Stop("--workers cần --database. / --workers needs --database: processes share PostgreSQL.")
    if options.url and (options.shows > 1 or options.database):
        raise Stop("--shows và --database cần máy chủ riêng. / --shows and --database press a server of their own.")
    for name in ("stored", "show", "pid"):
        if getattr(options, name) and not options.url:
            raise Stop(f"--{name} cần --url. / --{name} needs --url.")


def _made(path: Path | None) -> dict[str, Any]:
    """The show that was made before, as its file says."""
    try:
        made = json.loads(path.read_text()) if path else None
    except (OSError, ValueError):
        made = None
    if not isinstance(made, dict) or not {"pin", "host_ticket", "stage_ticket"} <= made.keys():
        raise Stop("--url cần --show. / --url needs --show: a file with what `show new SCRIPT --json` printed.")
    return made


def measure(options: argparse.Namespace) -> dict[str, object]:
    """The figures, on an own server or on the one named."""
    from app.load import show
    from app.load.server import Running
    from app.process_settings import read_settings

    plan = show.Plan(
        options.players,
        options.rounds,
        options.spread,
        options.ramp,
        options.processes,
        options.shows,
        led=bool(options.script),
    )
    if options.storm:
        return weathered(plan, options.storm)
    if options.url:
        server, made = Running(options.url, options.pid), _made(options.show)
        figures = show.played(server, [made], plan)
        if options.stored:
            figures.stored = held_against(server, [made["id"]], figures)
    else:
        with own_server(options, read_settings().instance) as own:
            shows = own.new_shows(shipped(options.script) if plan.led else show.script(plan.rounds), plan.shows)
            figures = show.played(own, shows, plan)
            figures.stored = held_against(own, [one["id"] for one in shows], figures)
    figures.echo = {} if options.no_echo else show.echoed(plan)
    return figures.flat()


def shipped(key: str) -> dict[str, Any]:
    """A shipped script by its key."""
    from app.services.shows.scripts import available

    found = available().get(key)
    if found is None:
        known = ", ".join(available())
        raise Stop(f"Không có kịch bản {key}; có: {known}. / No script {key}.")
    return found


def own_server(options: argparse.Namespace, beside: Path) -> Own | Fleet:
    """A server of our own: one process on SQLite, or so many on the database that was named."""
    from app.load.fleet import Fleet
    from app.load.server import Own

    shared = {"SCS_DATABASE_URL": options.database, "SCS_REDIS_URL": options.redis}
    shared = {name: value for name, value in shared.items() if value}
    return Fleet(beside, options.workers, shared) if shared else Own(beside)


def held_against(server: Running, numbers: list[int], figures: Figures) -> dict[str, int]:
    """Compares acknowledged answers with stored ones; each show, replayed from its journal, ends as it ended."""
    from app.load.figures import compared, put_together

    for number in numbers[:REPLAYED]:
        server.command("show", "replay", str(number))
    return compared(figures.questions, put_together(server.records(numbers[0], len(numbers))))


def weathered(plan: Plan, how: str) -> dict[str, object]:
    """The time until everybody is back after the server was cut off, on an own server."""
    from app.load import storm
    from app.load.figures import compared
    from app.load.server import Own
    from app.process_settings import read_settings

    with Own(read_settings().instance) as own:
        made = own.new_show(storm.script())
        told, asked = storm.weathered(own, made, plan, how)
        return told | compared(asked, own.record(made["id"]))
