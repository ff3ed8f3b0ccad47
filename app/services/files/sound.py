"""Recordings from strangers' phones, made anew by a bounded child process: MP3, mono, at most five minutes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from app.services.files.opening.sound_child import LONGEST_S, MOST_BYTES, NO_SOUND, TOO_LONG
from quizzes.refusals import Rejected

ROOT = Path(__file__).resolve().parents[3]
WALL_S = 120
REFUSALS = {NO_SOUND: "sound_none", TOO_LONG: "sound_long"}


def made_anew(data: bytes) -> tuple[bytes, int]:
    """(MP3, seconds). Rejected: sound_none, sound_long, sound_bad."""
    if len(data) > MOST_BYTES:
        raise Rejected("sound_bad", field="sound")
    command = [sys.executable, "-m", "app.services.files.opening.sound_child"]
    environment = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter and module, no shell
            command, input=data, capture_output=True, timeout=WALL_S, cwd=ROOT, env=environment, check=False
        )
    except subprocess.SubprocessError:
        raise Rejected("sound_bad", field="sound") from None
    if done.returncode:
        code = REFUSALS.get(done.returncode, "sound_bad")
        raise Rejected(code, field="sound", minutes=LONGEST_S // 60)
    return done.stdout, int(done.stderr.rsplit(b"\n", 1)[-1])
