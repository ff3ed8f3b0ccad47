"""People, questions and a small stage on which tests play whole shows without any shell."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Mapping
from typing import Any

from quizzes import show
from quizzes.engine import CLOCK, HOST, Actor, Ballot, Command, Event

AN, BINH, CHI, DUNG = 1, 2, 3, 4
EVERYBODY = (AN, BINH, CHI, DUNG)
SECOND = 1_000_000
NOON = 1_700_000_000 * SECOND
ROOM = {"upto": 4, "without": []}


def said(vi: str) -> dict[str, str]:
    return {"vi": vi, "en": f"{vi} (en)"}


def single(number: int, right: int = 0) -> dict[str, Any]:
    """Question `number` with four options; `right` is the index of the right one."""
    options = [{"text": said(f"Phương án {number}.{index}")} for index in range(4)]
    return {
        "id": f"q{number}",
        "type": "single",
        "text": said(f"Câu hỏi {number}?"),
        "options": options,
        "answer": right,
        "explanation": said(f"Giải thích {number}"),
        "source": f"Nguồn {number}",
        "topic": "thu",
        "difficulty": 1,
        "settings": {},
    }


def typed(number: int, *accepted: str) -> dict[str, Any]:
    return {
        "id": f"t{number}",
        "type": "text",
        "text": said(f"Gõ {number}?"),
        "answer": list(accepted),
        "explanation": said("Vì thế"),
        "source": "Nguồn",
        "topic": "thu",
        "difficulty": 1,
        "settings": {},
    }


def vote(number: int) -> dict[str, Any]:
    question = single(number)
    del question["answer"]
    return question


def word(number: int) -> dict[str, Any]:
    return {"type": "word", "text": said(f"Một từ {number}?")}


def script(*rounds: Mapping[str, Any], **settings: Any) -> dict[str, Any]:
    return {"title": said("Thử"), "settings": settings, "rounds": list(rounds)}


class Stage:
    """A show with a host, a clock and a room of seats. Events pass through JSON, as through the journal."""

    def __init__(
        self,
        *rounds: Mapping[str, Any],
        questions: Iterable[Iterable[Mapping[str, Any]]],
        seed: str = "hạt",
        room: Mapping[str, Any] = ROOM,
        known: Mapping[str, Any] | None = None,
        teams: Mapping[str, Any] | None = None,
        **settings: Any,
    ) -> None:
        """`known` is what the shell knows of the room besides: units, judges, who came to look on."""
        asked = [list(one) for one in questions]
        played = script(*rounds, **settings) | ({"teams": dict(teams)} if teams is not None else {})
        created = show.create(played, asked, seed, said("Thử"))
        self.known = dict(known or {})
        self.journal: list[tuple[Event, int, int, bool]] = []
        self.at, self.room = NOON, dict(room)
        self.created = self._through_json(created)
        self.state = show.start(self.created)
        self.ballots: dict[int, list[Ballot]] = {}
        self.parted = False
        """Something was shown that is not true under this show's key."""

    @staticmethod
    def _through_json(event: Event) -> Event:
        return Event(event.name, json.loads(json.dumps(event.data)))

    @property
    def phase(self) -> str:
        return self.state.phase

    def command(self, name: str, role: str = HOST, as_seat: int | None = None, **args: Any) -> tuple[Event, ...]:
        """Decide and fold; a refusal changes nothing."""
        if name in ("void", "adjust", "ask_again"):
            args = {"reason_ref": 1, **args}
        asked = Command(
            name,
            Actor(role, as_seat or (None if role == CLOCK else 99)),
            self.at,
            {**args, "roll": self.room, **({"room": self.known} if self.known else {})},
        )
        events = show.decide(self.state, asked)
        self.append(events, step=role != CLOCK)
        return events

    def append(self, events: Iterable[Event], step: bool) -> None:
        for event in events:
            line = (self._through_json(event), self.state.seq + 1, self.at, step)
            self.journal.append(line)
            self.state, step = show.evolve(self.state, *line), False

    def answer(
        self,
        seat: int,
        index: int | None = 0,
        after_s: float = 1.0,
        raw: Any = None,
        lag_us: int = 0,
        no: int | None = None,
    ) -> None:
        """A stored ballot of the newest opening, or of `no`: option `index` of the question, or `raw`."""
        ask = self.state.round.asks[no] if no else self.ask
        if raw is None and index is not None and ask.shown:
            raw = next(option for option, at in ask.shown if at == index)
        assert show.may_answer(self.state, ask.no, seat), "the shell refuses who is not on the roll"
        choice = show.read_choice(self.state, ask.no, raw)
        at = ask.opens_at + round(after_s * SECOND)
        self.at = max(self.at, at)
        self.ballots.setdefault(ask.no, []).append(Ballot(seat, choice, at, lag_us))

    def buzz(self, *seats: int, apart_us: int = 100_000) -> None:
        """Buzzes one after another; the shell tells of the first."""
        for place, seat in enumerate(seats):
            assert self.ask.kind == "buzz"
            self.answer(seat, raw=True, after_s=1 + place * apart_us / SECOND)
            if place == 0:
                told = show.after_ballot(self.state, self.ask.no, self.at)
                assert told is not None
                self.command(told.name, CLOCK, **told.args)

    @property
    def ask(self) -> show.Ask:
        return self.state.round.asks[self.state.no]

    def settle(self) -> None:
        """Does the shell's work after `closing`: fence off, ballots graded, verdicts appended."""
        while waiting := show.unjudged(self.state):
            no = waiting[0].no
            if waiting[0].status == "closing":
                self.command("settled", CLOCK, no=no)
            graded = show.grade(self.state, no, self.ballots.get(no, []))
            self.command("judge", CLOCK, no=no, graded=graded)

    def advance(self, times: int = 1) -> None:
        for _ in range(times):
            self.at += SECOND
            self.command("advance")
            self.settle()

    def until(self, phase: str) -> None:
        """Advance until a phase; a show that never comes there fails."""
        for _ in range(400):
            if self.phase == phase:
                return
            self.advance()
        raise AssertionError(f"{phase} was never reached, the show stands at {self.phase}")

    def clock(self) -> bool:
        """Gives the next command that is due; False when there is none."""
        due = show.deadline(self.state)
        if due is None:
            return False
        self.at = max(self.at, due)
        told = show.clock_command(self.state)
        self.command(told.name, CLOCK, **told.args)
        self.settle()
        return True

    def score(self, seat: int) -> float:
        return show.me(self.state, seat)["score"]

    def replayed(self) -> show.ShowState:
        """The state folded anew from the journal."""
        state = show.start(Event("created", copy.deepcopy(self.created.data)))
        for line in self.journal:
            state = show.evolve(state, *line)
        return state


def speed(**settings: Any) -> dict[str, Any]:
    return {"format": "speed", "settings": settings}


def buzzer(**settings: Any) -> dict[str, Any]:
    return {"format": "buzzer", "settings": settings}


def poll(**settings: Any) -> dict[str, Any]:
    return {"format": "poll", "settings": settings}
