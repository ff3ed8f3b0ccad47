"""Scripts: what is wrong with one is said with its path, and never raised."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.engine import Setting
from quizzes.formats import FORMATS
from quizzes.grammar import Preset
from quizzes.script import check_question, check_script, resolved, settings_of
from tests.quizzes.people import Stage, buzzer, said, script, single, typed, vote, word

SOUND = {
    "title": said("Thử"),
    "about": said("Mô tả"),
    "settings": {"standings": "round", "auto_close": False},
    "rounds": [
        {
            "format": "speed",
            "title": said("Một"),
            "settings": {"double": [3], "seconds": 15},
            "draw": {"count": 3, "banks": ["b"], "topics": ["t"], "types": ["single"], "difficulty": [1, 2]},
        },
        {"format": "buzzer", "questions": ["ma-1", single(1)]},
        {"format": "poll", "settings": {"blocked": ["dở"]}, "questions": [vote(1), word(2)]},
    ],
}


def changed(path: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    """The sound script with one place changed."""

    def put(node: Any, rest: tuple[str | int, ...]) -> Any:
        if not rest:
            return value
        if isinstance(node, list):
            return [put(one, rest[1:]) if at == rest[0] else one for at, one in enumerate(node)]
        return {**node, rest[0]: put(node.get(rest[0], {}), rest[1:])}

    made: dict[str, Any] = put(SOUND, path)
    return made


def test_a_sound_script_has_no_problems() -> None:
    assert check_script(SOUND) == []


@pytest.mark.parametrize(
    ("path", "value", "code", "where"),
    [
        (("title",), {"en": "Only"}, "title_empty", ("title",)),
        (("titel",), 1, "unknown", ("titel",)),
        (("settings", "standings"), "often", "not_a_choice", ("settings", "standings")),
        (("settings", "auto_close"), 1, "not_a_flag", ("settings", "auto_close")),
        (("settings", "colour"), "red", "unknown", ("settings", "colour")),
        (("rounds",), [], "rounds_count", ("rounds",)),
        (("rounds",), [single(1)] * 31, "rounds_count", ("rounds",)),
        (("rounds", 0), "speed", "round_shape", ("rounds", 0)),
        (("rounds", 0, "format"), "opera", "format_unknown", ("rounds", 0, "format")),
        (("rounds", 0, "title"), {"vi": " "}, "title_empty", ("rounds", 0, "title")),
        (("rounds", 0, "settings"), [1], "settings_shape", ("rounds", 0, "settings")),
        (("rounds", 0, "settings", "seconds"), 3601, "out_of_range", ("rounds", 0, "settings", "seconds")),
        (("rounds", 0, "settings", "seconds"), True, "not_whole", ("rounds", 0, "settings", "seconds")),
        (("rounds", 0, "settings", "double"), [0], "out_of_range", ("rounds", 0, "settings", "double")),
        (("rounds", 0, "settings", "wrong_penalty"), 5, "unknown", ("rounds", 0, "settings", "wrong_penalty")),
        (("rounds", 0, "draw", "count"), 0, "out_of_range", ("rounds", 0, "draw", "count")),
        (("rounds", 0, "draw", "difficulty"), [6], "out_of_range", ("rounds", 0, "draw", "difficulty")),
        (("rounds", 0, "draw", "types"), ["essay"], "not_a_choice", ("rounds", 0, "draw", "types")),
        (("rounds", 0, "draw", "banks"), "b", "not_a_list", ("rounds", 0, "draw", "banks")),
        (("rounds", 0, "draw"), [], "draw_shape", ("rounds", 0, "draw")),
        (("rounds", 0, "questions"), ["a"], "questions_where", ("rounds", 0)),
        (("rounds", 1, "questions"), [], "questions_count", ("rounds", 1, "questions")),
        (("rounds", 1, "questions", 0), 5, "question_shape", ("rounds", 1, "questions", 0)),
        (("rounds", 1, "questions", 1, "answer"), 9, "answer_index", ("rounds", 1, "questions", 1, "answer")),
        (("rounds", 1, "questions", 1, "text"), {}, "text_empty", ("rounds", 1, "questions", 1, "text")),
        (("rounds", 2, "questions", 0, "options"), [], "options_count", ("rounds", 2, "questions", 0, "options")),
        (("rounds", 2, "settings", "blocked"), [""], "empty", ("rounds", 2, "settings", "blocked")),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_place(path: Any, value: Any, code: str, where: Any) -> None:
    assert [(one.code, one.path) for one in check_script(changed(path, value))] == [(code, where)]


def test_a_poll_asks_votes_and_words_only_and_others_ask_no_words() -> None:
    assert [one.code for one in check_question("poll", typed(1, "x"))] == ["type_unknown"]
    assert [one.code for one in check_question("speed", word(1))] == ["type_unknown"]
    assert check_question("poll", single(1)) == []
    assert check_question("speed", vote(1)) != []


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
PLACES = st.sampled_from(
    [
        (),
        ("title",),
        ("settings",),
        ("rounds",),
        ("rounds", 0),
        ("rounds", 0, "settings"),
        ("rounds", 0, "draw"),
        ("rounds", 0, "format"),
        ("rounds", 1, "questions"),
        ("rounds", 1, "questions", 1),
        ("rounds", 1, "questions", 1, "options"),
        ("rounds", 2, "questions", 0, "type"),
        ("rounds", 0, "draw", "types"),
    ]
)


@given(PLACES, JUNK)
def test_whatever_was_loaded_is_never_a_crash(path: tuple[str | int, ...], junk: Any) -> None:
    check_script(changed(path, junk))


def test_a_round_may_be_played_as_a_preset_with_its_own_settings_over_it(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = replace(FORMATS["speed"], presets={"slow": Preset("Kiểu chậm", {"seconds": 90, "streak": True})})
    monkeypatch.setitem(FORMATS, "speed", slow)
    part = {"format": "speed", "preset": "slow", "settings": {"seconds": 60}, "questions": [single(1)]}
    assert check_script({"title": said("Thử"), "rounds": [part]}) == []
    settings = resolved({"title": said("Thử"), "rounds": [part]})["rounds"][0]["settings"]
    assert (settings["seconds"], settings["streak"], settings["points"]) == (60, True, 100)
    [problem] = check_script({"title": said("Thử"), "rounds": [{**part, "preset": "fast"}]})
    assert (problem.code, problem.path) == ("preset_unknown", ("rounds", 0, "preset"))


def points_of(declared: Mapping[str, Setting]) -> Iterator[tuple[str, Setting]]:
    """Every setting that says how many points something brings or costs, also inside parts."""
    for name, one in declared.items():
        yield from points_of(one.parts)
        if one.kind != "choice" and one.title.startswith(
            ("Điểm cho", "Điểm của", "Điểm trừ", "Điểm thưởng", "Điểm từ")
        ):
            yield name, one


def test_points_take_halves_wherever_a_script_sets_them() -> None:
    """But the values of a final, which are whole so that half of one is exact."""
    found = [(key, name, one) for key, fmt in FORMATS.items() for name, one in points_of(fmt.settings)]
    assert len(found) > 15
    assert [(key, name) for key, name, one in found if one.kind not in ("points", "point_list")] == []
    for key, name, one in found:
        value = [2.5, 1] if one.kind == "point_list" else 2.5
        assert settings_of({"format": key, "settings": {name: value}})[name] == value
        problems = check_script(script({"format": key, "settings": {name: value}, "draw": {"count": 1}}))
        assert problems == []
        wrong = check_script(script({"format": key, "settings": {name: 2.25}, "draw": {"count": 1}}))
        assert [problem.path[-1] for problem in wrong] == [name]


def test_half_points_are_kept_exactly() -> None:
    for penalty, left in ((0.5, -0.5), (7.5, -7.5)):
        played = Stage(buzzer(points=2.5, wrong_penalty=penalty), questions=[[single(1)]], breaks=False)
        played.until("open")
        played.buzz(1, 2)
        played.clock()
        played.command("wrong")
        played.command("right")
        played.until("over")
        assert [played.score(seat) for seat in (1, 2)] == [left, 2.5]
