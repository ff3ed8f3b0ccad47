"""The promises of every question type, tried on every type found in the folder."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from quizzes import bank, questions
from quizzes.draws import Draws
from quizzes.questions.contract import CHOICE_BYTES, canonical
from quizzes.refusals import Rejected
from tests.quizzes.questions.samples import SAMPLES, TWINS

ROOT = Path(__file__).parents[3]
SEEDS = [f"seed {n}" for n in range(12)]
every_type = pytest.mark.parametrize("key", sorted(questions.QUESTION_TYPES))
every_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda one: f"{one['type']}-{one['answer']}")
one_of_each = pytest.mark.parametrize(
    "sample", list({one["type"]: one for one in SAMPLES}.values()), ids=lambda one: one["type"]
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=40)
    | st.sampled_from(["\0", "\ud800", "x" * 3000, 10**400, -(10**30), "NaN", "1e999", "9" * 500, "đ" * 199])
)
ANYTHING = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=6), inner))


def shown_of(question, seed="s"):
    return questions.of(question).arrange(question, Draws(seed))


@every_type
def test_every_type_has_a_sample_a_template_and_a_test(key):
    assert key in {sample["type"] for sample in SAMPLES}
    assert (ROOT / "templates" / "questions" / f"{key}.html").is_file()
    assert (ROOT / "tests" / "quizzes" / "questions" / f"test_{key}.py").is_file()


@every_sample
def test_a_sample_is_a_question_and_survives_json(sample):
    assert bank.errors(bank.check_question(sample)) == []
    again = json.loads(json.dumps(sample))
    shown = shown_of(sample)
    assert json.loads(json.dumps(shown)) == shown == shown_of(again)
    kind = questions.of(sample)
    assert json.loads(json.dumps(kind.face(again, shown, "vi"))) == kind.face(sample, shown, "vi")
    assert json.loads(json.dumps(kind.solution(sample, shown, "en"))) == kind.solution(sample, shown, "en")


@pytest.mark.parametrize("twins", TWINS, ids=lambda pair: pair[0]["type"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_questions_that_differ_in_their_answer_look_the_same(twins, lang):
    """Byte for byte: what is drawn and what is public. Ordering: where chance did not draw a right order."""
    one, other = twins
    compared = 0
    for seed in SEEDS:
        shown = shown_of(one, seed)
        if one["type"] == "ordering" and _drawn_order(one, seed) in (one["answer"], other["answer"]):
            continue
        compared += 1
        assert shown == shown_of(other, seed)
        face = questions.of(one).face
        assert json.dumps(face(one, shown, lang)) == json.dumps(face(other, shown, lang))
    assert compared > len(SEEDS) // 2


def _drawn_order(question, seed):
    return [index for _, index in shown_of(question | {"answer": []}, seed)]


@every_sample
def test_ids_are_drawn_for_each_opening_and_never_the_index(sample):
    ids = [option_id for seed in SEEDS for option_id, _ in shown_of(sample, seed)]
    assert len(set(ids)) == len(ids)
    indexes = sorted(index for _, index in shown_of(sample))
    assert indexes == list(range(len(indexes)))


@every_sample
def test_a_face_holds_only_what_is_named_public(sample):
    public = {"type", "text", "media", "options", "rows", "unit", "max_length"}
    face = questions.of(sample).face(sample, shown_of(sample), "vi")
    assert set(face) <= public
    for option in face["options"]:
        assert set(option) <= {"id", "text", "media"}
    assert ("media" in face) == ("media" in sample)


@every_sample
def test_the_solution_is_right_and_readable(sample):
    kind, shown = questions.of(sample), shown_of(sample)
    for lang in ("vi", "en"):
        solution = kind.solution(sample, shown, lang)
        assert kind.read(sample, shown, solution["choice"]) == solution["choice"]
        assert kind.grade(sample, shown, solution["choice"]) == 1000
        assert solution["texts"]
        assert all(isinstance(text, str) and text for text in solution["texts"])


@every_sample
def test_possible_choices_are_canonical_and_hold_right_and_wrong_ones(sample):
    kind, shown = questions.of(sample), shown_of(sample)
    grades = []
    for choice in kind.possible(sample, shown):
        assert kind.read(sample, shown, json.loads(canonical(choice))) == choice
        grades.append(kind.grade(sample, shown, choice))
    assert max(grades) == 1000
    assert min(grades) < 1000
    assert all(isinstance(one, int) and 0 <= one <= 1000 for one in grades)


@every_sample
def test_counts_are_plain_numbers_and_say_nothing_without_choices(sample):
    kind, shown = questions.of(sample), shown_of(sample)
    counted = kind.counts(sample, shown, kind.possible(sample, shown) * 2)
    assert json.loads(json.dumps(counted)) == counted
    assert sum(counted.values()) >= 2
    assert not any(kind.counts(sample, shown, []).values())


@one_of_each
@given(raw=ANYTHING)
@example(raw=float("nan"))
@example(raw=float("inf"))
@example(raw=10**5000)
@example(raw={"a": {"b": ["c"]}})
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_json_is_read_or_refused(sample, raw):
    """The shell refuses messages nested deeper than its parser; everything else comes here."""
    kind, shown = questions.of(sample), shown_of(sample)
    try:
        choice = kind.read(sample, shown, raw)
    except Rejected:
        return
    text = canonical(choice)
    assert len(text.encode()) <= CHOICE_BYTES
    assert kind.read(sample, shown, json.loads(text)) == choice
    assert 0 <= kind.grade(sample, shown, choice) <= 1000
    kind.counts(sample, shown, [choice])


@one_of_each
@given(data=st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_choices_made_of_real_ids_are_graded_between_nothing_and_full(sample, data):
    kind, shown = questions.of(sample), shown_of(sample)
    ids = [option_id for option_id, _ in shown] or ["x"]
    some = st.sampled_from(ids)
    raw = data.draw(some | st.lists(some) | st.permutations(ids) | st.dictionaries(some, st.booleans()))
    try:
        choice = kind.read(sample, shown, raw)
    except Rejected:
        return
    assert 0 <= kind.grade(sample, shown, choice) <= 1000


@every_type
@given(draft=st.dictionaries(st.sampled_from(["options", "answer", "settings", "text", "media"]), ANYTHING))
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_checking_any_draft_never_fails(key, draft):
    problems = bank.check_question({"type": key, **draft})
    assert problems
    assert all(one.sentence and one.code for one in problems)


@every_sample
def test_the_answer_survives_a_table_cell(sample):
    form = questions.of(sample).cell
    assert form is not None
    assert form.read(form.write(sample["answer"])) == sample["answer"]
    assert form.read("") is None


@every_type
@pytest.mark.parametrize("raw", [None, [], {}, "", "nothing such", [1], [[]], True, {"x": True}, ["a", "a"]])
def test_what_is_no_choice_is_refused_with_one_code(key, raw):
    sample = next(one for one in SAMPLES if one["type"] == key)
    if key == "text" and raw == "nothing such":
        return
    with pytest.raises(Rejected) as refused:
        questions.of(sample).read(sample, shown_of(sample), raw)
    assert refused.value.code == "bad_choice"


def test_a_choice_that_cannot_be_stored_is_refused():
    for choice in ["\0", "a\ud800", float("nan"), float("inf"), "đ" * 1100, {1, 2}, [b"x"]]:
        with pytest.raises(Rejected):
            canonical(choice)
    deep: list = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(Rejected):
        canonical(deep)
    assert canonical({"b": "\\u0000", "a": [1, True]}) == '{"a":[1,true],"b":"\\\\u0000"}'
