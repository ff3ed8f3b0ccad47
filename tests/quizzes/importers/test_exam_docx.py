"""Exam papers as Word files: how an option looks may be its key, and the table of keys is a table."""

import io

import docx
import pytest
from docx.oxml import parse_xml
from docx.shared import RGBColor
from PIL import Image

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
    assert [one.text for one in read_docx(out.getvalue()).paragraphs] == ["1. Ai?", "2. Khi nào?"]


def test_a_file_that_is_no_word_file_is_refused():
    for data, code in ((b"abc", "file_broken"), (b"\xd0\xcf\x11\xe0" + b"0" * 50, "old_word")):
        with pytest.raises(Unreadable) as refused:
            read_docx(data)
        assert refused.value.problem.code == code


def read_made(write):
    made = docx.Document()
    write(made)
    out = io.BytesIO()
    made.save(out)
    return read(read_docx(out.getvalue()), GIVEN)


def test_bold_letters_do_not_speak_against_the_underlined_one():
    def write(made):
        made.add_paragraph("Câu 1. Ai?")
        line = made.add_paragraph()
        for letter, word in zip("ABCD", ("An", "Bình", "Chi", "Dũng"), strict=True):
            label = line.add_run(f"{letter}. ")
            label.bold = True
            label.underline = letter == "C" or None
            line.add_run(f"{word}\t")

    found = read_made(write)
    assert (found.drafts[0]["answer"], found.rules) == (2, [exam_keys.BY_LOOK["underline"]])
    assert "keys_differ" not in [one.code for one in found.problems]


def test_a_look_may_come_from_a_style_and_a_number_too():
    def write(made):
        made.styles.add_style("Key", 1).font.bold = True
        for text in ("Ai?", "Khi nào?"):
            made.add_paragraph(text, style="List Number")
            for letter in "ABC":
                made.add_paragraph(f"{letter}. {text} {letter}", style="Key" if letter == "B" else None)

    assert [one["answer"] for one in read_made(write).drafts] == [1, 1]


def grid(made, rows):
    table = made.add_table(rows=len(rows), cols=len(rows[0]))
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    return table


def test_questions_in_a_table_with_titles_are_read_as_a_sheet():
    rows = [["STT", "Câu hỏi", "A", "B", "C", "Đáp án"], ["1", "Ai?", "An", "Bình", "Chi", "B"]]
    found = read_made(lambda made: grid(made, rows))
    assert [(one["text"]["vi"], one["answer"]) for one in found.drafts] == [("Ai?", 1)]


@pytest.mark.parametrize("rows", [
    [["Câu", "1", "2", "3"], ["Đáp án", "A", "C", "B"]],
    [["Câu 1", "Câu 2", "Câu 3"], ["A", "C", "B"]],
    [["Câu", "Đáp án"], ["1", "A"], ["2", "C"], ["3", "B"]],
    [["Câu", "Đáp án", "Câu", "Đáp án"], ["1", "A", "3", "B"], ["2", "C", "", ""]],
])  # fmt: skip
def test_a_table_of_keys_needs_no_title(rows):
    def write(made):
        for number in (1, 2, 3):
            made.add_paragraph(f"Câu {number}. Ai là người thứ {number}?")
            made.add_paragraph("A. An\tB. Bình\tC. Chi\tD. Dũng")
        grid(made, rows)

    assert [one["answer"] for one in read_made(write).drafts] == [0, 2, 1]


def test_options_in_cells_keep_their_looks_and_keys_in_cells_their_lines():
    def write(made):
        made.add_paragraph("Câu 1. Ai?")
        table = grid(made, [["A. An", "B. "], ["C. Chi", "D. Dũng"]])
        red(table.cell(0, 1).paragraphs[0].add_run("Bình"))
        made.add_paragraph("PHẦN II. Đúng sai")
        made.add_paragraph("Câu 1. Các ý?\na) Một\nb) Hai\nc) Ba\nd) Bốn")
        made.add_paragraph("HẾT")
        made.add_paragraph("PHẦN II")
        grid(made, [["Câu", "1"], ["Đáp án", "a) Đ\nb) S\nc) S\nd) Đ"]])

    assert [one["answer"] for one in read_made(write).drafts] == [1, [True, False, False, True]]


M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
HALF = f"""<m:oMath {M}><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>
<m:r><m:t>+</m:t></m:r><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:rad><m:radPr/><m:deg/><m:e><m:r><m:t>y</m:t></m:r>
</m:e></m:rad></m:den></m:f></m:oMath>"""


def test_formulas_links_and_pictures_are_not_lost():
    def write(made):
        stem = made.add_paragraph("Câu 1. Tính ")
        stem._p.append(parse_xml(HALF))
        stem.add_run(" nhé")
        stem.add_run().add_picture(io.BytesIO(png()))
        for letter in "ABC":
            made.add_paragraph(f"{letter}. {letter}")
        made.add_paragraph("Đáp án: A")

    found = read_made(write)
    (draft,) = found.drafts
    assert draft["text"]["vi"] == r"Tính \(x^{2}+\frac{1}{\sqrt{y}}\) nhé"
    assert list(found.pictures) == [draft["media"]["name"]]


def png():
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "PNG")
    return out.getvalue()


def italic(run):
    run.font.italic = True


def test_italic_letters_are_the_key_where_nothing_else_is():
    assert (paper(italic).drafts[0]["answer"], paper(italic).rules) == (1, [exam_keys.BY_LOOK["italic"]])
    found = paper(italic, table=[["1", "C"]])
    assert found.drafts[0]["answer"] == 2
    assert "keys_differ" not in [one.code for one in found.problems]


LISTS = [("List Number", "List Bullet"), ("List Number", "List Number 2"), ("", "List Bullet"), ("", "List Number")]


@pytest.mark.parametrize(("question", "option"), LISTS)
def test_options_may_be_entries_of_automatic_lists(question, option):
    def write(made):
        for number in (1, 2):
            made.add_paragraph("Ai?" if question else f"Câu {number}. Ai?", style=question or None)
            for word in ("An", "Bình", "Chi"):
                made.add_paragraph(style=option).add_run(word).bold = word == "Bình"

    found = read_made(write)
    assert found.errors[1:] == []  # the second is the first again
    assert [one["text"]["vi"] for one in found.drafts] == ["Ai?"]
    assert found.seen == 2
    assert [one["text"]["vi"] for one in found.drafts[0]["options"]] == ["An", "Bình", "Chi"]
    assert found.drafts[0]["answer"] == 1


def test_a_deeper_level_of_one_list_holds_the_options():
    def write(made):
        for name in ("Ai", "Khi nào"):
            made.add_paragraph(f"{name}?", style="List Number")
            for word in ("An", "Bình", "Chi"):
                line = made.add_paragraph(style="List Number")
                line.add_run(f"{word} {name}").underline = word == "Bình"
                line.paragraph_format.left_indent = 0
                number = line._p.get_or_add_pPr().get_or_add_numPr()
                style = made.styles["List Number 3"].element.pPr.numPr
                number.get_or_add_numId().val = style.numId.val
                number.get_or_add_ilvl().val = 0

    assert [(one["text"]["vi"], one["answer"]) for one in read_made(write).drafts] == [("Ai?", 1), ("Khi nào?", 1)]
