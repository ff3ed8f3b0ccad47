"""Programs a test starts: they end with the test, and with us when we are killed."""

from __future__ import annotations

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1


def die_with_us() -> None:
    """Runs in the new process: the kernel ends it when its parent is gone."""
    if sys.platform == "linux":
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def begin(command: list[str], **options: Any) -> subprocess.Popen[bytes]:
    """Start a program; whoever does ends it."""
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, preexec_fn=die_with_us, **options)


@contextmanager
def running(command: list[str], **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """The program while the block runs; then asked to end, and made to after 10 seconds."""
    process = begin(command, **options)
    try:
        yield process
    finally:
        end(process)


def end(process: subprocess.Popen[bytes], within_s: float = 10) -> int:
    """Ask the program to stop, then make it; its exit code."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(within_s)
        except subprocess.TimeoutExpired:
            process.kill()
    return process.wait()


def wait_until(true: Callable[[], Any], within_s: float = 90, about: str = "") -> Any:
    """The first true value `true()` gives; fails after `within_s`."""
    until = time.monotonic() + within_s
    while not (value := true()):
        assert time.monotonic() < until, f"waited {within_s} s for {about or true}"
        time.sleep(0.02)
    return value
