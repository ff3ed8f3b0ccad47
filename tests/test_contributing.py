"""The worked examples of docs/contributing.md work."""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import sqlalchemy as sa
import yaml
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from babel.messages.extract import extract
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader

from app.cli.words import KEYWORDS
from app.models.engines import database
from app.security import access
from app.services.people.imports.columns import read_rows
from app.services.people.tree import Draft, add_chapter
from quizzes import show
from quizzes.deeds.entries import Entry, checked
from quizzes.deeds.kinds import SHIPPED
from quizzes.draws import Draws
from quizzes.engine import AUDIENCE, HOST, PLAYER, STAGE, Viewer
from quizzes.formats import FORMATS
from quizzes.importers import Sheet, bank_yaml
from quizzes.refusals import Rejected
from quizzes.script import check_script
from quizzes.targets.presets import PRESETS
from tests.look import harness
from tests.quizzes.people import AN, BINH, Stage, single

PAGE = Path(__file__).resolve().parents[1] / "docs" / "contributing.md"


def example(path: str) -> str:
    """The code block that follows the mark of this path."""
    found = re.search(rf"<!-- example: {re.escape(path)} -->\n```\w+\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert found, path
    return found[1]


EXAMPLES = re.findall(r"<!-- example: (\S+) -->", PAGE.read_text())
VIETNAMESE = re.compile(r"[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]", re.IGNORECASE)


@pytest.fixture(scope="module")
def look() -> Iterator[Flask]:
    """An application that finds the example templates beside the real ones."""
    app = harness.create_app()
    written = {one.removeprefix("templates/"): example(one) for one in EXAMPLES if one.startswith("templates/")}
    app.jinja_env.loader = ChoiceLoader([DictLoader(written), app.jinja_env.loader])  # type: ignore[list-item]
    with app.test_request_context("/"):
        yield app


def module(path: str) -> Any:
    made = ModuleType(path.removesuffix(".py").replace("/", "."))
    sys.modules[made.__name__] = made  # a dataclass looks its module up
    try:
        exec(compile(example(path), path, "exec"), made.__dict__)
    finally:
        del sys.modules[made.__name__]
    return made


def test_the_format_is_played_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS, "first_try", module("quizzes/formats/first_try.py").FORMAT)
    stage = Stage({"format": "first_try"}, questions=[[single(1), single(2)]])
    stage.until("open")
    stage.answer(AN, 0)
    stage.answer(BINH, 1)
    stage.until("over")
    assert [(line["seat"], line["points"]) for line in show.results(stage.state) if line["points"]] == [(AN, 2)]


def test_the_mechanic_adds_its_move_and_its_part_of_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    applause = module("quizzes/mechanics/applause.py").applause()
    plain = module("quizzes/formats/first_try.py").FORMAT
    monkeypatch.setitem(FORMATS, "first_try", replace(plain, mechanics=(*plain.mechanics, applause)))
    stage = Stage({"format": "first_try"}, questions=[[single(1)]])
    stage.until("revealed")
    stage.command("applaud")
    stage.command("applaud")
    assert show.view(stage.state, Viewer("stage", "", "vi"))["format"]["applause"] == 2


def test_the_deed_kind_the_targets_and_the_list_are_what_their_areas_take() -> None:
    kind = module("quizzes/deeds/library.py").LIBRARY
    entry = Entry("lan-thu-1", "library", "first", date(2026, 11, 30))
    assert checked(entry, SHIPPED | {kind.key: kind}, date(2026, 11, 30)).kind == "library"
    with pytest.raises(Rejected, match="deed_kind"):
        checked(replace(entry, step="label"), SHIPPED | {kind.key: kind}, date(2026, 11, 30))
    preset = module("quizzes/targets/school.py").SCHOOL
    taken = {(one.shape, one.base, way) for shipped in PRESETS.values() for one in shipped.targets for way in one.ways}
    assert {(one.shape, one.base, way) for one in preset.targets for way in one.ways} <= taken


