"""The promises of every importer: never an exception, the place of every problem, its own writing read back."""

from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzes import bank
from quizzes.importers import IMPORTERS, Imported, Sheet, Tree, for_file
from quizzes.importers.contract import Document, Package, Paragraph, Run

HERE = Path(__file__).parent
SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=20)
WORDS = st.sampled_from(["title", "topics", "questions", "vi", "text", "id", "type", "answer", "options"])
TREES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=5))
CELLS = (
    st.text(max_size=20)
    | st.integers()
    | st.floats()
    | st.booleans()
    | st.sampled_from(
        ["Câu hỏi", "Đáp án", "Loại", "Độ khó", "single", "Đ S Đ S", "A, B", "2026-01-01", "=1+1", "\ud800"]
    )
)
ROWS = st.lists(st.lists(CELLS, max_size=8), max_size=8)
LINES = st.text(max_size=30) | st.sampled_from(
    [
        "Câu 1. Ai?",
        "Câu 2",
        "A. Một B. Hai",
        "*B. Hai",
        "a) Ý",
        "Đáp án: B",
        "BẢNG ĐÁP ÁN",
        "1-A 2.B",
        "PHẦN II. Đúng sai",
        "HẾT",
        "Lời giải",
        "- [x] Một",
        "• Hai",
        "=> B",
        "**Câu hỏi 3:** Gì?",
        "Nguồn: Luật",
        "Câu hỏi\tA\tB\tĐáp án",
        "Gì?\tMột\tHai\tA",
        "| Câu hỏi | A | Đáp án |",
        "::x:: a {=b ~c}",
        "{#1:2}",
        "}{",
        "$CATEGORY: a/b",
        "// [id:a] [tag:difficulty=x]",
        "ANSWER: A",
        "",
    ]
)
TAGS = st.sampled_from(
    [
        "quiz",
        "question",
        "questiontext",
        "text",
        "answer",
        "file",
        "assessmentItem",
        "qti-assessment-item",
        "itemBody",
        "qti-item-body",
        "choiceInteraction",
        "simpleChoice",
        "responseDeclaration",
        "correctResponse",
        "value",
        "img",
        "matchInteraction",
        "simpleMatchSet",
        "textEntryInteraction",
        "category",
        "tags",
        "tag",
    ]
)
ABOUT = st.dictionaries(
    st.sampled_from(["type", "fraction", "identifier", "responseIdentifier", "name", "src", "label"]),
    st.sampled_from(["multichoice", "numerical", "category", "100", "R", "a", "x.png", "difficulty=z", "-1e999"]),
)


def element(tag, about, text, inner):
    made = Element(tag, about)
    made.text = text
    made.extend(inner)
    return made


ELEMENTS = st.recursive(
    st.builds(element, TAGS, ABOUT, st.text(max_size=8), st.just([])),
    lambda inner: st.builds(element, TAGS, ABOUT, st.none() | st.text(max_size=8), st.lists(inner, max_size=4)),
    max_leaves=20,
)
RUNS = st.lists(st.builds(Run, LINES, st.sampled_from(["", "italic", "bold", "colour"])), max_size=3)
PARAGRAPHS = st.builds(Paragraph, RUNS, st.just([]) | st.lists(LINES, max_size=4))
CONTENT = {
    "tree": TREES.map(Tree),
    "rows": st.lists(ROWS.map(lambda rows: Sheet("s", rows)), max_size=3),
    "text": st.text(max_size=300) | st.lists(LINES, max_size=12).map("\n".join),
    "xml": ELEMENTS,
    "package": st.dictionaries(st.sampled_from(["a.xml", "b/c.xml"]), ELEMENTS).map(lambda found: Package({}, found)),
    "document": st.lists(PARAGRAPHS, max_size=12).map(Document),
}
every_importer = pytest.mark.parametrize("key", sorted(IMPORTERS))


@every_importer
def test_every_importer_has_a_test(key):
    assert (HERE / f"test_{key}.py").is_file()
    assert IMPORTERS[key].container in CONTENT
    assert all(
        IMPORTERS[key] in for_file(f"Câu hỏi.{suffix.upper().lstrip('.')}") for suffix in IMPORTERS[key].suffixes
    )


@every_importer
@given(data=st.data())
@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_content_gives_drafts_and_problems_and_never_an_exception(key, data):
    importer = IMPORTERS[key]
    found = importer.read(data.draw(CONTENT[importer.container]))
    assert isinstance(found, Imported)
    assert len(found.drafts) == len(found.places) <= found.seen
    for draft in found.drafts:
        assert bank.errors(bank.check_question(draft)) == []
    for one in found.problems:
        assert one.line or one.row
    assert found.drafts or found.problems or found.asked or found.seen == 0
