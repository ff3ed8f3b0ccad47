"""The program's own Python environment, made from the locks with nothing but the standard library.

An environment is built at its final place, `.venv.d/<name>`, where the name is made of the Python and
the digests of the locks. The file `complete` comes last, then the link `.venv` is turned to it. So an
interrupted start leaves nothing half-made in use, two starts at once build one environment, and a
running server keeps the packages it began with while a newer version starts beside it.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from app.telling import CannotStart, tell

ROOT = Path(__file__).resolve().parents[1]
CURRENT = ROOT / ".venv"
ENVIRONMENTS = ROOT / ".venv.d"
RUN_LOCK = ROOT / "requirements.lock"
TEST_LOCK = ROOT / "tests" / "requirements.lock"


def ready(for_tests: bool) -> str:
    """The Python of a complete environment with the locked packages; it is built when there is none."""
    # A developer's environment stays one when the run lock changes.
    for_tests = for_tests or CURRENT.resolve().name.count("-") == name_of([RUN_LOCK, TEST_LOCK]).count("-")
    locks = [RUN_LOCK, TEST_LOCK] if for_tests else [RUN_LOCK]
    name = name_of(locks)
    environment = fitting(name)
    if environment is None:
        with alone():
            environment = fitting(name) or build(name, locks)
    # Held as long as this program runs, also through exec, so that nobody clears away its packages.
    used = os.open(environment, os.O_RDONLY)
    fcntl.flock(used, fcntl.LOCK_SH)
    os.set_inheritable(used, True)
    return str(environment / "bin" / "python")


def this_python() -> str:
    """The running interpreter's path, in the form `ready` gives."""
    return str(Path(sys.prefix).resolve() / "bin" / "python")


def name_of(locks: list[Path]) -> str:
    """`<python>-<digest of the run lock>`, and the digest of the test lock where tests are to run."""
    digests = [hashlib.sha256(lock.read_bytes()).hexdigest()[:10] for lock in locks]
    return "-".join([str(sys.implementation.cache_tag), *digests])


def fitting(name: str) -> Path | None:
    """The environment `.venv` leads to, if it is complete and is `name`, or `name` and the test packages."""
    environment = CURRENT.resolve()
    fits = environment.name == name or environment.name.startswith(name + "-")
    return environment if fits and environment.parent == ENVIRONMENTS and is_complete(environment) else None


def is_complete(environment: Path) -> bool:
    """True when the environment was finished and its Python is still on the machine."""
    return (environment / "complete").exists() and os.access(environment / "bin" / "python", os.X_OK)


def build(name: str, locks: list[Path]) -> Path:
    """Make the environment `name` at its final place and turn `.venv` to it."""
    environment = ENVIRONMENTS / name
    try:
        if not is_complete(environment):
            tell("Đang cài các gói đã khóa, chỉ lần đầu. / Installing the locked packages, this time only.")
            ENVIRONMENTS.mkdir(exist_ok=True)
            _clear_unused()
            _venv().create(environment, symlinks=True, with_pip=False)
            install(environment, locks)
            _run(str(environment / "bin" / "python"), "-m", "compileall", "-q", "app", "quizzes")
            (environment / "complete").touch()
        turn_to(environment)
    except OSError as problem:
        raise CannotStart(
            f"Không ghi được vào thư mục này. / The folder {ROOT} cannot be written: {problem.strerror}."
        ) from None
    return environment


def install(environment: Path, locks: list[Path], again: bool = False) -> None:
    """Install the locks with uv; with pip, slowly, where uv cannot be had. `again`: also what seems to be there."""
    python = str(environment / "bin" / "python")
    wanted = ["install", "--require-hashes", *(part for lock in locks for part in ("-r", str(lock)))]
    anew = (["--reinstall"], ["--ignore-installed"]) if again else ([], [])
    uv = shutil.which("uv") or _pinned_uv(python)
    # Compiled now by both cores: where Python may not keep what it compiles, every start would do it again.
    if uv and _run(uv, "pip", *wanted, *anew[0], "--quiet", "--compile-bytecode", "--python", python) is None:
        return
    _bring_pip(python)
    problem = _run(python, "-m", "pip", *wanted, *anew[1], "--quiet")
    if problem is not None:
        raise CannotStart(f"Không cài được các gói. / The packages could not be installed: {problem}")


