"""Fail points: where a test stops the program at the worst moment. Nothing happens unless `SCS_FAIL_POINTS` is set.

The variable names a folder. When the program comes to `point("stored")` and the folder holds a file `stored`, the
file is removed first, so that it strikes once, restarts included, and then what it says is done:

    kill          as kill -9 would
    stall 1.5     block the whole process's loop for so many seconds
    wait 1.5      let only the work that came here wait, while everything else goes on
"""

from __future__ import annotations

import os
import signal
from pathlib import Path

FOLDER = os.environ.get("SCS_FAIL_POINTS", "")


def point(name: str) -> None:
    """Pass this place, or fail here as the file of this name says."""
    if FOLDER:
        _strike(Path(FOLDER) / name)


def _strike(file: Path) -> None:
    try:
        what, _, seconds = file.read_text().partition(" ")
        file.unlink()
    except FileNotFoundError:
        return
    if what == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif what == "stall":
        from gevent import monkey

        monkey.get_original("time", "sleep")(float(seconds))
    elif what == "wait":
        import gevent

        gevent.sleep(float(seconds))
