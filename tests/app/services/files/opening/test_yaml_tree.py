"""YAML with the line of every node, and nothing of YAML that hurts."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.services.files.containers import Unreadable, open_tree, read_tree, write_tree
from app.services.files.opening import limits

PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**17), 10**17)
    | st.text(st.characters(exclude_categories=["Cs", "Cc"]))
    | st.sampled_from(["2026-07-01", "true", "null", "~", "1e5", "1.5", "0x10", "no", "on", "= 5", "- a", "a: b"])
    | st.sampled_from(["1_0", "12:30", "'", "#", "&a", "*a", "!x", "?", "%", "---"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcđ", min_size=1), inner, max_size=4),
    max_leaves=10,
)


@given(PLAIN)
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_a_tree_written_is_read_back(value):
    assert read_tree(write_tree({"v": value}).encode()).value == {"v": value}


def test_every_node_has_its_line():
    tree = open_tree(b"a: 1\nb:\n  - x\n  - y: [1,\n      2]\n")
    assert tree.value == {"a": 1, "b": ["x", {"y": [1, 2]}]}
    assert [tree.line(path) for path in [("a",), ("b", 0), ("b", 1, "y", 1), ("b", 1, "missing")]] == [1, 3, 5, 4]


def test_plain_words_mean_what_people_mean():
    text = "a: no\nb: on\nc: 2026-07-01\nd: 0912\ne: '5'\nf: 1.5\ng: true\nh:\ni: 12:30\nj: 99999999999999999999\n"
    assert read_tree(text.encode()).value == {
        "a": "no",
        "b": "on",
        "c": "2026-07-01",
        "d": "0912",
        "e": "5",
        "f": 1.5,
        "g": True,
        "h": None,
        "i": "12:30",
        "j": "99999999999999999999",
    }


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: &x [1]\nb: *x\n", "yaml_alias", 1),
        ("a: 1\nb: *x\n", "yaml_alias", 2),
        ("a: 1\nb: !!python/object/apply:os.system ['id']\n", "yaml_tag", 2),
        ("a: !x 1\n", "yaml_tag", 1),
        ("a: 1\n---\nb: 2\n", "yaml_documents", 2),
        ("a: 1\na: 2\n", "yaml_twice", 2),
        ("? [a]\n: 1\n", "yaml_key", 1),
        ("a: 1\n b: 2\n", "yaml_syntax", 2),
        ("a: [1,\nb: 'x\n", "yaml_syntax", 3),
        ("a: \x07", "yaml_syntax", None),
        ("[" * 100_000, "yaml_depth", 1),
        ("- " * 100_000, "yaml_depth", 1),
        ("[" + "1," * 300_000 + "]", "yaml_size", 1),
        ("x" * (limits.YAML_BYTES + 1), "file_too_big", None),
    ],
)
def test_bad_yaml_is_refused_with_its_line(text, code, line):
    with pytest.raises(Unreadable) as refused:
        read_tree(text.encode())
    found = refused.value.problem
    assert found.code == code
    assert line in (None, found.line)


def test_the_child_says_the_same_as_we_would():
    with pytest.raises(Unreadable) as refused:
        open_tree(b"a: 1\nb: *x\n")
    assert (refused.value.problem.code, refused.value.problem.line) == ("yaml_alias", 2)
