"""Plays shows of every format and every shipped script, and keeps journals, ballots and results: a file for each."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from quizzes import show
from quizzes.engine import CLOCK, PLAYER, Event
from quizzes.formats import FORMATS
from quizzes.grammar import Format
from quizzes.refusals import Rejected
from quizzes.script import check_question
from quizzes.show.changes import SECOND as SECOND_PERSON
from quizzes.show.changes import WAITS
from quizzes.show.shelf import SHELF
from tests.quizzes.people import AN, BINH, CHI, DUNG, SECOND, Stage, single
from tests.quizzes.twins import answer_some, askable, playout, variants

FOLDER = Path(__file__).parent
QUIZZES = FOLDER.parents[1] / "quizzes"
SEEDS = range(6)


class Recorded(Stage):
    """A stage that keeps every ballot; the last of a seat is graded where the last counts."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.rows: list[list[Any]] = []

    def answer(self, seat: int, *args: Any, **more: Any) -> None:
        super().answer(seat, *args, **more)
        no = more.get("no") or self.ask.no
        given = self.ballots[no]
        one = given[-1]
        take = sum(row[:2] == [no, seat] for row in self.rows)
        self.rows.append([no, seat, take, one.choice, one.at, one.lag_us])
        if show.take_of(self.state, no) == "last":
            self.ballots[no] = [other for other in given[:-1] if other.seat != seat] + [one]


def opened(fmt: Format, copies: int, seed: str, **settings: Any) -> Recorded:
    """Two rounds of the format with each question it can ask."""
    spec = {"format": fmt.key, "settings": settings}
    questions = [pair[0] for pair in askable(fmt)] * copies
    half = len(questions) // 2 or 1
    return Recorded(spec, spec, questions=[questions[:half], questions[half:]], seed=seed)


def journal_of(key: str) -> list[list[Any]]:
    """The journal of a format's show in which everything happens: of a format that nobody has recorded yet, played now."""
    file = FOLDER / str(show.RULE_VERSION) / f"format-{key}-everything.json"
    recorded = json.loads(file.read_text()) if file.exists() else kept(everything(opened(FORMATS[key], 3, "hạt")))
    journal: list[list[Any]] = recorded["journal"]
    return journal


def main() -> None:
    folder = FOLDER / str(show.RULE_VERSION)
    folder.mkdir(exist_ok=True)
    for name, stage in shows():
        file = folder / f"{name}.json"
        if not file.exists():
            file.write_text(json.dumps(kept(stage), ensure_ascii=False, separators=(",", ":")) + "\n")
            print(file.name, len(stage.journal), "lines")


def shows() -> Iterator[tuple[str, Recorded]]:
    """Name -> a show that is over."""
    for key, fmt in FORMATS.items():
        yield f"format-{key}-everything", everything(opened(fmt, 3, "hạt"))
        for seed in SEEDS:
            settings = variants(fmt, random.Random(seed))
            stage = opened(fmt, 1, f"{seed}", **settings)
            for _ in playout([stage], seed):
                pass
            yield f"format-{key}-{seed}", stage
        yield f"format-{key}-prizes", prizes(opened(fmt, 1, "giải"))
        yield f"format-{key}-hosting", hosting(opened(fmt, 3, "dẫn", seconds=20))
    yield "spread", spread(opened(FORMATS["speed"], 1, "lan tỏa"))
    yield "sound-heard", heard(opened(FORMATS["speed"], 1, "nghe rõ"))
    yield "awards", awards(opened(FORMATS["speed"], 1, "trao giải"))
    yield (
        "on-air",
        on_air(Recorded(*[{"format": "speed"}] * 2, questions=[[single(1), single(2)]] * 2, seed="lên hình")),
    )
    yield from teams_and_line_ups()
    bank = shipped()
    for file in sorted((QUIZZES / "shows").glob("*.yaml")):
        yield f"script-{file.stem}", everything(of_script(yaml.load(file.read_text(), yaml.CSafeLoader), bank))


