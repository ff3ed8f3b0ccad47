"""The way in: say in one line what is missing, then go on in the environment the command needs.

Written in the Python of 2016, so that an old interpreter can read it far enough to say that it is too
old. Speaks on standard error only: standard output belongs to the command.
"""

import os
import shutil
import sys

from app.telling import CannotStart, tell

OLDEST = (3, 11)
"""The oldest Python that the program runs on."""


def main(argv: "list[str]") -> int:
    """Run the command in the environment it needs; return the exit code."""
    try:
        refuse_old_python()
        from app import additions, environment

        for_tests = argv[:1] == ["test"]
        python = environment.ready(for_tests)
        try:
            additions.bring(environment.CURRENT.resolve(), additions.extras() if for_tests else additions.added())
        except CannotStart as problem:
            if for_tests:
                raise
            tell(str(problem))  # a hall without a network begins without the extra; the next start tries again
        if python != environment.this_python():
            os.execv(python, [python, "-m", "app", *argv])  # noqa: S606
    except CannotStart as problem:
        tell(str(problem))
        return 1
    except KeyboardInterrupt:
        tell("Đã dừng. / Stopped.")
        return 1
    from app import cli

    return cli.run(argv)


def refuse_old_python() -> None:
    """Stop on Windows and on a Python that cannot run the program, naming what can."""
    if sys.platform == "win32":
        raise CannotStart("Trên Windows hãy chạy trong WSL. / On Windows, run it inside WSL.")
    if sys.version_info < OLDEST:
        newer = [name for name in (f"python3.{minor}" for minor in range(20, 10, -1)) if shutil.which(name)]
        raise CannotStart(
            "Cần Python 3.11 trở lên. / Python 3.11 or newer is needed, this is "
            + ".".join(str(part) for part in sys.version_info[:3])
            + (f". Try: {newer[0]} -m app" if newer else ".")
        )
