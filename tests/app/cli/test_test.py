"""The test command itself: every check runs, and one failure fails the whole."""

from __future__ import annotations

import subprocess
from types import SimpleNamespace

import pytest

from app.cli import test as checks


@pytest.mark.parametrize(("failing", "code"), [(None, 0), ("ruff", 1), ("mypy", 1), ("app.cli", 1), ("pytest", 1)])
def test_every_check_runs_and_one_failure_fails_the_whole(
    failing: str | None, code: int, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    ran: list[list[str]] = []

    def pretend(command: list[str], **_: object) -> SimpleNamespace:
        ran.append(command[2:])
        return SimpleNamespace(returncode=int(command[2] == failing))

    monkeypatch.setattr(subprocess, "run", pretend)
    assert checks.run(["-k", "An"]) == code
    assert [command[0] for command in ran] == ["ruff", "ruff", "mypy", "app.cli", "pytest"]
    assert ran[-1][-2:] == ["-k", "An"]
    assert ("FAILED" in capfd.readouterr().err) is bool(code)


def test_a_check_that_nobody_reads_any_more_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []

    def pretend(command: list[str], **_: object) -> SimpleNamespace:
        ran.append(command)
        return SimpleNamespace(returncode=1)

    monkeypatch.setattr(subprocess, "run", pretend)
    beside = SimpleNamespace(kill=lambda: ended.append("kill"), wait=lambda: ended.append("wait"))
    ended: list[str] = []
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: beside)
    monkeypatch.setattr(checks, "output_is_closed", lambda: True)
    with pytest.raises(BrokenPipeError):
        checks.run([])
    assert len(ran) == 1
    assert ended == ["kill", "wait"], "what was compiled beside it ends, too"
