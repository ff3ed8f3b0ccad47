"""A person with a phone who takes a contest through the services, at moments the test chooses."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.contests import Attempt
from app.services.commit import reading
from app.services.contests.taking import saving, starting, views
from app.services.contests.taking.saving import Line, Outcome
from app.services.contests.taking.starting import Entry
from quizzes.engine import SECOND
from quizzes.questions import of
from tests.contests import Held


@dataclass
class Taker:
    """`begin`, then `answer` and `submit`; seconds are counted from the opening of the first wave."""

    held: Held
    member: int
    device: str = "phone"
    attempt: str = ""
    count: int = 0
    seen: dict[int, int] = field(default_factory=dict)

    def at(self, seconds: float) -> int:
        return self.held.rules.waves[0].opens_at + int(seconds * SECOND)

    def begin(self, seconds: float = 0, practice: bool = False) -> str:
        self.attempt = starting.start(Entry(self.held.id, self.member, practice, self.at(seconds), agreed=True))
        return self.attempt

    def sheet(self, seconds: float = 0) -> views.Sheet:
        return views.sheet(self.attempt, self.member, self.at(seconds))

    def choice(self, place: int, number: int = 0) -> Any:
        """One of a few choices that the question at this place allows, the right one first."""
        question, shown = self.sheet().asked[place]
        kind = of(question)
        possible = sorted(kind.possible(question, shown), key=lambda one: -kind.grade(question, shown, one))
        return possible[number % len(possible)]

    def line(self, do: str, seconds: float, place: int = 0, choice: Any = None) -> Line:
        self.count += 1
        return Line(
            self.attempt,
            self.member,
            do,
            self.at(seconds),
            place,
            choice,
            self.device,
            self.count,
            self.seen.get(place, 0),
        )

    def send(self, line: Line) -> Outcome:
        said = saving.change(line)
        if said.code == "ok" and line.do in ("answer", "predict"):
            self.seen[line.place] = said.revision
        return said

    def answer(self, place: int, seconds: float, number: int = 0) -> Outcome:
        return self.send(self.line("answer", seconds, place, self.choice(place, number)))

    def submit(self, seconds: float) -> Outcome:
        return self.send(self.line("submit", seconds))

    def saved(self) -> dict[int, Any]:
        return {place: one.choice for place, one in self.sheet().answers.items()}


@reading
def row(db: Session, attempt: str) -> dict[str, Any]:
    """The stored try."""
    found = db.execute(select(Attempt.__table__).where(Attempt.public_id == attempt)).mappings().one()
    return dict(found) | {"paper": json.loads(found["paper"])}