@pytest.mark.parametrize(
    "path", [one for one in EXAMPLES if one.startswith(("app/services", "quizzes")) and one[-3:] == ".py"]
)
def test_every_sentence_of_an_example_is_collected_for_translation(path: str) -> None:
    text = example(path)
    tree = ast.parse(text)
    collected = {message for _, message, _, _ in extract("python", io.BytesIO(text.encode()), KEYWORDS)}
    said = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    said -= {getattr(node.value, "value", "") for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    rows = {cell for row in ROWS_OF_A_FILE for cell in row}
    assert {one for one in said if VIETNAMESE.search(one)} - rows <= collected


ROWS_OF_A_FILE = [["Phố Hạ Mây", "Trần Phú"]]


@pytest.mark.parametrize("bound", ["sqlite"], indirect=True)
def test_the_list_is_read_placed_and_put_in_force_once(bound: object) -> None:
    listed = module("app/services/sites/listed.py").LISTS["streets"]
    assert listed.examples == ROWS_OF_A_FILE
    problems: list[Any] = []
    tables = [Sheet("1", [["Tên", "Phố"], ["Phố Hạ Mây", "Trần Phú"], ["", "Lê Lợi"]])]
    rows = [(row, listed.clean(row)) for row in read_rows(tables, listed.columns, problems)]
    assert [(one.row, one.column) for one in problems] == [(3, "name")]
    chapter = add_chapter(None, None, Draft("Tỉnh đoàn Thử", "tinh", "T"))
    good = [(row, draft) for row, draft in rows if draft]

    def confirmed(db: Any) -> tuple[list[list[str]], int]:
        placed = listed.looked_up(db, f"/{chapter}/", chapter, good)
        return [listed.shown(one) for one in placed], listed.switch(db, 1, chapter, placed)

    assert database.write(confirmed) == (ROWS_OF_A_FILE, 1)
    assert database.write(confirmed) == (ROWS_OF_A_FILE, 0)


def test_the_templates_have_every_screen_face_and_rule(look: Flask) -> None:
    settings = {name: one.default for name, one in module("quizzes/formats/first_try.py").FORMAT.settings.items()}
    format_ = look.jinja_env.get_template("formats/first_try.html").module
    assert all(callable(getattr(format_, role)) for role in (HOST, STAGE, PLAYER, AUDIENCE))
    assert "<li>Mỗi câu có 20 giây.</li>" in str(format_.rules(settings))  # type: ignore[attr-defined]
    faces = look.jinja_env.get_template("questions/letter.html").module
    assert "data-value" in str(faces.sheet()) and str(faces.board({}))  # type: ignore[attr-defined]
    assert all(callable(getattr(faces, name)) for name in ("solve", "key"))


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

    assert check_script(yaml.load(example("quizzes/shows/our_evening.yaml"), yaml.CSafeLoader)) == []
    assert bank_yaml.read(read_tree(example("quizzes/banks/water.yaml").encode())).problems == []
    assert read_rules(yaml.load(example("quizzes/contests/one_week.yaml"), yaml.CSafeLoader))[1] == []


def test_the_page_is_open_by_its_row_and_by_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Flask("example")
    page = {"points/hello.html": example("templates/points/hello.html")}
    app.jinja_env.loader = DictLoader({"base.html": "{% block content %}{% endblock %}"} | page)
    app.jinja_env.globals["_"] = str
    app.testing = True
    app.register_blueprint(module("app/pages/points/hello.py").pages)
    access.install(app)
    monkeypatch.setattr(access, "ROUTES", {})
    with pytest.raises(LookupError, match=r"hello\.index has no row"):
        app.test_client().get("/hello")
    access.declare(module("app/pages/points/access.py").ROWS)
    assert app.test_client().get("/hello").text.strip() == "<h1>Xin chào!</h1>"


def test_the_page_stands_in_the_frame_of_all_pages(look: Flask) -> None:
    frame, page = (look.jinja_env.get_template(name) for name in ("base.html", "points/hello.html"))
    assert page.blocks.keys() <= frame.blocks.keys()


def test_the_change_of_tables_carries_the_data_over() -> None:
    step = module("migrations/versions/5b0e00000001_short_names_of_chapters.py")
    with sa.create_engine("sqlite://").begin() as connection:
        connection.exec_driver_sql("CREATE TABLE chapter (id INTEGER PRIMARY KEY, code TEXT NOT NULL)")
        connection.exec_driver_sql("INSERT INTO chapter VALUES (7, 'KP3')")
        with Operations.context(MigrationContext.configure(connection)):
            step.upgrade()
        assert connection.exec_driver_sql("SELECT short FROM chapter").scalar_one() == "KP3"


def test_the_command_greets(capsys: pytest.CaptureFixture[str]) -> None:
    assert module("app/cli/greet.py").run([]) == 0
    assert capsys.readouterr().out == "Xin chào! / Hello!\n"
