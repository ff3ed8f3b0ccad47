"""The facts about a running server for the commands beside it: `server.json` in the instance folder."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from app.config import Settings
from app.version import program_version


@dataclass(frozen=True)
class Server:
    """A running server: its process, where it is reached (phones' address first) and its version."""

    pid: int
    addresses: list[str]
    version: str


def file_of(settings: Settings) -> Path:
    """Return the path of the note."""
    return settings.instance / "server.json"


def announce(settings: Settings) -> Server:
    """Write the note whole or not at all."""
    server = Server(os.getpid(), list(settings.addresses), program_version(settings.root))
    fresh = file_of(settings).with_suffix(".new")
    fresh.write_text(json.dumps(asdict(server), indent=2) + "\n")
    fresh.replace(file_of(settings))
    return server


def withdraw(settings: Settings) -> None:
    """Remove the note if it is this process's own."""
    server = find(settings)
    if server and server.pid == os.getpid():
        file_of(settings).unlink(missing_ok=True)


def find(settings: Settings) -> Server | None:
    """The server that runs on this instance, or None. A note left by a dead one counts for nothing."""
    try:
        server = Server(**json.loads(file_of(settings).read_text()))
        os.kill(server.pid, 0)
    except PermissionError:
        return server
    except (OSError, ValueError, TypeError, OverflowError):
        return None
    return server
