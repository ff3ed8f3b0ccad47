"""Settings: read from presets and forms, written back, contradictions found."""

import json

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes import hours
from quizzes.contest.checks.consistency import check
from quizzes.contest.setup.rules import Rules, plain, read_rules, timetable
from quizzes.hours import HOUR
from tests.quizzes.contest.bank import OPENS, PRESETS, preset, rules, waves

NEEDED = {"classic-doan", "pupils-law", "weekly-speed", "twenty-seconds", "one-try-ministry", "officials-citizens"}


def codes(problems):
    return [problem.code for problem in problems]


def test_the_patterns_organisers_ask_for_are_there():
    assert {path.stem for path in PRESETS} >= NEEDED


@pytest.mark.parametrize("path", PRESETS, ids=lambda path: path.stem)
def test_a_preset_reads_without_problems_and_does_not_contradict_itself(path):
    found, problems = read_rules(yaml.load(path.read_text(), yaml.CSafeLoader))
    assert problems == []
    assert check(timetable(found, "2026-12-07")) == []
    assert found.source["vi"]
    assert found.title["vi"]
    assert found.title["en"]


@pytest.mark.parametrize("path", PRESETS, ids=lambda path: path.stem)
def test_settings_written_back_as_json_read_as_the_same_settings(path):
    found = timetable(read_rules(yaml.load(path.read_text(), yaml.CSafeLoader))[0], "2026-12-07")
    assert read_rules(json.loads(json.dumps(plain(found)))) == (found, [])


def test_the_defaults_are_the_quiet_choice():
    assert Rules().showing.score == "after_wave"
    assert Rules().attempts.most == 1
    assert Rules().timing.grace_seconds == 5
    assert Rules().barred.organisers


def test_a_form_writes_words_and_they_are_read():
    found, problems = read_rules(
        {
            "title": "  Cuộc thi  ",
            "waves": {"1": {"opens_at": "2026-12-14 08:00"}, "0": {"opens_at": "2026-12-07 08:00:30"}},
            "timing": {"seconds": "600", "cut": "off"},
            "marking": {"points": "2,5"},
            "ranking": {"keys": "score, time_used"},
            "who": {"ages": ["12", ""]},
            "prediction": "",
        }
    )
    assert problems == []
    assert found.title == {"vi": "Cuộc thi"}
    assert [wave.opens_at for wave in found.waves] == [OPENS + 30 * hours.SECOND, OPENS + 7 * hours.DAY]
    assert (found.timing.seconds, found.timing.cut) == (600, False)
    assert found.marking.points == (5,) * 5
    assert found.ranking.keys == ("score", "time_used")
    assert found.who.ages == (12, None)


