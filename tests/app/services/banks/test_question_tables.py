"""The table organisers download, fill in Excel and upload."""

import io

import openpyxl

from app.services.banks.question_tables import question_template, questions_to_sheet
from app.services.files.containers import open_tables, write_csv
from quizzes import bank
from quizzes.importers.sheet import read
from quizzes.questions import QUESTION_TYPES
from tests.quizzes.questions.samples import SAMPLES


def test_the_template_offers_types_and_difficulties_and_explains_itself_in_two_languages():
    book = openpyxl.load_workbook(io.BytesIO(question_template()))
    first = book.worksheets[0]
    lists = {
        str(one.sqref).split(":")[0]: one.formula1
        for one in first.data_validations.dataValidation
        if one.type == "list"
    }
    assert lists["A2"].strip('"').split(",") == [one.title for one in QUESTION_TYPES.values()]
    assert lists["C2"] == '"1,2,3,4,5"'
    guide = " ".join(str(cell.value) for row in book.worksheets[1].iter_rows() for cell in row)
    assert "Điền mỗi câu hỏi một dòng" in guide
    assert "One question per row" in guide
    assert all(one.title in guide for one in QUESTION_TYPES.values())


OF_A_PICTURE = {"hotspot"}
"""A table holds no picture: such a question gets its own on the bank's page, and has no example to fill in."""


def test_an_empty_template_uploaded_is_an_empty_bank():
    found = read(open_tables(question_template()))
    assert (found.drafts, found.problems, found.seen) == ([], [], 0)


def test_the_examples_in_the_template_are_right_and_show_every_type():
    examples = [one for one in open_tables(question_template()) if one.name == "Ví dụ"]
    found = read(examples)
    assert found.errors == []
    assert {one["type"] for one in found.drafts} == set(QUESTION_TYPES) - OF_A_PICTURE
    assert {name for name, one in QUESTION_TYPES.items() if one.example is None} == OF_A_PICTURE


def test_questions_go_out_to_excel_or_csv_and_come_back_the_same():
    questions = [bank.normal(one | {"id": f"cau-{n}"}) for n, one in enumerate(SAMPLES)]
    data, problems = questions_to_sheet(questions)
    assert problems == []
    sheets = open_tables(data)
    assert read(sheets).drafts == questions
    csv = [
        ["" if cell == "" else str(cell).replace(".", ",") if isinstance(cell, float) else cell for cell in row]
        for row in sheets[0].rows
    ]
    assert read(open_tables(write_csv(csv))).drafts == questions
