"""Promise 2 on what is really sent: until a key is shown, nothing public depends on it, byte for byte.

Every format, every shipped script and every question type is played twice, alike but for the keys (and
what is told after them). Compared are the rendered screens in both languages, `me`, the HTTP fallback and
every page and export a stranger, a player or the stage can ask for.
"""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.language import LANGUAGES, speaking
from app.live.screens import drawing
from app.models.engines import database
from app.models.shows import Ballot
from app.services.banks import banks
from app.services.commit import writing
from app.services.shows import scripts, seats, shows
from app.services.shows.shows import Replica
from quizzes import show as rules
from quizzes.engine import PLAYER, STAGE, Event, Viewer
from quizzes.engine import Ballot as Given
from quizzes.formats import FORMATS
from quizzes.grammar import Format
from tests.app.live.canaries import CANARY, mark, with_canaries, without_own_choice
from tests.conftest import application, settings_for
from tests.databases import SqliteCopies
from tests.quizzes.people import AN, BINH, CHI, EVERYBODY, Stage
from tests.quizzes.twins import (
    askable,
    give_the_same_reveals,
    key_is_out,
    opened,
    playout,
    rules_out_the_right_order,
    told_apart,
    variants,
)

HIDDEN = ("ready", "open", "answering", "closed")


@pytest.fixture(scope="module")
def app(sqlite_copies: SqliteCopies, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("leak")
    with sqlite_copies.fresh(folder) as url:
        for made in application(settings_for(folder, url)):
            banks.load_shipped()
            yield made


def sent(app: Flask, played: Stage, monkeypatch: pytest.MonkeyPatch, show_id: int = 0) -> list[str]:
    """Everything the sockets would carry now to others than staff, as text. What a seat has typed itself is left
    out."""
    monkeypatch.setattr(drawing, "now_us", lambda: played.at)
    replica = Replica(show_id, played.state.seq, 0, played.state)
    groups = sorted({rules.group(played.state, seat) for seat in EVERYBODY} | {"late"})
    monkeypatch.setattr(seats, "names", lambda _, numbers: {seat: f"Người {seat}" for seat in numbers})
    shown = []
    for lang in LANGUAGES:
        viewers = [Viewer(STAGE, "", lang), *(Viewer(PLAYER, group, lang) for group in groups)]
        with speaking(app, lang):
            shown += [drawing.screen(app, replica, viewer, {"links": {}, "seats": []}) for viewer in viewers]
    chosen = drawing.choices_of(replica, EVERYBODY)
    own = [json.dumps(drawing.me(replica, seat, PLAYER, chosen)) for seat in EVERYBODY]
    return [json.dumps(one, ensure_ascii=False) for one in shown] + [
        without_own_choice(one, seat) for seat, one in zip(EVERYBODY, own, strict=True)
    ]


def moment(played: Stage) -> tuple[int, int, int]:
    """A state of a show that is played the same way again and again: its event, its clock, its answers."""
    return played.state.seq, played.at, sum(map(len, played.ballots.values()))


@pytest.mark.parametrize("fmt", FORMATS.values(), ids=FORMATS)
@pytest.mark.parametrize("seed", range(2))
def test_no_screen_of_a_format_depends_on_a_key_before_its_reveal(
    app: Flask, monkeypatch: pytest.MonkeyPatch, fmt: Format, seed: int
) -> None:
    pairs = askable(fmt)
    settings, half = variants(fmt, random.Random(seed)), len(pairs) // 2 or 1
    compared = 0
    known: dict[tuple[int, int, int], list[str]] = {}  # the first show is always the same one
    for differs in range(len(pairs)):
        one = [with_canaries(pair[0], 1) for pair in pairs]
        other = [with_canaries(pair[place == differs], 1 + 9 * (place == differs)) for place, pair in enumerate(pairs)]
        stages = [opened(fmt, one, f"{seed}", **settings), opened(fmt, other, f"{seed}", **settings)]
        place = divmod(differs, half) if differs < half else (1, differs - half)
        before = compared
        for _ in playout(stages, seed):
            if (
                any(key_is_out(stage, *place) for stage in stages)
                or told_apart(stages)
                or rules_out_the_right_order(stages)
            ):
                break
            now = moment(stages[0])
            if now not in known:
                known[now] = sent(app, stages[0], monkeypatch)
            assert known[now] == sent(app, stages[1], monkeypatch)
            compared += 1
        assert compared > before + 1
    assert compared > 3 * len(pairs)


def another_key(question: dict[str, Any]) -> dict[str, Any]:
    """The same question with another right answer, and with more to tell after it."""
    answer, count = question.get("answer"), len(question.get("options") or ())
    kind = question["type"]
    if answer is None:
        return question
    other = {
        "single": lambda: (answer + 1) % count,
        "multiple": lambda: [one for one in range(count) if one not in answer] or [0],
        "true_false": lambda: not answer,
        "true_false_set": lambda: [not one for one in answer],
        "number": lambda: answer + 1,
        "text": lambda: [mark(BINH)],
        "ordering": lambda: answer[1:] + answer[:1],
    }[kind]()
    return with_canaries({**question, "answer": other}, 30)


def drawn(key: str) -> tuple[int, Stage]:
    """A shipped script with questions drawn from the shipped banks, ready to be played without a server; and the show
    under which its answers are stored. An is right where answers are typed."""
    made = scripts.create(key, seed="hạt giống")
    created = shows.catch_up(made.show_id).state.created
    played = Stage(questions=[])
    created = json.loads(json.dumps(created))
    for part in created["questions"]:
        part[:] = [with_canaries(question, 1) for question in part]
        for question in part:
            question |= {"answer": [*question["answer"], mark(AN)]} if question["type"] == "text" else {}
    played.state = rules.start(Event("created", created))
    return made.show_id, played


def twin_of(played: Stage, told: set[tuple[int, int]]) -> Stage:
    """The same journal on other keys: those of all questions whose key was not shown yet."""
    other = copy.copy(played)
    created = copy.deepcopy(dict(played.state.created))
    for index, part in enumerate(created["questions"]):
        part[:] = [one if (index, at) in told else another_key(one) for at, one in enumerate(part)]
    other.journal, other.ballots = list(played.journal), {no: list(given) for no, given in played.ballots.items()}
    other.state = rules.start(Event("created", created))
    for line in other.journal:
        other.state = rules.evolve(other.state, *line)
    return other


def answer_both(stages: list[Stage], show_id: int) -> None:
    """An is right in the one show, Bình in the other; the answers are the same in both, and stored."""
    first = stages[0]
    for ask in rules.asks(first.state):
        if ask.status != "open":
            continue
        may = [seat for seat in EVERYBODY if rules.may_answer(first.state, ask.no, seat)]
        if not may or ask.kind == "keyword":
            continue
        if ask.kind == "buzz":
            for stage in stages:
                stage.buzz(may[0])
            continue
        raws = [rules.possible_choices(stage.state, ask.no)[0] for stage in stages]
        if ask.question is not None and first.state.round.body(ask.question)["type"] in ("text", "word"):
            raws = [mark(seat) for seat in (AN, BINH, CHI)]
        for seat, raw in zip((AN, BINH, CHI), raws, strict=False):
            for stage in stages if seat in may else ():
                stage.answer(seat, raw=raw, no=ask.no)
        keep(show_id, ask.no, first.ballots.get(ask.no, []))


@writing
def keep(db: Session, show_id: int, no: int, given: list[Given]) -> None:
    """These ballots, where screens look for them."""
    db.add_all(
        Ballot(
            show_id=show_id,
            no=no,
            seat=one.seat,
            take=0,
            client_id=f"the-only-one-{no}",
            received_at=one.at,
            choice=json.dumps(one.choice),
        )
        for one in given
    )


def show_all_words(stages: list[Stage]) -> None:
    """The host lets every word of a cloud be shown: what may be shown later must not be shown yet."""
    state = stages[0].state
    for seat in [seat for ask in state.round.of_question() for seat, *_ in ask.more.get("words", ())]:
        for stage in stages:
            stage.command("approve", word=seat)


def compare(app: Flask, stages: list[Stage], monkeypatch: pytest.MonkeyPatch, show_id: int) -> None:
    """Both shows say the same; and nothing that is told later, or that somebody else has typed."""
    if len(stages) < 2 or rules_out_the_right_order(stages):
        return
    one, other = (sent(app, stage, monkeypatch, show_id) for stage in stages)
    assert one == other
    side_by_side = rules.view(stages[0].state, Viewer(STAGE))["format"].get(
        "answers"
    )  # typed by contestants, all closed
    assert stages[0].phase not in HIDDEN or side_by_side or not any(CANARY in text for text in one)


@pytest.mark.parametrize("key", sorted(scripts.available()))
def test_no_screen_of_a_shipped_script_depends_on_a_key_before_its_reveal(
    app: Flask, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    show_id, played = drawn(key)
    compared: set[tuple[int, int]] = set()
    told: set[tuple[int, int]] = set()
    while played.phase != "over":
        stages = [played, twin_of(played, told)]
        while played.phase not in ("revealed", "over"):
            compare(app, stages, monkeypatch, show_id)
            if played.phase in HIDDEN:
                compared.add((played.state.index, played.state.round.question))
            if rules.asks(played.state):
                answer_both(stages, show_id)
                compare(app, stages, monkeypatch, show_id)
            before = [(stage.state, len(stage.journal)) for stage in stages]
            for stage in stages:
                stage.advance()
            if len(stages) == 2:
                give_the_same_reveals(stages, before)
            if told_apart(stages):  # a verdict said aloud is true under one key only
                stages = [played]
            if played.phase == "closed":
                show_all_words(stages)
        if played.phase == "revealed":
            told.add((played.state.index, played.state.round.question))
            played.advance()
    assert told
    assert told <= compared, "every question, before its key was shown"


@pytest.fixture(autouse=True, scope="module")
def closed_at_the_end() -> Iterator[None]:
    yield
    database.dispose()