@pytest.mark.parametrize(
    ("data", "path", "code"),
    [
        ({"nowhere": 1}, ("nowhere",), "unknown"),
        ({"timing": {"seconds": "x"}}, ("timing", "seconds"), "not_whole"),
        ({"timing": {"seconds": 0}}, ("timing", "seconds"), "out_of_range"),
        ({"timing": {"kind": "slow"}}, ("timing", "kind"), "not_a_choice"),
        ({"timing": 3}, ("timing",), "settings_shape"),
        ({"waves": [{}, {"opens_at": "mai"}]}, ("waves", 1, "opens_at"), "not_a_moment"),
        ({"waves": [{"opens_at": "2026-02-30 08:00"}]}, ("waves", 0, "opens_at"), "not_a_moment"),
        ({"waves": 7}, ("waves",), "not_a_list"),
        ({"marking": {"points": [1, 2]}}, ("marking", "points"), "not_five"),
        ({"points": {"entry": 0.3}}, ("points", "entry"), "not_points"),
        ({"points": {"entry": float("nan")}}, ("points", "entry"), "not_points"),
        ({"points": {"entry": -1}}, ("points", "entry"), "not_points"),
        ({"who": {"born": [2010, 2000]}}, ("who", "born"), "backwards"),
        ({"who": {"born": 2010}}, ("who", "born"), "not_a_span"),
        ({"ranking": {"keys": ["beauty"]}}, ("ranking", "keys"), "not_a_choice"),
        ({"title": {"fr": "x"}}, ("title",), "not_a_language"),
        ({"title": 5}, ("title",), "not_a_text"),
        ({"prizes": [{"key": "Ạ"}]}, ("prizes", 0, "key"), "not_a_key"),
        ({"schedule": {"opens": "25:00"}}, ("schedule", "opens"), "not_a_clock"),
        ({"barred": {"organisers": 3}}, ("barred", "organisers"), "not_a_flag"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_path_and_keeps_the_default(data, path, code):
    found, problems = read_rules(data)
    assert [(problem.path, problem.code) for problem in problems] == [(path, code)]
    assert isinstance(found, Rules)
    assert problems[0].sentence % dict(problems[0].about)


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*plain(Rules()), "cells", "key"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from([*plain(Rules()), "x"]), JUNK, max_size=5))
def test_any_data_gives_settings_and_problems_never_an_exception(data):
    found, problems = read_rules(data)
    check(found)
    assert read_rules(plain(found)) == (found, [])
    assert all(problem.sentence % dict(problem.about) for problem in problems)


def test_a_schedule_gives_exact_hours_in_viet_nam():
    found = preset("weekly-residents").waves
    assert [hours.written(wave.opens_at) for wave in found][:2] == ["2026-12-07 10:00", "2026-12-14 10:00"]
    assert [hours.written(wave.closes_at) for wave in found][:2] == ["2026-12-14 09:30", "2026-12-21 09:30"]
    assert hours.moment("1970-01-01 07:00") is None
    assert hours.moment("2026-12-07T00:00") == 1_796_576_400_000_000  # 6 December, 17:00 UTC
    assert hours.day(hours.moment("2026-12-07 00:00")) == "2026-12-07"


PAPER = {"cells": [{"count": 10}]}
PRIZE = {"key": "a", "title": {"vi": "Giải"}, "count": 1}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"waves": [{"opens_at": OPENS, "closes_at": OPENS - 1}]}, "closes_before_opening"),
        ({"waves": [{"opens_at": OPENS, "closes_at": OPENS + hours.MINUTE}]}, "wave_too_short"),
        ({"waves": [*waves(1), *waves(1)]}, "waves_overlap"),
        ({"blueprint": {}}, "paper_size"),
        ({"blueprint": {"cells": [{"topics": ["t"]}, {"difficulty": [1, 1]}]}}, "cells_cross"),
        ({"timing": {"seconds": 20}}, "time_too_short"),
        ({"attempts": {"most": 2}, "showing": {"score": "at_once"}}, "score_oracle"),
        ({"attempts": {"most": 2}, "showing": {"standings": "live"}}, "standings_oracle"),
        ({"showing": {"standings": "live"}}, "standings_wait"),
        ({"waves": waves(2), "showing": {"key": "after_wave"}}, "key_reused"),
        ({"ranking": {"keys": []}}, "no_keys"),
        ({"ranking": {"keys": ["distance"]}}, "no_prediction"),
        ({"prediction": {"of": "people"}}, "prediction_unused"),
        ({"banks": [3], "practice_banks": [3]}, "practice_shares_bank"),
        ({"prizes": [PRIZE, PRIZE]}, "key_twice"),
        ({"prizes": [PRIZE | {"division": "x"}]}, "unknown_division"),
        ({"prizes": [PRIZE | {"board": "overall"}]}, "no_overall"),
        ({"collective": [{"key": "c", "title": {"vi": "Giải tập thể"}, "by": "rate"}]}, "small_units"),
        ({"divisions": [{"key": "x"}, {"key": "x"}]}, "key_twice"),
    ],
)
def test_settings_that_contradict_each_other_are_found(data, code):
    found = check(rules(**{"blueprint": PAPER} | data))
    assert code in codes(found)
    assert all(problem.sentence % dict(problem.about) for problem in found)


def test_a_prediction_over_the_contest_delays_weekly_prizes():
    found = rules(
        blueprint=PAPER,
        waves=waves(2),
        showing={"key": "never"},
        prediction={"span": "contest"},
        ranking={"keys": ["correct", "distance"]},
        prizes=[PRIZE],
    )
    assert codes(check(found)) == ["prediction_late"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("500.000", 500_000),
        ("1 200 000", 1_200_000),
        ("500,000", 500_000),
        ("2000", 2000),
        ("12.5", None),
        ("1.2.3", None),
    ],
)
def test_whole_numbers_are_read_as_vietnamese_write_them(typed: str, read: int | None) -> None:
    rules, problems = read_rules({"prizes": [{"key": "nhat", "title": {"vi": "Giải Nhất"}, "worth": typed}]})
    assert (rules.prizes[0].worth if not problems else None) == read


@pytest.mark.parametrize(("typed", "half"), [("2,5", 5), ("2.5", 5), ("1.000", 2000), ("1.000.000", 2_000_000)])
def test_points_may_have_a_comma_and_thousands_a_point(typed: str, half: int) -> None:
    rules, problems = read_rules({"prizes": [{"key": "nhat", "title": {"vi": "Giải Nhất"}, "points": typed}]})
    assert (problems, rules.prizes[0].points) == ([], half)


def test_a_nameless_prize_and_a_freeze_as_long_as_the_wave_are_errors() -> None:
    said = {
        "prizes": [{"key": "nhat"}],
        "collective": [{"key": "tt"}],
        "showing": {"freeze_minutes": 60},
        "waves": [{"opens_at": 0 + HOUR, "closes_at": 2 * HOUR}],
    }
    rules, problems = read_rules(said)
    found = {(one.path, one.code) for one in check(rules) if not one.warning}
    assert (("prizes", 0, "title"), "prize_name") in found
    assert (("collective", 0, "title"), "prize_name") in found
    assert (("showing", "freeze_minutes"), "frozen_too_long") in found
