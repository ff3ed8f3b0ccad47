"""The facts a person gives once for files that lack them, and the parts of a question that a file of another program
can hold."""

from hypothesis import strategies as st

from quizzes import bank

GIVEN = {"topic": "Dịch vụ công", "source": "Luật", "difficulty": "2"}

LETTERS = st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="\u2800")
WORD = st.text(LETTERS, min_size=1, max_size=8) | st.sampled_from(
    ["đồng", "=a", "~b", "{x}", "1:2", "#", "<b>", "a&b", "\\n"]
)
WORDS = st.lists(WORD, min_size=1, max_size=4).map(" ".join).filter(lambda text: bank.check_line(text, (), 200) == [])


@st.composite
def drafts(draw, kinds, words=WORDS):
    """A right question of one of these kinds, in Vietnamese."""
    kind = draw(st.sampled_from(sorted(kinds)))
    draft = {
        "id": draw(st.from_regex(r"[a-z][a-z0-9-]{1,12}", fullmatch=True)),
        "type": kind,
        "topic": "dich-vu-cong",
        "difficulty": draw(st.integers(1, 5)),
        "text": {"vi": draw(words)},
        "source": "Luật 1/2026",
        "explanation": {"vi": draw(words)},
        "settings": {},
    }
    if kind in ("single", "multiple", "ordering", "true_false_set"):
        count = 4 if kind == "true_false_set" else draw(st.integers(3, 5))
        texts = draw(
            st.lists(words, min_size=count, max_size=count, unique_by=lambda text: "".join(text.casefold().split()))
        )
        draft["options"] = [{"text": {"vi": text}} for text in texts]
    places = range(len(draft.get("options", [])))
    answers = {
        "single": lambda: draw(st.sampled_from(places)),
        "multiple": lambda: sorted(draw(st.sets(st.sampled_from(places), min_size=2, max_size=3))),
        "ordering": lambda: draw(st.permutations(places)),
        "true_false_set": lambda: draw(st.lists(st.booleans(), min_size=4, max_size=4)),
        "true_false": lambda: draw(st.booleans()),
        "number": lambda: draw(st.integers(-(10**6), 10**6) | st.sampled_from([0.5, -2.25, 3.75])),
        "text": lambda: draw(st.lists(words, min_size=1, max_size=3, unique=True)),
    }
    return bank.normal(draft | {"answer": answers[kind]()})
