"""Kahoot's spreadsheet: the template's form, and that of other writers."""

import pytest

from quizzes.importers import Sheet
from quizzes.importers.kahoot import knows, read, write
from tests.quizzes.importers.given import GIVEN

TITLES = ["Question", "Answer 1", "Answer 2", "Answer 3", "Answer 4", "Time limit (sec)", "Correct answer(s)"]


def test_titles_are_found_in_any_row_and_with_any_end():
    rows = [["x"], ["Quiz"], TITLES, ["Ai?", "An", "Bình", "", "", 20, 2], ["Hai?", "a", "b", "c", "", 30, "1,3"]]
    sheets = [Sheet("Sheet1", rows)]
    found = read(sheets, GIVEN)
    assert knows(sheets) and found.errors == []
    assert [(one["type"], one["answer"]) for one in found.drafts] == [("single", 1), ("multiple", [0, 2])]
    assert found.places == [4, 5]


def test_a_key_that_is_no_answer_is_said_with_its_row():
    found = read([Sheet("", [TITLES, ["Ai?", "An", "Bình", "", "", 20, 4]])], GIVEN)
    assert [(one.code, one.row) for one in found.errors] == [("answer_missing", 2)]


def test_what_is_too_long_for_kahoot_is_left_out_and_said():
    long = {
        "type": "single",
        "text": {"vi": "x" * 121},
        "options": [{"text": {"vi": "a"}}, {"text": {"vi": "b"}}],
        "answer": 0,
    }
    sheet, problems = write([long])
    assert [one.code for one in problems] == ["too_long"]
    assert sheet.rows[7][1].startswith("Question - max 120") and len(sheet.rows) == 8


LANGUAGES = {
    "es": ("Pregunta - máx. 120", "Respuesta {} - máx. 75", "Límite de tiempo (s): 5, 10", "Respuesta(s) correcta(s)"),
    "fr": ("Question - max. 120", "Réponse {} - max. 75", "Limite de temps (s)", "Bonne(s) réponse(s)"),
    "de": ("Frage - max. 120 Zeichen", "Antwort {} - max. 75", "Zeitlimit (Sek.)", "Richtige Antwort(en)"),
    "pt": ("Pergunta", "Resposta {}", "Limite de tempo (seg)", "Resposta(s) correta(s)"),
    "vi": ("Câu hỏi", "Đáp án {}", "Thời gian (giây)", "(Các) đáp án đúng"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_is_known_in_other_languages(language):
    stem, answer, seconds, right = LANGUAGES[language]
    titles = ["", stem, *(answer.format(n) for n in range(1, 5)), seconds, right]
    sheets = [Sheet("Sheet1", [[], ["", "Quiz template"], titles, [1, "Ai?", "An", "Bình", "", "", 20, 2]])]
    assert knows(sheets)
    assert [one["answer"] for one in read(sheets, GIVEN).drafts] == [1]


def test_other_tables_with_numbered_options_are_not_of_kahoot():
    titles = ["Câu hỏi", "Phương án 1", "Phương án 2", "Phương án 3", "Đáp án đúng", "Giải thích"]
    assert not knows([Sheet("", [titles])])
