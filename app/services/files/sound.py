"""Recordings from strangers' phones, made anew by a bounded child process: MP3, mono, at most five minutes."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.services.files.opening.sound_child import LONGEST_S, MOST_BYTES, NO_READER, NO_SOUND, TOO_LONG
from quizzes.refusals import Rejected

ROOT = Path(__file__).resolve().parents[3]
WALL_S = 120
"""How long the process that makes a sound anew may take, seconds."""
OUT_OF_TIME = -signal.SIGXCPU
"""The return code of a child that used up its CPU seconds; one that takes too long by the clock is refused the same."""
REFUSALS = {NO_SOUND: "sound_none", TOO_LONG: "sound_long", NO_READER: "media_missing"}


def made_anew(data: bytes) -> tuple[bytes, int]:
    """(MP3, seconds). Rejected: sound_none, sound_long, sound_bad, media_missing (an extra of the installation)."""
    if len(data) > MOST_BYTES:
        raise Rejected("sound_bad", field="sound")
    made, seconds = by_child("sound_child", data, REFUSALS, "sound_bad", field="sound", minutes=LONGEST_S // 60)
    return made, int(seconds)


def by_child(child: str, data: bytes, refusals: Mapping[int, str], bad: str, **about: Any) -> tuple[bytes, str]:
    """The file that a child of `opening` makes of another, and the child's last line. Rejected with the refusal for the
    child's exit code."""
    command = [sys.executable, "-m", f"app.services.files.opening.{child}"]
    environment = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter and module, no shell
            command, input=data, capture_output=True, timeout=WALL_S, cwd=ROOT, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        raise Rejected(refusals.get(OUT_OF_TIME, bad), **about) from None
    except subprocess.SubprocessError:
        raise Rejected(bad, **about) from None
    if done.returncode:
        raise Rejected(refusals.get(done.returncode, bad), **about)
    return done.stdout, done.stderr.rsplit(b"\n", 1)[-1].decode()
