"""The dispatch: a command is a file, its help is its docstring, its result alone is on standard output."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import cli
from app.cli import Stop
from app.config import BadSetting
from tests.serving import ROOT, command


def test_every_command_has_a_line_in_the_list() -> None:
    assert "server" not in cli.commands()
    assert {"serve", "test", "backup", "settings", "words", "lock"} <= set(cli.commands())
    assert all(line.endswith((".", "]", ")")) or " " in line for line in cli.commands().values())
    assert all(f"  {name} " in cli.listing() for name in cli.commands())


def test_a_file_in_the_folder_is_a_command_and_support_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "wave.py").write_text('"""Wave at Dũng.\n\nMore."""\ndef run(argv): return 0\n')
    (tmp_path / "support.py").write_text('"""Not a command."""\ndef helps(): pass\n')
    monkeypatch.setattr(cli, "__file__", str(tmp_path / "__init__.py"))
    assert cli.commands() == {"wave": "Wave at Dũng."}


def test_a_command_reads_the_file_of_its_own_name_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every process of the program begins so: all files together were 0.03 s of each."""
    read, parse = list[str](), cli.ast.parse
    monkeypatch.setattr(cli.ast, "parse", lambda text: read.append(str(text)) or parse(text))
    assert cli.commands("admin-link") == {"admin-link": cli.commands()["admin-link"]}
    assert len(read) == 1 + len(set(read[1:]))
    assert "admin" in read[0]


@pytest.mark.parametrize("name", ["", "s*", "serve*", "server", "admin_link", "../serve", "/serve", ".", "SERVE"])
def test_what_is_no_name_of_a_command_is_none(name: str) -> None:
    assert cli.commands(name) == {}
    assert cli.run([name]) == 2


def test_an_unknown_command_is_a_wrong_use(capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["fly"]) == 2
    said = capfd.readouterr()
    assert said.out == ""
    assert "'fly'" in said.err


def test_help_is_a_result() -> None:
    assert cli.run(["help"]) == 0
    assert cli.run(["--help"]) == 0


@pytest.mark.parametrize("problem", [Stop("the reason"), BadSetting("SCS_PORT", "the reason")])
def test_what_a_person_can_mend_is_one_line_and_code_1(
    problem: Exception, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object) -> int:
        raise problem

    monkeypatch.setattr("app.cli.settings.run", refuse)
    assert cli.run(["settings"]) == 1
    said = capfd.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert "the reason" in said.err


@pytest.mark.parametrize("module", ["app", "app.cli"])
def test_a_closed_pipe_is_said_in_one_sentence(module: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([sys.executable, "-m", module, "settings"], cwd=ROOT, stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert b"The output was closed" in done.stderr


def test_nobody_reading_what_is_said_stops_no_command() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([sys.executable, "-m", "app.cli", "fly"], cwd=ROOT, stdout=subprocess.PIPE, stderr=writing)
    os.close(writing)
    assert done.returncode == 2


def test_our_own_bugs_are_not_dressed_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.cli.settings.run", lambda argv: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        cli.run(["settings"])


def test_settings_prints_the_table_and_nothing_else(tmp_path: Path) -> None:
    done = command(tmp_path, "settings")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("| setting | meaning | default |")
