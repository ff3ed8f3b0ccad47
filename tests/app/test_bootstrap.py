"""The way in: what is missing is said in one line, on any Python, and nothing half-made is left."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app import additions, bootstrap, environment

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", ["app/__init__.py", "app/__main__.py", "app/bootstrap.py", "app/telling.py"])
def test_an_old_python_can_read_it_far_enough(name: str) -> None:
    ast.parse((ROOT / name).read_bytes(), feature_version=(3, 6))


def old_pythons() -> list[str]:
    """Interpreters older than ours on this machine, if there are any."""
    folders = [Path(found) for found in ("/usr/bin", "/usr/local/bin")]
    folders += sorted(Path.home().glob(".pyenv/versions/3.*/bin"))
    found = [folder / f"python3.{minor}" for folder in folders for minor in range(6, 11)]
    return [str(path) for path in found if path.exists()]


@pytest.mark.parametrize("python", old_pythons())
def test_a_python_that_is_too_old_is_told_in_one_line(python: str) -> None:
    done = subprocess.run([python, "-m", "app"], cwd=ROOT, capture_output=True)
    said = done.stderr.decode("utf-8", "replace").splitlines()
    assert (done.returncode, done.stdout, len(said)) == (1, b"", 1)
    assert "3.11 or newer is needed" in said[0]


def test_the_version_is_refused_before_anything_modern_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "OLDEST", (9, 0))
    monkeypatch.setitem(sys.modules, "app.environment", None)
    assert bootstrap.main([]) == 1


def test_windows_is_sent_to_its_linux(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert bootstrap.main([]) == 1
    assert "WSL" in capfd.readouterr().err


def test_loading_the_way_in_and_the_commands_takes_no_socket() -> None:
    """gevent has to patch the standard library before anything uses it; `serve` does that inside `run`."""
    code = (
        "import sys, app, app.bootstrap, app.environment, app.cli, app.cli.serve\n"
        "app.cli.commands()\n"
        "early = {'ssl', 'socket', 'gevent', 'flask', 'sqlalchemy'} & set(sys.modules)\n"
        "assert not early, early"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_only_serving_and_load_patch_the_standard_library() -> None:
    patching = {
        str(path.relative_to(ROOT)) for path in (ROOT / "app").rglob("*.py") if "patch_all()" in path.read_text()
    }
    assert patching == {"app/cli/serve.py", "app/load/echo.py"}


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout without an environment; installing is replaced by writing down what would be installed."""
    (tmp_path / "requirements.lock").write_text("flask==1 \\\n    --hash=sha256:a\nuv==2 \\\n    --hash=sha256:b\n")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/requirements.lock").write_text("pytest==1\n")
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    for name, path in {
        "CURRENT": ".venv",
        "ENVIRONMENTS": ".venv.d",
        "RUN_LOCK": "requirements.lock",
        "TEST_LOCK": "tests/requirements.lock",
    }.items():
        monkeypatch.setattr(environment, name, tmp_path / path)

    def install(folder: Path, locks: list[Path], again: bool = False) -> None:
        (folder / "installed").write_text(" ".join(lock.parent.name for lock in locks))

    monkeypatch.setattr(environment, "install", install)
    return tmp_path


def test_an_environment_is_made_once_and_found_again(checkout: Path) -> None:
    python = environment.ready(for_tests=False)
    made = (checkout / ".venv").resolve()
    assert python == str(made / "bin" / "python")
    subprocess.run([python, "-c", "import sys; assert sys.prefix != sys.base_prefix"], check=True)
    (made / "kept").touch()
    assert environment.ready(for_tests=False) == python
    assert (made / "kept").exists()


def test_a_test_environment_also_serves(checkout: Path) -> None:
    python = environment.ready(for_tests=True)
    assert (checkout / ".venv/installed").read_text() == f"{checkout.name} tests"
    assert environment.ready(for_tests=False) == python


