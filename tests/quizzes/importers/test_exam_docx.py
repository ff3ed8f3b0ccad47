"""Exam papers as Word files: how an option looks may be its key, and the table of keys is a table."""

import io

import docx
import pytest
from docx.shared import RGBColor

from app.services.files.opening.docx_text import read_docx
from app.services.files.opening.limits import Unreadable
from quizzes.importers import exam_keys
from quizzes.importers.exam_docx import read
from tests.quizzes.importers.given import GIVEN


def paper(look=None, letters_bold=False, table=None):
    """Three options, the second of which has a look."""
    made = docx.Document()
    made.add_paragraph().add_run("Câu 1. Ai?").bold = True
    for letter, word in zip("ABC", ("An", "Bình", "Chi"), strict=True):
        line = made.add_paragraph()
        label = line.add_run(f"{letter}. ")
        label.bold = letters_bold or None
        run = line.add_run(word)
        if letter == "B" and look:
            look(run)
    if table:
        made.add_paragraph("BẢNG ĐÁP ÁN")
        grid = made.add_table(rows=len(table), cols=len(table[0]))
        for row, cells in enumerate(table):
            for column, cell in enumerate(cells):
                grid.cell(row, column).text = cell
    out = io.BytesIO()
    made.save(out)
    return read(read_docx(out.getvalue()), GIVEN)


def red(run):
    run.font.color.rgb = RGBColor(255, 0, 0)


LOOKS = [
    (lambda run: setattr(run, "bold", True), "bold"),
    (lambda run: setattr(run, "underline", True), "underline"),
    (red, "colour"),
    (lambda run: setattr(run.font, "highlight_color", 7), "highlight"),
]


@pytest.mark.parametrize(("look", "name"), LOOKS, ids=[name for _, name in LOOKS])
@pytest.mark.parametrize("letters_bold", [False, True])
def test_the_look_of_one_option_is_its_key(look, name, letters_bold):
    found = paper(look, letters_bold)
    assert found.errors == []
    assert (found.drafts[0]["answer"], found.rules) == (1, [exam_keys.BY_LOOK[name]])
    assert [one["text"]["vi"] for one in found.drafts[0]["options"]] == ["An", "Bình", "Chi"]


@pytest.mark.parametrize(
    "table", [[["Câu", "1"], ["Đáp án", "C"]], [["1", "C"]], [["1-C"]]], ids=["rows", "pairs", "cell"]
)
def test_a_table_of_keys_is_surer_than_a_look(table):
    found = paper(red, table=table)
    assert (found.drafts[0]["answer"], found.rules) == (2, [exam_keys.BY_TABLE])
    assert "keys_differ" in [one.code for one in found.problems]


def test_numbers_of_automatic_lists_are_written_out():
    made = docx.Document()
    for text in ("Ai?", "Khi nào?"):
        made.add_paragraph(text, style="List Number")
    out = io.BytesIO()
    made.save(out)
    assert read_docx(out.getvalue()).paragraphs[0].text in ("1. Ai?", "Ai?")


def test_a_file_that_is_no_word_file_is_refused():
    for data, code in ((b"abc", "file_broken"), (b"\xd0\xcf\x11\xe0" + b"0" * 50, "old_word")):
        with pytest.raises(Unreadable) as refused:
            read_docx(data)
        assert refused.value.problem.code == code
