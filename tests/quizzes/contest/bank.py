"""Questions and settings for the tests of contests."""

from quizzes.contest.rules import read_rules


def question(name, difficulty=1, topic="t", answer=0, **more):
    return {
        "id": name,
        "type": "single",
        "text": {"vi": f"Câu {name}?"},
        "options": [{"text": {"vi": text}} for text in ("Một", "Hai", "Ba", "Bốn")],
        "answer": answer,
        "topic": topic,
        "difficulty": difficulty,
        "source": "Tài liệu",
    } | more


def snapshot(*questions):
    return {one["id"]: one for one in questions}


def bank(per_cell=10, topics=("t", "u"), difficulties=(1, 2, 3, 4, 5)):
    return snapshot(
        *(
            question(f"{topic}{level}-{number}", level, topic)
            for topic in topics
            for level in difficulties
            for number in range(per_cell)
        )
    )


def rules(**settings):
    """Settings that must read without a problem."""
    found, problems = read_rules(settings)
    assert problems == []
    return found


def blueprint(*cells, **more):
    return rules(blueprint={"cells": list(cells), **more}).blueprint