def teams_and_line_ups() -> Iterator[tuple[str, Recorded]]:
    """Rounds that some play and others look on, and every way in which teams are formed and answer."""
    questions = [[single(number) for number in (1, 2, 3)]] * 4
    some = [
        {"who": "everybody"},
        {"who": "chosen"},
        {"who": "top", "count": 2},
        {"who": "winners", "of": [1], "count": 1},
    ]
    rounds = [
        {"format": key, "plays": one} for key, one in zip(("speed", "buzzer", "speed", "finish"), some, strict=True)
    ]
    stage = Recorded(*rounds, questions=questions, seed="ai thi", known={"watching": [DUNG]})
    stage.command("choose", seats=[CHI, AN])
    yield "line-up", everything(stage)
    for form, answers in (("host", "captain"), ("pick", "first"), ("lot", "majority"), ("unit", "each")):
        teams = {"form": form, "answers": answers, "points": "average" if form == "lot" else "sum"}
        known = {"units": {"1": 7, "2": 7, "3": 9}} if form == "unit" else None
        rounds = [{"format": key} for key in ("speed", "buzzer", "golden_bell", "finish")]
        stage = Recorded(*rounds, questions=questions, seed=form, teams=teams, known=known)
        if form == "host":
            stage.command("team", seats=[AN, BINH], team=1)
            stage.command("team", seats=[CHI, DUNG], team=2)
            stage.command("captain", seat=BINH)
        if form == "pick":
            stage.command("join_team", PLAYER, as_seat=DUNG, team=2)
        yield f"teams-{form}", everything(stage)
    yield "finish-practical", everything(practical())
    yield "corrected", corrected()


def practical() -> Recorded:
    """Questions listed by level, some of them shown by doing, and packages of the script."""
    levels = {
        "low": [single(1), {**single(2), "practical": True}, single(3)],
        "high": [{**single(4), "practical": True}],
    }
    spec = {"format": "finish", "settings": {"contestants": 2, "each": 2}, "questions": levels}
    packed = {**spec, "material": {"packages": [{"values": [20, 20]}, {"values": [20, 30]}]}}
    listed = [one for level in levels.values() for one in level]
    return Recorded(spec, packed, questions=[listed, listed], seed="thực hành")


def corrected() -> Recorded:
    """Every verdict is made right once, while the question goes on and after its key is shown."""
    stage = Recorded({"format": "buzzer"}, questions=[[single(number) for number in range(4)]], seed="sửa")
    dice = random.Random(3)
    while stage.phase != "over":
        answer_some([stage], dice)
        if stage.phase == "answering":
            stage.command(dice.choice(("right", "wrong")))
        if stage.phase in ("answering", "closed", "revealed"):
            for ask in list(stage.state.round.of_question()):
                for seat in list(ask.results)[:1]:
                    right = ask.results[seat][1] == 0
                    tried(stage, "correct", no=ask.no, seat=seat, right=right, reason_ref=5)
        stage.advance()
    return stage


def shipped() -> dict[str, dict[str, Any]]:
    """Every shipped question by its id, its days as text."""
    files = sorted((QUIZZES / "banks").glob("*.yaml"))
    questions = [one for file in files for one in yaml.load(file.read_text(), yaml.CSafeLoader)["questions"]]
    return {one["id"]: one for one in json.loads(json.dumps(questions, default=str))}


def of_script(script: Mapping[str, Any], bank: Mapping[str, dict[str, Any]]) -> Recorded:
    """A show of a script; where it draws, the first questions that fit are taken."""
    asked = []
    for spec in script["rounds"]:
        given = spec.get("questions")
        fitting = [one for one in bank.values() if not check_question(spec["format"], one)]
        asked.append(
            [one if isinstance(one, Mapping) else bank[one] for one in given]
            if given
            else fitting[: spec["draw"]["count"]]
        )
    return Recorded(*script["rounds"], questions=asked, seed="kịch bản", **script.get("settings", {}))


