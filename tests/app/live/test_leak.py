"""Promise 2 on what is really sent: until a key is shown, nothing public depends on it, byte for byte.

Every format, every shipped script and every question type is played twice, alike but for the keys (and
what is told after them). Compared are the rendered screens in both languages, `me`, the HTTP fallback and
every page and export a stranger, a player or the stage can ask for.
"""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from app.live import closing, screens, server
from app.models.engines import database
from app.services.banks import banks
from app.services.shows import scripts, seats, shows, tickets
from app.services.shows.seats import Newcomer
from app.services.shows.shows import Replica
from app.services.shows.tickets import Ticket
from quizzes import show as rules
from quizzes.engine import CLOCK, HOST, PLAYER, STAGE, Actor, Command, Event, Format, Viewer
from quizzes.formats import FORMATS
from tests.conftest import application, settings_for
from tests.databases import SqliteCopies
from tests.quizzes.people import AN, BINH, CHI, EVERYBODY, Stage
from tests.quizzes.twins import askable, key_is_out, opened, playout, rules_out_the_right_order, variants

CANARY = "CANARY"
TYPED = "chim hoàng yến"


@pytest.fixture(scope="module")
def app(sqlite_copies: SqliteCopies, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("leak")
    with sqlite_copies.fresh(folder) as url:
        for made in application(settings_for(folder, url)):
            banks.load_shipped()
            yield made


def sent(app: Flask, played: Stage, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Everything the sockets would carry now to others than staff, as text."""
    monkeypatch.setattr(screens, "now_us", lambda: played.at)
    replica = Replica(0, played.state.seq, 0, played.state)
    groups = sorted({rules.group(played.state, seat) for seat in EVERYBODY} | {"late"})
    viewers = [Viewer(STAGE, "", lang) for lang in ("vi", "en")]
    viewers += [Viewer(PLAYER, group, lang) for group in groups for lang in ("vi", "en")]
    shown = [screens.screen(app, replica, viewer, {"links": {}, "seats": []}) for viewer in viewers]
    own = [screens.me(replica, seat, PLAYER, {}) for seat in EVERYBODY]
    return [json.dumps(one, ensure_ascii=False) for one in [*shown, *own]]


def with_canaries(question: dict[str, Any], number: int) -> dict[str, Any]:
    """What is told only after the key, marked, and longer in one of the twins."""
    told = {"vi": f"{CANARY} {'dài ' * number}", "en": f"{CANARY} {'long ' * number}"}
    return {**question, "explanation": told, "source": f"{CANARY} {number}", "notes": CANARY}


@pytest.mark.parametrize("fmt", FORMATS.values(), ids=FORMATS)
@pytest.mark.parametrize("seed", range(2))
def test_no_screen_of_a_format_depends_on_a_key_before_its_reveal(
    app: Flask, monkeypatch: pytest.MonkeyPatch, fmt: Format, seed: int
) -> None:
    pairs = askable(fmt)
    settings, half = variants(fmt, random.Random(seed)), len(pairs) // 2 or 1
    for differs in range(len(pairs)):
        one = [with_canaries(pair[0], 1) for pair in pairs]
        other = [with_canaries(pair[place == differs], 1 + 9 * (place == differs)) for place, pair in enumerate(pairs)]
        stages = [opened(fmt, one, f"{seed}", **settings), opened(fmt, other, f"{seed}", **settings)]
        place = divmod(differs, half) if differs < half else (1, differs - half)
        compared = 0
        for _ in playout(stages, seed):
            if key_is_out(stages[0], *place) or rules_out_the_right_order(stages):
                break
            assert sent(app, stages[0], monkeypatch) == sent(app, stages[1], monkeypatch)
            compared += 1
        assert compared > 3


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
        "text": lambda: ["một đáp án khác hẳn"],
        "ordering": lambda: answer[1:] + answer[:1],
    }[kind]()
    return with_canaries({**question, "answer": other}, 30)


def drawn(key: str) -> Stage:
    """A shipped script with questions drawn from the shipped banks, ready to be played without a server."""
    made = scripts.create(key, seed="hạt giống")
    created = shows.catch_up(made.show_id).state.created
    played = Stage(questions=[])
    created = json.loads(json.dumps(created))
    for part in created["questions"]:
        part[:] = [with_canaries(question, 1) for question in part]
    played.state = rules.start(Event("created", created))
    return played


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


def answer_both(stages: list[Stage]) -> None:
    """An is right in the one show, Bình in the other; the answers are the same in both."""
    first = stages[0]
    for ask in rules.asks(first.state):
        if ask.status != "open":
            continue
        may = [seat for seat in EVERYBODY if rules.may_answer(first.state, ask.no, seat)]
        if ask.kind == "buzz":
            for stage in stages if may else ():
                stage.buzz(may[0])
            continue
        raws = [rules.possible_choices(stage.state, ask.no)[0] for stage in stages]
        if isinstance(raws[0], str) and first.state.round.body(ask.question)["type"] in ("text", "word"):
            raws.append(TYPED)
        for seat, raw in zip((AN, BINH, CHI), raws, strict=False):
            for stage in stages:
                stage.answer(seat, raw=raw)


@pytest.mark.parametrize("key", sorted(scripts.available()))
def test_no_screen_of_a_shipped_script_depends_on_a_key_before_its_reveal(
    app: Flask, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    played = drawn(key)
    compared: set[tuple[int, int]] = set()
    told: set[tuple[int, int]] = set()
    while played.phase != "over":
        stages = [played, twin_of(played, told)]
        while played.phase not in ("revealed", "over"):
            if not rules_out_the_right_order(stages):
                one, other = (sent(app, stage, monkeypatch) for stage in stages)
                assert one == other
                hidden = played.phase in ("ready", "open", "answering", "closed")
                assert not hidden or not any(word in text for text in one for word in (CANARY, TYPED))
                compared.update({(played.state.index, played.state.round.question)} if hidden else ())
            answer_both(stages)
            for stage in stages:
                stage.advance()
        if played.phase == "revealed":
            told.add((played.state.index, played.state.round.question))
            played.advance()
    assert told
    assert told <= compared, "every question, before its key was shown"


# --- every page a stranger, a player or the stage can ask for ----------------------------------------------


@pytest.fixture
def live_app(app: Flask) -> Flask:
    if "live" not in app.extensions:
        live, _ = server.make(app, app.config["SETTINGS"])
        live.committer.start()
    return app


class Asked:
    """One of the twin shows with its people, asked over HTTP."""

    def __init__(self, app: Flask, other: bool) -> None:
        self.app, self.client = app, app.test_client()
        script = {"title": {"vi": "Hai bản"}, "rounds": [
            {"format": "speed", "settings": {"seconds": 60}, "questions": [_question(other)]}]}
        self.made = scripts.create("twins", script=script, seed="hạt giống")
        self.show_id = self.made.show_id
        key = app.config["SECRET_KEY"]
        self.seats = [seats.take(self.show_id, Newcomer(name=name, device=f"{name:_<20}{other}", lang="vi"))[0]
                      for name in ("An", "Bình")]
        self.players = [tickets.issue(key, Ticket(self.show_id, one.number, "public")) for one in self.seats]
        self.codes = [one.code for one in (*self.seats, self.made.stage)]
        self.stage = tickets.issue(key, Ticket(self.show_id, self.made.stage.number, "staff"))

    def act(self, name: str, role: str = HOST, **args: Any) -> None:
        at = screens.now_us()
        actor = Actor(role) if role == CLOCK else Actor(role, self.made.host.number)
        shows.perform(self.show_id, Command(name, actor, at, args))

    def answer(self) -> list[Any]:
        ask = rules.asks(shows.catch_up(self.show_id).state)[0]
        options = [one for one, at in sorted(ask.shown, key=lambda pair: pair[1])]
        said = []
        for who, choice in zip(self.players, (options[0], options[2]), strict=True):
            answered = self.client.post("/live/answer", json={"no": ask.no, "choice": choice, "id": "an-answer-1"},
                                        headers={"Authorization": f"Bearer {who}"})
            said.append((answered.status_code, answered.json))
        return said

    def everything(self) -> list[str]:
        """Every address with this show's names in it, asked as stranger, player and stage."""
        names = {"public_id": self.made.public_id, "show_id": self.show_id, "pin": self.made.pin, "kind": "xlsx",
                 "ticket": self.stage}
        found = []
        with self.app.test_request_context():
            adapter = self.app.create_url_adapter(None)
            rules_of_show = [one for one in self.app.url_map.iter_rules()
                             if "GET" in (one.methods or ()) and one.arguments and one.arguments <= names.keys()]
            assert adapter is not None or rules_of_show
        addresses = [one.rule for one in rules_of_show] + ["/live/screen?v=0", "/", "/play"]
        for address in addresses:
            for name, value in names.items():
                address = re.sub(rf"<(\w+:)?{name}>", str(value), address)
            for ticket in ("", *self.players, self.stage):
                headers = {"Authorization": f"Bearer {ticket}"} if ticket else {}
                answer = self.client.get(address, headers=headers)
                found.append(f"{address} {answer.status_code} {self._plain(answer.get_data(as_text=True))}")
        return [self._plain(one) for one in found]

    def _plain(self, text: str) -> str:
        """Names, times and tokens made alike."""
        for name in (self.stage, *self.players, self.made.public_id, self.made.pin, *self.codes):
            text = text.replace(name, "#")
        text = re.sub(r"<code>[0-9a-f]{12}</code>", "", text)  # a refusal's request id
        text = re.sub(r"\b1[0-9]{9}[0-9.]*", "0", text)
        text = re.sub(r'"(v|closes_in)":[0-9.]+', "", text)
        text = re.sub(r'(csrf[-_]token"? (?:content|value)=")[^"]+', r"\1", text)
        text = re.sub(rf"{self.made.pin[:3]}(</span><span>| ){self.made.pin[3:]}", "#", text)
        text = re.sub(r"<svg[^>]*>.*?</svg>", "", text, flags=re.DOTALL)  # a QR code is another for each show
        return text


def _question(other: bool) -> dict[str, Any]:
    options = [{"text": {"vi": f"Phương án {letter}"}} for letter in "ABCD"]
    question = {"id": "q", "type": "single", "topic": "t", "difficulty": 1, "text": {"vi": "Câu hỏi?"},
                "options": options, "answer": 0}
    return with_canaries({**question, "answer": 2 if other else 0}, 30 if other else 1)


def test_no_page_or_export_depends_on_a_key_before_its_reveal(live_app: Flask) -> None:
    one, other = Asked(live_app, False), Asked(live_app, True)
    for name in ("", "advance", "advance", "close", "reveal"):
        for show in (one, other):
            if name == "advance":
                show.act(name)
            elif name == "close":
                assert all(said[1]["ok"] for said in show.answer())
                show.act("close_now")
                show.act("settled", CLOCK, no=1)
                closing.judge(show.show_id, 1)
            elif name == "reveal":
                show.act("advance")
        asked = one.everything()
        assert len(asked) > 20
        if name == "reveal":
            assert asked != other.everything(), "after the reveal they differ, or nothing was compared"
            assert any(CANARY in text for text in asked)
        else:
            for mine, theirs in zip(asked, other.everything(), strict=True):
                assert mine == theirs
            assert not any(CANARY in text for text in asked)


@pytest.fixture(autouse=True, scope="module")
def closed_at_the_end() -> Iterator[None]:
    yield
    database.dispose()
