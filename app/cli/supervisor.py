"""Keeps the serving processes alive, and holds the socket they listen on: phones wait in its queue meanwhile."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from app.telling import tell

CANNOT_START = 3
"""The child's exit code for what starting again would not mend, unless it has served before (its database is away)."""
PROVEN_S = 10
"""Seconds a child must live to prove that it can serve: then it is always started again, before only TRIES times."""
TRIES = 4
"""How often a child that never served is started again."""
SERVED_S = 4
"""Seconds a child must live so that its successor starts at once."""
SLOWEST_RESTART_S = 5.0
"""The longest pause before a child is started again, seconds."""
STOPPING_S = 15  # how long a child may take to stop
STARTING_S = 60
"""Seconds the next worker waits for one that has not begun to serve."""


@dataclass(eq=False)
class Worker:
    """One serving process, and those that followed it."""

    number: int
    process: subprocess.Popen[bytes] | None = None
    renewing: bool = False
    restarts: int = 0
    serving: threading.Event = field(default_factory=threading.Event)

    def end(self) -> None:
        """Ask it to stop; make it, after a while."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            late = threading.Timer(STOPPING_S, self.process.kill)
            late.daemon = True
            late.start()


class Supervisor:
    """Keeps so many workers serving on one socket until it is told to stop."""

    def __init__(self, argv: list[str], listener: Any, workers: int = 1) -> None:
        self.argv, self.listener = argv, listener
        self.workers = [Worker(number) for number in range(workers)]
        self.stopping = self.failed = False
        self._turn = threading.Lock()

    def run(self) -> int:
        """Start every worker again whenever it dies of itself; the program's exit code."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self.stop)
        signal.signal(signal.SIGUSR2, self.renew)
        # A thread for each: a child is told of its parent's death when the thread that started it ends.
        threads = [threading.Thread(target=self.keep, args=(worker,)) for worker in self.workers]
        for thread, worker in zip(threads, self.workers, strict=True):
            thread.start()
            if worker.number == 0 and len(threads) > 1:  # it makes the tables; the others find them
                self._until_serving(worker, thread)
        for thread in threads:
            thread.join()
        return int(self.failed)

    def keep(self, worker: Worker) -> None:
        """Serve with this worker until the end."""
        pause_s, proven = 0.0, False
        while not self.stopping:
            began = time.monotonic()
            try:
                code = self.serve_once(worker)
            except (OSError, ValueError):  # the socket is closed
                if self.stopping:
                    break
                raise
            if self.stopping or (code == 0 and not worker.renewing):
                break
            if worker.renewing:
                worker.renewing, worker.restarts = False, worker.restarts + 1
                continue
            lived_s = time.monotonic() - began
            proven |= lived_s > PROVEN_S
            if not proven and (code == CANNOT_START or worker.restarts >= TRIES):
                self.failed = True
                self.stop()
                break
            worker.restarts += 1
            tell(f"Máy chủ dừng bất ngờ, đang chạy lại. / The server died ({code}); starting it again.")
            pause_s = 0.0 if lived_s > SERVED_S else min(SLOWEST_RESTART_S, pause_s * 2 + 0.2)
            time.sleep(pause_s)

    def serve_once(self, worker: Worker) -> int:
        """Start one child and wait for its end. It says on a pipe when it serves."""
        number, (served, pipe) = self.listener.fileno(), os.pipe()
        child = [worker.number, number, os.getpid(), worker.restarts, pipe]
        with os.fdopen(served, "rb") as ready:
            # In its own process group, so that Ctrl-C reaches it once, from us.
            try:
                process = worker.process = subprocess.Popen(
                    [sys.executable, "-m", "app.cli", "serve", *self.argv, "--child", *map(str, child)],
                    pass_fds=[number, pipe],
                    process_group=0,
                )
            finally:
                os.close(pipe)
            if self.stopping:
                process.terminate()
            if ready.read(1):
                worker.serving.set()
            code = process.wait()
        worker.serving.clear()
        return code

    def _until_serving(self, worker: Worker, thread: threading.Thread) -> None:
        until = time.monotonic() + STARTING_S
        while thread.is_alive() and not worker.serving.wait(0.1) and time.monotonic() < until:
            pass

    def stop(self, *_: object) -> None:
        """Ask the workers to end; a second time, do not ask. New connections are refused at once, so that a proxy
        asks another server. In the socket's queue they would wait for nobody."""
        again, self.stopping = self.stopping, True
        for worker in self.workers:
            if again and worker.process:
                worker.process.kill()
            else:
                worker.end()
        with contextlib.suppress(OSError):
            self.listener.close()

    def renew(self, *_: object) -> None:
        """A planned restart, one worker after the other: phones are told to come back, and wait in the queue of the
        socket where no other worker takes them."""
        threading.Thread(target=self._renew, daemon=True).start()

    def _renew(self) -> None:
        with self._turn:
            for worker in self.workers:
                if not self.stopping and worker.process and worker.process.poll() is None:
                    worker.serving.clear()
                    worker.renewing = True
                    worker.end()
                    if len(self.workers) > 1:
                        worker.serving.wait(STARTING_S)
