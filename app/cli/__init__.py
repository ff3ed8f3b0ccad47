"""The commands: `python3 -m app NAME`. A command is a module here with a function `run(argv) -> int`.

The first line of its docstring is its line in the list of commands. A command's module is loaded only
when it is asked for, so that `serve` and `load` can patch the standard library before anything uses it.
Standard output carries the command's result and nothing else; the exit code is 0 (done), 1 (could not
be done, one line says why) or 2 (the arguments make no sense).
"""

from __future__ import annotations

import ast
import gc
import os
import select
import sys
from importlib import import_module
from pathlib import Path

from app.telling import tell


class Stop(Exception):
    """A command cannot be carried out; the text is the one line its person reads."""


def run(argv: list[str]) -> int:
    """Carry out the command that `argv` names; options alone mean `serve`."""
    try:
        code = _carried_out(argv)
        if sys.stdout:
            sys.stdout.flush()
        return code
    except BrokenPipeError:
        if not output_is_closed():
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # unwritten output is dropped, also at the exit
        tell("Đầu ra đã bị đóng giữa chừng. / The output was closed before everything was written.")
        return 1
    except KeyboardInterrupt:
        tell("Đã dừng. / Stopped.")
        return 1
    except Exception as problem:
        line = sentence(problem)
        if line is None:
            raise
        tell(line)
        return 1


def _carried_out(argv: list[str]) -> int:
    if argv[:1] in (["help"], ["--help"], ["-h"]):
        print(listing())
        return 0
    name, rest = ("serve", argv) if not argv or argv[0].startswith("-") else (argv[0], argv[1:])
    if not commands(name):
        tell(f"Không có lệnh này. / There is no command {name!r}; python3 -m app help lists them.")
        return 2
    gc.disable()  # imported modules stay: collecting them again and again was a fifth of a start
    command = import_module(f"app.cli.{name.replace('-', '_')}")
    gc.freeze()
    gc.enable()
    return int(command.run(rest))


def output_is_closed() -> bool:
    """True when nobody reads standard output any more."""
    watch = select.poll()
    watch.register(1, 0)
    return any(event & select.POLLERR for _, event in watch.poll(0))


def commands(only: str | None = None) -> dict[str, str]:
    """Every command, or the one of this name, with its line of help, read from the files without loading them."""
    files = {path.stem.replace("_", "-"): path for path in sorted(Path(__file__).parent.glob("[a-z]*.py"))}
    found = {}
    for name, path in files.items():
        if only is not None and name != only:
            continue
        tree = ast.parse(path.read_bytes())
        if any(isinstance(node, ast.FunctionDef) and node.name == "run" for node in tree.body):
            found[name] = (ast.get_docstring(tree) or "").partition("\n")[0]
    return found


def listing() -> str:
    """The text that `python3 -m app help` prints."""
    rows = (f"  {name:<10} {line}" for name, line in commands().items())
    return "\n".join(["python3 -m app [command] [--help]", "", *rows])


def sentence(problem: Exception) -> str | None:
    """The line for a problem the person can do something about, None for a bug of ours."""
    from app.config import BadSetting
    from app.models.pools import TooFewConnections
    from quizzes.refusals import Rejected

    if isinstance(problem, BadSetting):
        return f"Cài đặt sai. / Bad setting {problem}"
    if isinstance(problem, Rejected):
        from app.services.refused import refusals

        return f"{refusals().get(problem.code, (0, problem.code))[1]} ({problem.code})"
    return str(problem) if isinstance(problem, Stop | TooFewConnections) else None
