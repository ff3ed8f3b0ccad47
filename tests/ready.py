"""Shows for tests, made by a process that has loaded the program already.

`show new` as somebody types it loads the program for more than a second, to work for a tenth of one. That command has
tests of its own, which start it so; a test that needs a show to begin with asks the process here. It branches off for
each, and the branch carries out the very command with the environment it is given.

    python -m tests.ready      reads a line for each command: {"words", "environment", "said", "problems"}; the last two
                               are files. Answers with the exit code.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import tempfile
import threading
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


class Ready:
    """The process, and the way to ask it."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.ready"]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)
        self.turn = threading.Lock()

    def ask(self, words: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
        """Carry out one command to its end."""
        with tempfile.TemporaryDirectory(prefix="scs-ready-") as folder, self.turn:
            said, problems = Path(folder, "said"), Path(folder, "problems")
            asked = {"words": words, "environment": environment, "said": str(said), "problems": str(problems)}
            assert self.process.stdin and self.process.stdout
            self.process.stdin.write(json.dumps(asked) + "\n")
            self.process.stdin.flush()
            code = int(self.process.stdout.readline())
            return subprocess.CompletedProcess(words, code, said.read_text(), problems.read_text())

    def end(self) -> None:
        """It ends when nothing more can come."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


@cache
def ready() -> Ready:
    """The one of this process, started when it is first asked for. It ends with us, also when we are killed."""
    made = Ready()
    atexit.register(made.end)
    return made


def wait_for_commands() -> None:
    """Load what `show new` needs, then branch off for each line."""
    import gc

    import yaml  # noqa: F401
    from sqlalchemy.orm import configure_mappers

    from app.cli import show, site  # noqa: F401
    from app.services.banks import banks  # noqa: F401
    from app.services.shows import addresses, asked, scripts  # noqa: F401

    configure_mappers()
    gc.freeze()
    for line in sys.stdin:
        branch = os.fork()
        if not branch:
            _carry_out(**json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(branch, 0)[1]), flush=True)


def _carry_out(words: list[str], environment: dict[str, str], said: str, problems: str) -> None:
    from app import cli

    for number, (name, how) in enumerate(((os.devnull, os.O_RDONLY), (said, os.O_WRONLY), (problems, os.O_WRONLY))):
        file = os.open(name, how | os.O_CREAT, 0o600)
        os.dup2(file, number)
        os.close(file)
    os.environ.clear()
    os.environ.update(environment)
    code = 1
    try:
        code = cli.run(words)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    wait_for_commands()
