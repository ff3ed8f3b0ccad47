"""One or more checked questions of every type, and for each a twin that differs only in its answer."""

from typing import Any


def question(type: str, answer: Any, count: int = 0, **more: Any) -> dict[str, Any]:
    options = [{"text": {"vi": f"Phương án {n}", "en": f"Option {n}"}} for n in range(1, count + 1)]
    return (
        {
            "id": f"sample-{type}",
            "type": type,
            "text": {"vi": "Câu hỏi?", "en": "Question?"},
            "answer": answer,
            "explanation": {"vi": "Vì thế.", "en": "Because."},
            "source": "Luật 1/2026",
            "topic": "luat",
            "difficulty": 2,
            "settings": {},
        }
        | ({"options": options} if options else {})
        | more
    )


PICTURE = {"name": "Zk3vQ9_aPicture00.webp", "alt": {"vi": "Hình", "en": "Picture"}}

TWINS = [
    (question("single", 0, 4), question("single", 2, 4)),
    (question("single", 1, 4, media=PICTURE), question("single", 3, 4, media=PICTURE)),
    (
        question("single", 0, 4, settings={"shuffle": "keep_last"}),
        question("single", 3, 4, settings={"shuffle": "keep_last"}),
    ),
    (question("multiple", [0], 5), question("multiple", [1, 2, 4], 5)),
    (
        question("multiple", [0, 3], 4, settings={"scoring": "each"}),
        question("multiple", [0, 1, 2], 4, settings={"scoring": "each"}),
    ),
    (question("true_false", True), question("true_false", False)),
    (question("true_false_set", [True] * 4, 4), question("true_false_set", [False, True, False, False], 4)),
    (
        question("number", 2025, settings={"tolerance": 1, "unit": {"vi": "năm", "en": "years"}}),
        question("number", -0.5, settings={"tolerance": 1, "unit": {"vi": "năm", "en": "years"}}),
    ),
    (question("text", ["Bộ Chính trị", "Politburo"]), question("text", ["VNeID"])),
    (question("ordering", [2, 0, 3, 1], 4), question("ordering", [0, 1, 2, 3], 4)),
    (
        question("ordering", [1, 0, 2, 3, 4], 5, settings={"scoring": "pairs"}),
        question("ordering", [4, 3, 2, 1, 0], 5, settings={"scoring": "pairs"}),
    ),
    (question("matching", [5, 3, 4], 6), question("matching", [3, 4, 5], 6)),
    (
        question("matching", [5, 3, 4], 6, settings={"scoring": "each"}),
        question("matching", [4, 5, 3], 6, settings={"scoring": "each"}),
    ),
    (question("hotspot", ["B2", "C2"], media=PICTURE), question("hotspot", ["H6"], media=PICTURE)),
]
SAMPLES = [one for pair in TWINS for one in pair]