def turn_to(environment: Path) -> None:
    """Let `.venv` lead to `environment`. A folder of that name, made by hand, is moved aside."""
    if CURRENT.is_dir() and not CURRENT.is_symlink():
        aside = CURRENT.with_name(".venv.old")
        shutil.rmtree(aside, ignore_errors=True)
        CURRENT.rename(aside)
    fresh = CURRENT.with_name(".venv.new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(environment.relative_to(ROOT))
    fresh.replace(CURRENT)


class alone:
    """Holds the checkout while an environment is built; a second start waits here."""

    def __enter__(self) -> None:
        self.folder = os.open(ROOT, os.O_RDONLY)
        try:
            fcntl.flock(self.folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tell("Một lệnh khác đang cài đặt, xin chờ. / Another start is installing; waiting for it.")
            fcntl.flock(self.folder, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        os.close(self.folder)


def _clear_unused() -> None:
    """Remove the environments that no running program holds, half-made ones among them."""
    for environment in filter(Path.is_dir, ENVIRONMENTS.iterdir()):
        used = os.open(environment, os.O_RDONLY)
        try:
            fcntl.flock(used, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(environment)
        except BlockingIOError:
            pass
        finally:
            os.close(used)


def _venv() -> Any:
    """The standard module `venv`, which some systems ship apart from Python."""
    try:
        return importlib.import_module("venv")
    except ImportError:
        _install_venv_package()
    importlib.invalidate_caches()
    try:
        return importlib.import_module("venv")
    except ImportError:
        raise _no_venv() from None


def _bring_pip(python: str) -> None:
    """Put pip into the environment. Debian ships what that takes apart from Python, too."""
    if _run(python, "-m", "ensurepip") is not None:
        _install_venv_package()
        problem = _run(python, "-m", "ensurepip")
        if problem is not None:
            raise CannotStart(f"Không có pip. / pip could not be had: {problem}")


def _install_venv_package() -> None:
    """On Debian root can have the missing package at once; others are told its name."""
    package = _venv_package()
    if os.geteuid() == 0 and shutil.which("apt-get"):
        tell(f"Cài {package} bằng apt. / Installing {package} with apt.")
        apt = ("apt-get", "install", "-q", "-y", package)
        if _run(*apt) is None or (_run("apt-get", "update", "-q") is None and _run(*apt) is None):
            return
    raise _no_venv()


def _no_venv() -> CannotStart:
    return CannotStart(
        "Thiếu mô-đun venv của Python. / Python's venv module is missing: on Debian or Ubuntu run: "
        f"sudo apt install {_venv_package()}"
    )


def _venv_package() -> str:
    return f"python{sys.version_info.major}.{sys.version_info.minor}-venv"


def _pinned_uv(python: str) -> str | None:
    """uv as the lock pins it, put into the new environment; None where it cannot be had."""
    pin = re.search(r"^uv==.*(?:\n[ \t]+.*)*", RUN_LOCK.read_text(), re.MULTILINE)
    if pin is None:
        return None
    with tempfile.NamedTemporaryFile("w", suffix=".lock") as only:
        only.write(pin.group())
        only.flush()
        wanted = ["install", "--quiet", "--require-hashes", "--no-compile", "-r", only.name]
        # The pip of the Python that runs us is ready to use; giving the environment its own takes seconds.
        if _run(sys.executable, "-m", "pip", "--python", python, *wanted) is not None:
            _bring_pip(python)
            if _run(python, "-m", "pip", *wanted) is not None:
                return None
    return str(Path(python).with_name("uv"))


def _run(*command: str) -> str | None:
    """Run a program of the installation. None when it went well, else the last line it wrote."""
    mirror = os.environ.get("PIP_INDEX_URL")
    environ = {**({"UV_DEFAULT_INDEX": mirror} if mirror else {}), **os.environ}
    try:
        done = subprocess.run(command, cwd=ROOT, env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    except OSError as problem:
        return f"{command[0]}: {problem.strerror}"
    lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    return None if done.returncode == 0 else (lines or [f"{command[0]} failed"])[-1]
