"""Scripts: what is wrong with one is said with its path, and never raised."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.formats import FORMATS
from quizzes.grammar import Preset
from quizzes.script import check_question, check_script, resolved
from tests.quizzes.people import said, single, typed, vote, word

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
