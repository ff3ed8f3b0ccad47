"""The worked examples of docs/contributing.md work."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from flask import Flask

from quizzes import show
from quizzes.draws import Draws
from quizzes.formats import FORMATS
from quizzes.importers import Sheet, bank_yaml
from quizzes.refusals import Rejected
from quizzes.script import check_script
from tests.quizzes.people import AN, BINH, Stage, single

PAGE = Path(__file__).resolve().parents[1] / "docs" / "contributing.md"


def example(path: str) -> str:
    """The code block that follows the mark of this path."""
    found = re.search(rf"<!-- example: {re.escape(path)} -->\n```\w+\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert found, path
    return found[1]


def module(path: str) -> Any:
    made = ModuleType(path.removesuffix(".py").replace("/", "."))
    exec(compile(example(path), path, "exec"), made.__dict__)
    return made


def test_the_format_is_played_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS, "first_try", module("quizzes/formats/first_try.py").FORMAT)
    stage = Stage({"format": "first_try"}, questions=[[single(1), single(2)]])
    stage.until("open")
    stage.answer(AN, 0)
    stage.answer(BINH, 1)
    stage.until("over")
    assert [(line["seat"], line["points"]) for line in show.results(stage.state) if line["points"]] == [(AN, 2)]


def test_the_question_type_grades_what_was_typed() -> None:
    kind = module("quizzes/questions/letter.py").QUESTION_TYPE
    question = {"type": "letter", "text": {"vi": "Chữ đầu của Đoàn?"}, "answer": "Đ"}
    assert kind.check(question) == []
    assert kind.check(question | {"answer": "hai chữ"})
    shown = kind.arrange(question, Draws("hạt"))
    assert kind.grade(question, shown, kind.read(question, shown, " đ ")) == 1000
    assert kind.grade(question, shown, kind.solution(question, shown, "vi")["choice"]) == 1000
    with pytest.raises(Rejected):
        kind.read(question, shown, 7)


def test_the_importer_says_which_row_is_wrong() -> None:
    importer = module("quizzes/importers/pairs.py").IMPORTER
    found = importer.read([Sheet("1", [["Câu 1?", "đúng", "sai"], ["Câu 2?", "đúng"]])])
    assert [one["answer"] for one in found.drafts] == [0]
    assert [one.path for one in found.problems] == [(2,)]
    assert importer.write(found.drafts) == [["Câu 1?", "đúng", "sai"]]


def test_the_script_the_bank_and_the_preset_have_no_problem() -> None:
    from app.services.files.containers import read_tree
    from quizzes.contest.setup.rules import read_rules

    assert check_script(yaml.safe_load(example("quizzes/shows/evening.yaml"))) == []
    assert bank_yaml.read(read_tree(example("quizzes/banks/water.yaml").encode())).problems == []
    assert read_rules(yaml.safe_load(example("quizzes/contests/one_week.yaml")))[1] == []


def test_the_page_and_the_command_greet(capsys: pytest.CaptureFixture[str]) -> None:
    app = Flask("example")
    app.register_blueprint(module("app/pages/points/hello.py").pages)
    assert app.test_client().get("/hello").text == "Xin chào!"
    assert module("app/cli/greet.py").run([]) == 0
    assert capsys.readouterr().out == "Xin chào!\n"
