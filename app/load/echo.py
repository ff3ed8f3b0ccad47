"""The yardstick: python-socketio and gevent as they come, acknowledging at once.

`python -m app.load.echo` prints its port and serves until it is killed.
"""

from gevent import monkey

monkey.patch_all()

import resource  # noqa: E402
from typing import Any  # noqa: E402

import socketio  # noqa: E402
from gevent import pywsgi  # noqa: E402

QUESTION = {"type": "single", "options": [{"id": "k3f9"}]}
SCREEN = {"v": 1, "html": "", "data": {"phase": "open", "no": 1, "question": QUESTION}}


def main() -> None:
    """Serve until killed."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    io = socketio.Server(async_mode="gevent", namespaces=["/live"], async_handlers=False)

    @io.on("connect", namespace="/live")  # type: ignore[untyped-decorator]
    def connect(sid: str, environ: dict[str, Any], auth: Any) -> None:
        io.start_background_task(io.emit, "screen", SCREEN, to=sid, namespace="/live")

    @io.on("answer", namespace="/live")  # type: ignore[untyped-decorator]
    def answer(sid: str, data: Any) -> dict[str, Any]:
        return {"ok": True, "v": 1}

    server = pywsgi.WSGIServer(("127.0.0.1", 0), socketio.WSGIApp(io), log=None, backlog=4096)
    server.start()
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
