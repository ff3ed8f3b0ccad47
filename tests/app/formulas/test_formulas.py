r"""Formulas between \( and \): on pages, on phones, on paper, in Word and in files, and none that a stranger can misuse."""

from __future__ import annotations

import io
import json
from typing import Any

import docx
import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from app import language
from app.formulas import markup
from app.formulas.interchange import with_mathml
from app.formulas.spoken import spoken
from app.formulas.tree import tree
from app.formulas.typeset import in_pieces
from app.formulas.word import equation
from app.services.banks import exam_papers
from app.services.files.opening.child import content
from app.services.files.opening.docx_text import read_docx
from app.services.files.packing import packed_as
from quizzes import exam_paper
from quizzes.importers import IMPORTERS
from tests.quizzes.importers.given import GIVEN

SCHOOL = (
    r"\frac{a}{b}+x^{2}_1", r"\sqrt[3]{x}", r"\lim_{x \to 0} \frac{\sin x}{x}=1", r"\int_0^1 x^2\,dx", r"90^\circ",
    r"\begin{cases} x+y=1 \\ x-y=2 \end{cases}", r"\vec{AB}\perp\overrightarrow{CD}", r"H_2SO_4 \rightarrow",
    r"\sum_{i=1}^n i", r"\begin{pmatrix} 1 & 2\\3&4\end{pmatrix}", r"\mathbb{R}", r"f'(x)", r"\widehat{ABC}", "50\\%",
    "3{,}14", r"\mathrm{kWh}", r"|x|", r"a \le b \ne c \times d < e", r"\binom{n}{k}", r"\overline{abc}", "C_n^k",
    r"[0;1)", r"\{x \in \mathbb{N} \mid x > 2\}", r"\text{vận tốc} = \frac{s}{t}", r"\not= x", r"2^{2^{2}}",
)  # fmt: skip
UNREADABLE = ("\\frac{", "\\foo", "^", "x^", "\\left(", "\\begin{x}", "\\", "}}{", "{" * 300, "x" * 600, "^" * 400)
ROGUE = (r"\href{javascript:alert(1)}{x}", r"\style{position:fixed}{x}", "<script>alert(1)</script>", r"\class{big}{x}")
QUESTION: dict[str, Any] = {
    "id": "x-1",
    "type": "single",
    "topic": "toan",
    "difficulty": 2,
    "source": "Sách giáo khoa Toán 10, 2022",
    "text": {"vi": r"Giá trị của \(\frac{6}{2}+\sqrt{4}\) là bao nhiêu?"},
    "options": [{"text": {"vi": r"\(5\)"}}, {"text": {"vi": r"\(2^{2}\)"}}, {"text": {"vi": "năm rưỡi"}}],
    "answer": 0,
    "explanation": {"vi": r"\(3+2=5\)."},
    "settings": {},
}


@pytest.mark.parametrize("latex", SCHOOL)
def test_what_schools_write_is_read_said_set_and_written_in_word(app: Flask, latex: str) -> None:
    found = tree(latex)
    assert found is not None
    with language.speaking(app, "vi"):
        assert spoken(found) and "%(" not in spoken(found)
    (piece,) = in_pieces(rf"\({latex}\)")
    assert piece["math"] and "\\(" not in piece["text"]
    assert len(equation(found))


def test_every_formula_can_be_set_on_paper() -> None:
    asked = [
        QUESTION | {"id": f"x-{n}", "text": {"vi": rf"Câu: \({one}\)?"}}
        for n, one in enumerate((*SCHOOL, *UNREADABLE, *ROGUE))
    ]
    assert exam_papers.as_pdf("Đề", exam_paper.variants(asked, 1, "1")).startswith(b"%PDF")


@pytest.mark.parametrize("latex", UNREADABLE)
def test_one_that_cannot_be_read_is_shown_as_it_was_typed(app: Flask, latex: str) -> None:
    with language.speaking(app, "vi"):
        said = rf"<p>x \({latex}\) y</p>"
        assert markup.in_page(said) == said
        assert markup.of([rf"\({latex}\)"]) == {}
    assert in_pieces(rf"\({latex}\)")[0]["math"] == ""


@pytest.mark.parametrize("latex", ROGUE)
def test_nothing_of_a_formula_acts_on_a_page(app: Flask, latex: str) -> None:
    with language.speaking(app, "vi"):
        made = markup.markup(latex)
    assert not [one for one in ("href", "javascript:", "style=", "class=", "<script") if one in made.lower()]


