"""JSON as the live transport speaks it: like the standard library's for friends, closed for the rest."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.live.transport import strict_json

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text() | st.floats(-1e9, 1e9),
    lambda below: st.lists(below, max_size=4) | st.dictionaries(st.text(), below, max_size=4),
    max_leaves=12,
)


@given(values)
def test_agrees_with_the_standard_library(value):
    text = json.dumps(value)
    assert strict_json.loads(text) == json.loads(text)
    assert json.loads(strict_json.dumps(value, separators=(",", ":"))) == value


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "[" * 900 + "]" * 900,
        "[" * 33 + "1" + "]" * 33,
        '{"a":' * 100_000,
        "1" * 5000,
        "1" * 25,
        "[-9223372036854775809]",
        "9" * 19,
        "1e400",
        "NaN",
        "[Infinity]",
        '{"a":1} x',
        "",
        "'a'",
        '"\x01"',
        '["\\ud800", NaN]',
        '["\\ud800", 1e400]',
        '["\\ud800", ' + "[" * 100_000,
        '["\\ud800", ' + "1" * 5000 + "]",
    ],
)
def test_refuses_with_a_plain_value_error(text):
    with pytest.raises(ValueError):  # noqa: PT011 (the message is msgspec's or ours)
        strict_json.loads(text)


def test_thirty_two_levels_and_many_brackets_in_a_text_are_fine():
    deep = "[" * 32 + "1" + "]" * 32
    assert strict_json.loads(deep) == json.loads(deep)
    assert strict_json.loads('["' + "[{" * 500 + '"]') == ["[{" * 500]
    assert strict_json.loads("[" + ",".join(["[]"] * 100) + "]") == [[]] * 100
    assert strict_json.loads('["0001234567890123456789012345"]') == ["0001234567890123456789012345"]


def test_half_an_emoji_comes_through_for_the_question_type_to_refuse():
    assert strict_json.loads('["answer",{"choice":"a\\ud83d"}]') == ["answer", {"choice": "a\ud83d"}]
