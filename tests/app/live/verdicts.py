"""The right answers to the halls' questions, and the verdicts of the journal."""

from __future__ import annotations

import json
import sqlite3

from tests.app.live.hall import Person
from tests.serving import Server


def judged(server: Server, no: int) -> set[int]:
    """The seats whose answer the journal found right."""
    with sqlite3.connect(server.instance / "sanchoi.db") as db:
        found = db.execute("SELECT data FROM journal WHERE name = 'judged'").fetchall()
    events = [json.loads(data) for (data,) in found]
    return {int(seat) for event in events if event["no"] == no for seat in event["results"]}


def right_option(person: Person) -> str:
    """The id of the right option of the question this person sees: that of question n is its nth."""
    question = person.data["question"]
    n = int(question["text"][len("Câu hỏi ") : -1])
    return str(next(one["id"] for one in question["options"] if one["text"] == f"Phương án {n}{'ABCD'[n]}"))
