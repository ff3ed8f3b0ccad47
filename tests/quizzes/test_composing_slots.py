"""Questions listed apart while a script is composed: each keeps its slot, whatever is done to the list."""

from typing import Any

from quizzes import composing
from quizzes.formats import FORMATS
from quizzes.script import check_script, resolved
from tests.quizzes.people import Stage, said, single, typed

OWN, COMMON = [single(1), single(2)], [single(3), single(4)]


def body(**part: Any) -> dict[str, Any]:
    whole = {"format": "warm_up", "title": {}, "settings": {}, "questions": {"own": OWN, "common": COMMON}, **part}
    return {"title": said("Thử"), "settings": {}, "rounds": [composing.in_one_list(whole)]}


def apart(script: dict[str, Any]) -> dict[str, list[str]]:
    listed = composing.finished(script)["rounds"][0]["questions"]
    return {slot: [one["id"] for one in asked] for slot, asked in listed.items()}


def test_apart_in_one_list_and_apart_again() -> None:
    script = body()
    assert [one["id"] for one in script["rounds"][0]["questions"]] == ["q1", "q2", "q3", "q4"]
    assert apart(script) == {"own": ["q1", "q2"], "common": ["q3", "q4"]}
    assert check_script(composing.finished(script)) == []


def test_each_keeps_its_slot_when_it_is_moved_dropped_rewritten_or_copied() -> None:
    script = body()
    assert apart(composing.move(script, 0, 3, -1)) == {"own": ["q1", "q2"], "common": ["q4", "q3"]}
    assert apart(composing.drop(script, 0, 0)) == {"own": ["q2"], "common": ["q3", "q4"]}
    assert apart(composing.change(script, 0, 1, single(9))) == {"own": ["q1", "q9"], "common": ["q3", "q4"]}
    assert apart(composing.put(script, 0, [single(9)])) == {"own": ["q1", "q2"], "common": ["q3", "q4", "q9"]}
    assert apart(composing.copy_round(script, 0)) == apart(script)


def test_without_slots_it_stays_one_list() -> None:
    script = body(questions=[*OWN, *COMMON])
    assert composing.finished(script)["rounds"][0]["questions"] == [*OWN, *COMMON]


def test_an_obstacle_has_one_keyword_and_rows_that_are_words() -> None:
    def found(**questions: Any) -> list[tuple[str, Any]]:
        part = {"format": "obstacle", "questions": questions}
        return [(one.code, one.path[3:]) for one in check_script({"title": said("Thử"), "rounds": [part]})]

    key, rows = [typed(0, "lá chắn")], [typed(1, "mã độc"), typed(2, "otp")]
    assert found(keyword=key, rows=rows, centre=[single(3)]) == found(keyword=key, rows=rows) == []
    assert found(rows=rows) == [("slot_count", ("keyword",))]
    assert found(keyword=[*key, *key], rows=rows) == [("slot_count", ("keyword",))]
    assert found(keyword=key, rows=[single(1)]) == [("slot_type", ("rows", 0, "type"))]
    assert found(keyword=key, rows=rows, centre=[*rows]) == [("slot_count", ("centre",))]


def test_a_style_brings_the_packages_of_its_season_and_takes_them_away_again() -> None:
    plain = {"title": {"vi": "Thử"}, "rounds": [{"format": "finish", "settings": {}, "questions": []}]}
    styles = list(FORMATS["finish"].presets)
    fixed = composing.in_style(plain, 0, styles.index("fixed_packages") + 1)
    assert [one["values"] for one in fixed["rounds"][0]["material"]["packages"]] == [
        [10, 10, 20],
        [10, 20, 30],
        [20, 30, 30],
    ]
    for number in (0, styles.index("free_packages") + 1):
        assert not composing.in_style(fixed, 0, number)["rounds"][0]["material"]


def test_the_style_of_fixed_packages_offers_those_of_its_season_and_the_free_one_every_mixture() -> None:
    def offered(preset: str) -> list[str]:
        part = {"format": "finish", "preset": preset, "questions": []}
        frozen = resolved({"title": said("Thử"), "rounds": [part]})["rounds"][0]
        played = Stage(frozen, questions=[[single(n) for n in range(12)]], standings="never")
        played.until("open")
        return [choice for choice, _ in played.ask.shown]

    assert offered("fixed_packages") == ["10+10+20", "10+20+30", "20+30+30"]
    assert len(offered("free_packages")) == 10
