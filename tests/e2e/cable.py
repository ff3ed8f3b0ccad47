"""A network cable between a browser and the server, which a test can pull out or let go dead."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

CHUNK = 65_536


class Cable:
    """Carries bytes of 127.0.0.1:`port` to the server and back, until told otherwise."""

    def __init__(self, to: tuple[str, int]) -> None:
        self._to = to
        self._whole = threading.Event()
        self._whole.set()
        self._ends: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def cut(self) -> None:
        """Pulled out: every connection ends at once and no new one gets anywhere."""
        self.go_dead()
        ends, self._ends = self._ends, []
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def go_dead(self) -> None:
        """Out of reach: connections stay, but nothing comes through, and nobody is told."""
        self._whole.clear()

    def mend(self) -> None:
        """Lets connections that stand carry again, with what was held up in them."""
        self._whole.set()

    def close(self) -> None:
        self._listener.close()
        self.cut()
        self._whole.set()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                browser, _ = self._listener.accept()
                threading.Thread(target=self._connect, args=(browser,), daemon=True).start()

    def _connect(self, browser: socket.socket) -> None:
        self._whole.wait()
        try:
            server = socket.create_connection(self._to)
        except OSError:
            browser.close()
            return
        self._ends += [browser, server]
        back = threading.Thread(target=self._carry, args=(server, browser), daemon=True)
        back.start()
        self._carry(browser, server)
        back.join()
        browser.close()
        server.close()

    def _carry(self, come: socket.socket, go: socket.socket) -> None:
        with suppress(OSError):
            while data := come.recv(CHUNK):
                self._whole.wait()
                go.sendall(data)
        with suppress(OSError):
            go.shutdown(socket.SHUT_WR)


@contextmanager
def cable(host: str, port: int) -> Iterator[Cable]:
    laid = Cable((host, port))
    try:
        yield laid
    finally:
        laid.close()
