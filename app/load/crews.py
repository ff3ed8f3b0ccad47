"""Several processes of phones, told what to do over pipes. In between they answer pings and take screens."""

from __future__ import annotations

import multiprocessing
from multiprocessing.connection import Connection
from typing import Any

from app.load.crowd import PATIENCE_S, Crowd
from app.load.loop import Loop

FORK = multiprocessing.get_context("fork")


class Crews:
    """A crowd in each of so many processes."""

    def __init__(self, addresses: list[tuple[str, int]], players: int, processes: int) -> None:
        sizes = [players // processes + (number < players % processes) for number in range(processes)]
        self._pipes: list[Connection] = []
        self._processes = []
        for number, size in enumerate(sizes):
            ours, theirs = FORK.Pipe()
            process = FORK.Process(target=serve, args=(theirs, addresses, size, f"{number}-"), daemon=True)
            process.start()
            theirs.close()
            self._pipes.append(ours)
            self._processes.append(process)

    def do(self, loop: Loop, verb: str, *args: Any) -> list[Any]:
        """The results of `Crowd.verb(*args)` in each process; `loop` (the host's) runs meanwhile."""
        self.begin(verb, *args)
        return self.finish(loop)

    def begin(self, verb: str, *args: Any) -> None:
        """Let every process begin."""
        for pipe in self._pipes:
            pipe.send((verb, args))

    def finish(self, loop: Loop) -> list[Any]:
        """Wait for what was begun."""
        replies: dict[int, Any] = {}
        for number, pipe in enumerate(self._pipes):
            loop.watch(pipe.fileno(), lambda number=number, pipe=pipe: replies.update({number: pipe.recv()}))  # type: ignore[misc]
        loop.run(lambda: len(replies) == len(self._pipes), 10 * PATIENCE_S)
        for pipe in self._pipes:
            loop.forget(pipe.fileno())
        return [replies[number] for number in sorted(replies)]

    def stop(self) -> None:
        """End the processes."""
        for pipe in self._pipes:
            pipe.close()
        for process in self._processes:
            process.terminate()
            process.join()


def serve(pipe: Connection, addresses: list[tuple[str, int]], size: int, name: str) -> None:
    """A process of phones: do as told until the pipe is closed."""
    crowd = Crowd(addresses, size, name)
    crowd.loop.watch(pipe.fileno(), lambda: None)
    while True:
        crowd.loop.run(pipe.poll, PATIENCE_S)
        if not pipe.poll():
            continue
        try:
            verb, args = pipe.recv()
        except EOFError:
            return
        crowd.loop.forget(pipe.fileno())
        pipe.send(getattr(crowd, verb)(*args))
        crowd.loop.watch(pipe.fileno(), lambda: None)