@given(st.text(st.sampled_from("\\{}^_&$#%~()[]<>\"'abx12 ") | st.characters(codec="utf-8"), max_size=60))
@settings(max_examples=150, deadline=None)
def test_no_text_between_the_marks_breaks_a_page_or_a_paper(latex: str) -> None:
    found = tree(latex)
    if found is not None:
        equation(found)
        code = in_pieces(rf"\({latex}\)")
        assert "#" not in code[0]["math"].replace("#none", "").replace("#true", "").replace('"#', '"')


def test_a_page_writes_formulas_in_its_text_and_leaves_fields_scripts_and_titles(app: Flask) -> None:
    page = (
        r'<title>\(x\)</title><textarea>\(x\)</textarea><script>"\(x\)"</script><option>\(x\)</option>'
        r'<input value="\(x\)"><p>Nếu \(a &lt; b^2\) thì \(x\)</p>'
    )
    with language.speaking(app, "vi"):
        made = markup.in_page(page)
    assert made.startswith(page[: page.index("<p>")])
    assert made.count("<math") == 2 and 'aria-label="a nhỏ hơn b bình phương"' in made


def test_the_label_is_in_the_language_of_the_page(app: Flask) -> None:
    for lang, said in (
        ("vi", "phân số 1 trên 2 nhân căn bậc hai của x"),
        ("en", "fraction 1 over 2 times square root of x"),
    ):
        with language.speaking(app, lang):
            assert spoken(tree(r"\frac{1}{2} \times \sqrt{x}")) == said  # type: ignore[arg-type]


def test_a_word_paper_has_equations_that_word_can_change_and_that_come_back() -> None:
    paper = exam_paper.variants([QUESTION], 1, "1")
    data = exam_papers.as_docx("Đề", paper)
    body = docx.Document(io.BytesIO(data)).element.body
    assert len(body.findall(".//{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath")) == 3
    found = IMPORTERS["exam_docx"].read(read_docx(data), GIVEN)
    assert [one["text"]["vi"] for one in found.drafts] == [r"Giá trị của \(\frac{6}{2}+\sqrt{4}\) là bao nhiêu?"]


@pytest.mark.parametrize("key", ["gift", "moodle_xml", "qti_package"])
def test_files_for_other_programs_bring_formulas_back_as_they_were(key: str) -> None:
    one = IMPORTERS[key]
    written = one.write([QUESTION], None)[0]  # type: ignore[misc]
    if key == "qti_package":
        written.files.update({name: with_mathml(data) for name, data in written.files.items()})
        assert b"<m:mfrac>" in b"".join(written.files.values())
    found = one.read(content(one.container, packed_as(one.container, written)), GIVEN)
    assert found.errors == []
    assert [(d["text"], d["options"], d["explanation"]) for d in found.drafts] == [
        (QUESTION["text"], QUESTION["options"], QUESTION["explanation"])
    ]


def test_mathml_and_other_marks_of_other_programs_are_read() -> None:
    math = "<math><mfrac><mi>a</mi><msup><mi>b</mi><mn>2</mn></msup></mfrac><mo>=</mo><msqrt><mi>x</mi></msqrt></math>"
    moodle = (
        '<quiz><question type="multichoice"><questiontext format="html"><text><![CDATA[<p>Tính '
        + math
        + r" và $$x^2$$</p>]]></text></questiontext><single>true</single>"
        + r'<answer fraction="100"><text>\[1\]</text></answer><answer fraction="0"><text>2</text></answer></question></quiz>'
    )
    one = IMPORTERS["moodle_xml"]
    (draft,) = one.read(content("xml", moodle.encode()), GIVEN).drafts
    assert draft["text"]["vi"] == r"Tính \(\frac{a}{b^{2}} = \sqrt{x}\) và \(x^2\)"
    assert draft["options"][0]["text"]["vi"] == r"\(1\)"


def test_a_screen_that_a_script_fills_gets_its_formulas_beside_it(app: Flask) -> None:
    with app.test_request_context("/"):
        found = markup.given(app, "en", {"text": QUESTION["text"]["vi"], "options": [{"text": r"\(5\)"}]})
    assert set(found["formulas"]) == {r"\(\frac{6}{2}+\sqrt{4}\)", r"\(5\)"}
    assert "fraction 6 over 2" in json.dumps(found)
    assert markup.given(app, "en", {"text": "Không có công thức"}) == {}