def everything(stage: Recorded) -> Recorded:
    """The show to its end, with everything that can happen to one on the way, each more than once where it may."""
    dice = random.Random(7)
    for turn, happens in enumerate((paused, crashed, undone, voided, adjusted, sent_out, changed_mind, darkened) * 2):
        if stage.phase == "over":
            break
        happens(stage, dice, turn)
    for _ in range(400):
        if stage.phase == "over":
            return stage
        answer_some([stage], dice)
        stage.advance()
    raise AssertionError(f"the show stands at {stage.phase}")


def prizes(stage: Recorded) -> Recorded:
    """Played to its end; then the host brings the podium on, one after the other, and everybody else."""
    dice = random.Random(11)
    while stage.phase != "over":
        answer_some([stage], dice)
        stage.advance()
    for _ in range(4):
        stage.at += SECOND
        stage.command("unveil")
    return stage


def spread(stage: Recorded) -> Recorded:
    """1+2 on the big screen whenever it may lie there, lifted by the host or by the next step."""
    dice = random.Random(17)
    while True:
        if tried(stage, "show_spread", what="map"):
            stage.at += SECOND
            stage.command("show_spread", what="growth")
            tried(stage, "hide_spread") if dice.random() < 0.5 else None
        if stage.phase == "over":
            return stage
        answer_some([stage], dice)
        stage.advance()


def heard(stage: Recorded) -> Recorded:
    """Somebody says that the notes of the stage were heard; then it is played to its end."""
    dice = random.Random(23)
    stage.command("check_sound")
    stage.command("hear_sound")
    while stage.phase != "over":
        answer_some([stage], dice)
        stage.advance()
    return stage


def awards(stage: Recorded) -> Recorded:
    """Winners brought on whenever they may stand there, taken away by the host, by 1+2 or by the next step."""
    dice = random.Random(19)
    while True:
        if tried(stage, "show_awards", of="b7k2m9", step=0):
            stage.at += SECOND
            stage.command("show_awards", of="b7k2m9", step=1)
            tried(stage, dice.choice(("hide_awards", "show_spread", "hide_spread")))
        if stage.phase == "over":
            return stage
        answer_some([stage], dice)
        stage.advance()


def on_air(stage: Recorded) -> Recorded:
    """Everything of the shelf is thrown in whenever it may be, steps are armed and fired, a question is replaced."""
    dice = random.Random(19)
    replaced = 0
    for turn in range(400):
        for what in SHELF:
            tried(stage, "throw", what=what, reason_ref=40)
        tried(stage, "lift") if dice.random() < 0.5 else None
        tried(stage, "resume")
        if stage.phase == "over":
            return stage
        answer_some([stage], dice)
        if (
            stage.phase in ("ready", "open")
            and replaced < 2
            and tried(stage, "replace", reason_ref=41, body=single(7 + replaced))
        ):
            replaced += 1
        stage.at += SECOND
        stage.command("arm", act="advance")
        stage.command("disarm" if turn % 3 == 2 else "go")
        stage.settle()
    raise AssertionError(f"the show stands at {stage.phase}")


def hosting(stage: Recorded) -> Recorded:
    """All a host may do with a question and with the big screen; then the same people play again."""
    dice = random.Random(13)
    for name, args in (
        ("sound", {"volume": 40}),
        ("check_sound", {}),
        ("hide_names", {"seat": CHI}),
        ("hide_names", {}),
    ):
        stage.command(name, **args)
    stage.until("ready")
    stage.command("skip")
    if tried(stage, "count_in"):
        stage.clock()
    elif stage.phase == "ready":
        stage.advance()
    tried(stage, "extend")
    tried(stage, "extend", seconds=30)
    answer_some([stage], dice)
    tried(stage, "ask_again")
    stage.command("show_names")
    stage.command("sound", muted=True)
    while stage.phase != "over":
        stage.advance()
        answer_some([stage], dice)
        if stage.phase == "answering":
            tried(stage, "extend")
    stage.command("follow", CLOCK, show="chương trình sau")
    return stage


def next_open(stage: Stage) -> bool:
    """Go on to a question that is open; False where the show ends before."""
    for _ in range(60):
        if stage.phase == "over":
            return False
        if stage.phase == "open":
            return True
        stage.advance()
    return False