@pytest.fixture
def extras(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The checkout with two extras that can be added."""
    (checkout / "extras").mkdir()
    monkeypatch.setattr(additions, "EXTRAS", checkout / "extras")
    monkeypatch.setattr(additions, "ADDED", checkout / ".venv.d/added")
    for name in ("signing", "statistics"):
        (checkout / f"extras/{name}.lock").write_text("x==1\n")
    return checkout


def test_what_was_added_is_brought_along_when_the_locks_change(extras: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checkout = extras
    installed: list[str] = []
    monkeypatch.setattr(
        environment, "install", lambda _, locks, again=False: installed.append(" ".join(one.stem for one in locks))
    )
    environment.ready(for_tests=False)
    additions.add("statistics")
    assert (additions.extras(), additions.added()) == (["signing", "statistics"], ["statistics"])
    additions.bring((checkout / ".venv").resolve(), additions.added())
    assert installed == ["requirements", "statistics"], "once"
    with (checkout / "requirements.lock").open("a") as lock:
        lock.write("more==1\n")
    environment.ready(for_tests=False)
    additions.bring((checkout / ".venv").resolve(), additions.added())
    assert installed[2:] == ["requirements", "statistics"]
    additions.bring((checkout / ".venv").resolve(), additions.extras())
    assert installed[4:] == ["signing"], "the tests have every extra"


class Killed(BaseException):
    """A process that dies runs nothing of what should come afterwards."""


def test_an_extra_whose_installation_was_killed_is_written_anew_by_the_next_start(
    extras: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.ready(for_tests=False)
    made = (extras / ".venv").resolve()
    tries: list[bool] = []

    def install(folder: Path, locks: list[Path], again: bool = False) -> None:
        tries.append(again)
        if len(tries) == 1:
            (folder / "half-a-package").touch()
            raise Killed

    monkeypatch.setattr(environment, "install", install)
    with pytest.raises(Killed):
        additions.add("statistics")
    assert additions.added() == ["statistics"], "somebody has asked for it"
    additions.bring(made, additions.added())
    assert tries == [False, True], "what seems to be there is not believed"
    additions.bring(made, additions.added())
    assert len(tries) == 2, "whole now"


def test_an_extra_that_cannot_be_had_is_not_asked_for_at_every_start(
    extras: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.ready(for_tests=False)

    def install(folder: Path, locks: list[Path], again: bool = False) -> None:
        raise bootstrap.CannotStart("no network")

    monkeypatch.setattr(environment, "install", install)
    with pytest.raises(bootstrap.CannotStart):
        additions.add("statistics")
    assert additions.added() == []


def test_a_hall_without_a_network_begins_without_what_was_added(
    extras: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    python = environment.ready(for_tests=False)
    additions.ADDED.write_text("statistics\n")

    def install(folder: Path, locks: list[Path], again: bool = False) -> None:
        raise bootstrap.CannotStart("no network")

    monkeypatch.setattr(environment, "install", install)
    monkeypatch.setattr(environment, "this_python", lambda: python)
    monkeypatch.setattr("app.cli.run", lambda argv: 0)
    assert bootstrap.main(["shows"]) == 0
    assert "no network" in capfd.readouterr().err
    assert bootstrap.main(["test"]) == 1, "tests run with everything or not at all"


def test_both_installers_are_told_to_write_a_half_made_extra_anew(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ran: list[tuple[str, ...]] = []

    def run(*command: str) -> str | None:
        ran.append(command)
        return "no uv" if command[0] == "uv" else None

    monkeypatch.setattr(shutil, "which", lambda name: name)
    monkeypatch.setattr(environment, "_run", run)
    environment.install(tmp_path, [environment.RUN_LOCK], again=True)
    assert "--reinstall" in ran[0] and "--ignore-installed" in ran[-1]


def test_a_changed_lock_makes_a_new_environment_beside_the_one_in_use(checkout: Path) -> None:
    before = environment.ready(for_tests=False)  # this process holds it now
    with (checkout / "requirements.lock").open("a") as lock:
        lock.write("jinja2==2\n")
    after = environment.ready(for_tests=False)
    assert before != after
    assert Path(before).exists()
    assert str((checkout / ".venv").resolve()) == after.removesuffix("/bin/python")


def test_an_interrupted_installation_leaves_nothing_in_use(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(folder: Path, locks: list[Path]) -> None:
        (folder / "half").touch()
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(environment, "install", interrupted)
        with pytest.raises(KeyboardInterrupt):
            environment.ready(for_tests=False)
    assert not (checkout / ".venv").exists()
    environment.ready(for_tests=False)
    assert not (checkout / ".venv/half").exists()


def test_a_folder_made_by_hand_is_moved_aside_not_lost(checkout: Path) -> None:
    (checkout / ".venv").mkdir()
    (checkout / ".venv/mine").touch()
    environment.ready(for_tests=False)
    assert (checkout / ".venv.old/mine").exists()


def test_a_folder_that_cannot_be_written_is_named(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_only(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "mkdir", read_only)
    with pytest.raises(bootstrap.CannotStart, match=f"{checkout}.*Read-only file system"):
        environment.ready(for_tests=False)


def test_an_installation_that_brings_no_venv_is_one_sentence_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "venv", None)
    monkeypatch.setattr(environment, "_install_venv_package", lambda: None)
    with pytest.raises(bootstrap.CannotStart, match=r"venv module is missing: .*apt install python3"):
        environment._venv()


def test_a_python_without_venv_is_told_the_package(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "venv", None)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(bootstrap.CannotStart, match=rf"apt install python3\.{sys.version_info.minor}-venv"):
        environment.ready(for_tests=False)


def test_only_the_installer_is_taken_from_the_lock_first(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def run(*command: str) -> None:
        asked.append(Path(command[-1]).read_text())

    monkeypatch.setattr(environment, "_run", run)
    assert environment._pinned_uv("/env/bin/python") == "/env/bin/uv"
    assert asked == ["uv==2 \\\n    --hash=sha256:b"]


def test_pip_does_it_where_uv_cannot_be_had(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ran: list[tuple[str, ...]] = []
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(environment, "_pinned_uv", lambda python: None)
    monkeypatch.setattr(environment, "_run", lambda *command: ran.append(command))
    environment.install(tmp_path, [environment.RUN_LOCK])
    assert [command[1:4] for command in ran] == [("-m", "ensurepip"), ("-m", "pip", "install")]
    assert "--require-hashes" in ran[-1]
