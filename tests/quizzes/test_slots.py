"""Questions listed apart and material: declared by a format, checked like settings, frozen with the show."""

from dataclasses import replace
from typing import Any

import pytest

from quizzes import show
from quizzes.engine import Setting, Slot
from quizzes.formats import FORMATS
from quizzes.script import check_script, questions_of
from quizzes.show.state import FORMATS_OF, RULE_VERSION
from tests.quizzes.people import said, script, single, speed

PICTURES = {
    "phrase": Setting("text", "", "Cụm từ"),
    "sectors": Setting("parts", (), "Ô quay", 1, 3, parts={"points": Setting("points", 10, "Điểm", 0, 100)}),
}
APART = {"common": [single(3)], "own": [single(1), single(2)]}


@pytest.fixture(autouse=True)
def format_with_slots(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a new format would declare them."""
    whole = replace(FORMATS["speed"], slots={"own": Slot("Riêng", 0, 3), "common": Slot("Chung")}, material=PICTURES)
    monkeypatch.setitem(FORMATS, "speed", whole)
    monkeypatch.setitem(FORMATS_OF[RULE_VERSION], "speed", whole)


def found(**part: Any) -> list[tuple[str, Any]]:
    return [(one.code, one.path[2:]) for one in check_script(script({**speed(), **part}))]


def test_a_round_knows_its_slots_and_its_material() -> None:
    part = {**speed(), "questions": APART, "material": {"phrase": "SEN", "sectors": [{"points": 2.5}, {}]}}
    assert found(**part) == []
    asked = questions_of(part)
    assert [one["id"] for one in asked] == ["q1", "q2", "q3"], "slot after slot as the format asks them"
    state = show.start(show.create(script(part), [asked], "hạt", said("Thử")))
    setup = state.setup(0)
    assert (list(setup.slot("own")), list(setup.slot("common"))) == ([0, 1], [2])
    assert setup.material == {"phrase": "SEN", "sectors": [{"points": 2.5}, {"points": 10}]}


def test_one_list_is_every_slot() -> None:
    part = {**speed(), "questions": [single(1)], "material": {"sectors": [{}]}}
    state = show.start(show.create(script(part), [questions_of(part)], "hạt", said("Thử")))
    assert list(state.setup(0).slot("common")) == [0]


@pytest.mark.parametrize(
    ("part", "code", "path"),
    [
        ({"questions": {"own": [single(1)], "others": []}}, "unknown", ("questions", "others")),
        ({"questions": {"own": []}}, "questions_count", ("questions",)),
        ({"questions": {"own": [7]}}, "question_shape", ("questions", "own", 0)),
        ({"questions": {"own": [single(n) for n in range(4)]}}, "slot_count", ("questions", "own")),
        ({"questions": {"own": 7}}, "questions_shape", ("questions", "own")),
        ({"questions": APART, "material": {"phrase": 7}}, "not_a_text", ("material", "phrase")),
        ({"questions": APART, "material": {"sectors": []}}, "too_few", ("material", "sectors")),
        (
            {"questions": APART, "material": {"sectors": [{"points": 2.25}]}},
            "not_points",
            ("material", "sectors", 0, "points"),
        ),
        ({"questions": APART, "material": {"sectors": [{"pts": 1}]}}, "unknown", ("material", "sectors", 0, "pts")),
        ({"questions": APART, "material": {"sectors": [None]}}, "settings_shape", ("material", "sectors", 0)),
    ],
)
def test_what_is_wrong_is_named_with_its_place(part: dict[str, Any], code: str, path: tuple[Any, ...]) -> None:
    assert found(**part) == [(code, path)]


def test_a_format_without_slots_takes_one_list_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS, "speed", replace(FORMATS["speed"], slots={}, material={}))
    assert found(questions=APART) == [("questions_shape", ("questions",))]
    assert found(questions=[single(1)], material={"phrase": "SEN"}) == [("unknown", ("material", "phrase"))]