def paused(stage: Stage, dice: random.Random, turn: int) -> None:
    if next_open(stage):
        answer_some([stage], dice)
        stage.at += 2 * SECOND
        stage.command("pause")
        stage.at += 61 * SECOND
        stage.command("resume" if turn % 2 else "advance")
        answer_some([stage], dice)


def crashed(stage: Stage, dice: random.Random, turn: int) -> None:
    """Nobody served for a minute; then the host goes on, and the clock closes."""
    if next_open(stage):
        answer_some([stage], dice)
        alive_at = stage.at
        stage.at += 60 * SECOND
        stage.command("suspend", CLOCK, alive_at=alive_at)
        if stage.phase == "suspended":
            stage.command("advance")
        stage.clock()


def undone(stage: Stage, dice: random.Random, turn: int) -> None:
    """The opening is taken back while it is open, and opened again."""
    if next_open(stage):
        answer_some([stage], dice)
        more = {"steps": 1 + turn % 2, "reason_ref": turn} if turn < 8 else {"steps": 1}
        if not tried(stage, "undo", **more):
            return  # something of a key was said already
        if turn >= 8:
            stage.command("explain", why="slip")
        stage.command("resume")


def tried(stage: Stage, name: str, **args: Any) -> bool:
    """True when the command was taken: not every format lets it be given at that moment."""
    try:
        stage.command(name, **args)
    except Rejected:
        return False
    return True


def voided(stage: Stage, dice: random.Random, turn: int) -> None:
    """An opening is void: once while it is open, once after everybody knows."""
    if next_open(stage):
        answer_some([stage], dice)
        no = stage.state.no
        if turn % 2:
            for _ in range(8):
                if stage.phase in ("revealed", "standings", "over"):
                    break
                stage.advance()
        stage.command("void", no=no, reason_ref=100 + turn)
        stage.settle()


def adjusted(stage: Stage, dice: random.Random, turn: int) -> None:
    stage.at += SECOND
    stage.command("adjust", seat=BINH, points=7.5, reason_ref=200 + turn)
    stage.command("adjust", seat=CHI, points=-2, reason_ref=300 + turn, ledger=WAITS)
    stage.at += SECOND
    stage.command("second", SECOND_PERSON, of=stage.state.seq, agrees=turn < 8)


def sent_out(stage: Stage, dice: random.Random, turn: int) -> None:
    stage.at += SECOND
    stage.command("kick", seat=DUNG)
    if next_open(stage):
        answer_some([stage], dice)
        stage.advance()
    stage.command("readmit", seat=DUNG)


def changed_mind(stage: Stage, dice: random.Random, turn: int) -> None:
    """Lets An give two answers where the last one counts."""
    if next_open(stage) and show.take_of(stage.state, stage.ask.no) == "last":
        raws = show.possible_choices(stage.state, stage.ask.no)
        if show.may_answer(stage.state, stage.ask.no, AN):
            stage.answer(AN, raw=raws[0], after_s=1)
            stage.answer(AN, raw=raws[-1], after_s=2)


def darkened(stage: Stage, dice: random.Random, turn: int) -> None:
    for name in ("lock", "blackout", "unblackout", "unlock"):
        stage.at += SECOND
        stage.command(name)


def kept(stage: Recorded) -> dict[str, Any]:
    """The file of a show: as it is exported, with what these rules made of it."""
    journal = [[1, 0, 0, False, "created", stage.created.data]]
    journal += [[seq, at, 0, step, event.name, event.data] for event, seq, at, step in stage.journal]
    return {
        "format": "san-choi-so-show",
        "version": 1,
        "journal": journal,
        "ballots": stage.rows,
        "names": {},
        "phases": phases(journal),
        "results": show.results(stage.state),
        "sheet": json.loads(json.dumps(show.sheet(stage.state))),
    }


def phases(journal: list[list[Any]]) -> list[str]:
    """The phase of the show after each line."""
    found, state = [], None
    for seq, at, _, step, name, data in journal:
        event = Event(name, data)
        state = show.start(event, seq, at) if state is None else show.evolve(state, event, seq, at, step)
        found.append(state.phase)
    return found


if __name__ == "__main__":
    main()
