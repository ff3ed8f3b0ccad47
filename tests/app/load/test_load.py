"""The load generator tells the truth: a small show is played whole, and everything it was told is stored."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from app.cli import Stop, load
from app.load import contest, show, wire
from app.load.choices import choice_of
from app.load.contest_data import Signed
from app.load.crowd import Answers
from app.load.figures import Question, compared, percentile
from app.load.loop import Loop
from app.load.server import Failed, Running
from app.load.taker import Taker
from tests import serving
from tests.app.live.screens.test_sizes import ABOVE

FIGURES = {
    "players", "questions", "joined", "told_to_wait", "joins_per_s", "connect_p99_ms", "fan_out_ms", "ack_p50_ms",
    "ack_p95_ms", "ack_p99_ms", "writing_ms", "answers_per_s", "cpu_us_per_answer", "times_echo", "cpu_us_per_question",
    "bytes_per_question", "screen_bytes", "memory_kb", "acknowledged", "stored", "lost", "duplicates",
    "echo_us_per_answer",
}  # fmt: skip

PROMISED_S = 15
"""From the cut until everybody is back, also on a busy machine."""


def run(tmp_path: Path, *options: str, ends_with: int = 0) -> dict[str, object]:
    done = serving.command(tmp_path / "instance", "load", "--json", *options)
    assert done.returncode == ends_with, done.stderr + done.stdout
    figures: dict[str, object] = json.loads(done.stdout)
    return figures


def run_beside(
    tmp_path: Path, script: dict[str, object], *options: str, made_with: tuple[str, ...] = (), ends_with: int = 0
) -> dict[str, object]:
    """Press a server that runs already with a show of this script, made with these options of `show new`."""
    instance, path = tmp_path / "instance", tmp_path / "script.yaml"
    path.write_text(json.dumps(script))  # JSON is YAML
    with serving.serving(instance, "--no-demo") as server:
        made = serving.command(instance, "show", "new", str(path), "--json", *made_with)
        (tmp_path / "show.json").write_text(made.stdout)
        return run(
            tmp_path,
            "--no-echo",
            f"--url={server.url}",
            f"--show={tmp_path / 'show.json'}",
            *options,
            ends_with=ends_with,
        )


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_two_workers_share_the_phones_of_several_shows(tmp_path: Path, database_url: str, redis_url: str) -> None:
    where = (f"--database={database_url}", f"--redis={redis_url}")
    figures = run(tmp_path, "--shows=3", "--workers=2", "--players=12", "--rounds=1", "--no-echo", *where)
    told = ("players", "joined", "acknowledged", "stored", "lost", "duplicates", "unseen")
    assert [figures[name] for name in told] == [12, 12, 12, 12, 0, 0, 0]
    assert figures["cpu_us_per_question"], "of both workers together"


def test_twenty_phones_answer_one_question_and_nothing_is_lost(tmp_path: Path) -> None:
    figures = run(tmp_path, "--players=20", "--rounds=1", "--processes=2")
    assert figures.keys() >= FIGURES
    assert {name: figures[name] for name in ("joined", "acknowledged", "stored", "lost", "duplicates")} == {
        "joined": 20,
        "acknowledged": 20,
        "stored": 20,
        "lost": 0,
        "duplicates": 0,
    }
    assert (figures["sent_again"], figures["refused_again"]) == (2, 0), "one of each process"
    assert 0 < figures["screen_bytes"] <= max(ABOVE.values()), "the question is drawn: a few long ones have more"
    assert figures["bytes_per_question"] <= 5120
    assert figures["cpu_us_per_answer"] > 0  # type: ignore[operator]


def test_a_server_that_runs_already_is_pressed_and_its_tables_are_held_against_what_was_told(tmp_path: Path) -> None:
    figures = run_beside(tmp_path, show.script(2), "--players=20", "--rounds=1", "--stored")
    assert {name: figures[name] for name in ("acknowledged", "stored", "lost", "duplicates", "unanswered")} == {
        "acknowledged": 20,
        "stored": 20,
        "lost": 0,
        "duplicates": 0,
        "unanswered": 0,
    }


def test_phones_that_cannot_join_fail_the_run_and_have_no_times(tmp_path: Path) -> None:
    figures = run_beside(
        tmp_path, show.script(1), "--players=4", "--rounds=1", "--stored", made_with=("--members-only",), ends_with=1
    )
    assert {name: figures[name] for name in ("joined", "not_connected", "unseen", "unanswered", "lost")} == {
        "joined": 0,
        "not_connected": 4,
        "unseen": 4,
        "unanswered": 4,
        "lost": 0,
    }
    assert figures["writing_ms"] is None
    assert figures["answers_per_s"] is None


def draw(format_: str, count: int) -> dict[str, object]:
    return {"format": format_, "draw": {"count": count, "types": ["single"]}}


def test_a_show_with_breaks_and_without_standings_after_every_question_is_played_to_its_end(tmp_path: Path) -> None:
    script = {"title": {"vi": "Hai phần"}, "settings": {"standings": "round"}, "rounds": [draw("speed", 2)] * 2}
    figures = run_beside(tmp_path, script, "--players=6", "--rounds=9", "--stored")
    assert {name: figures[name] for name in ("questions", "acknowledged", "stored", "unanswered")} == {
        "questions": 4,
        "acknowledged": 24,
        "stored": 24,
        "unanswered": 0,
    }


def test_a_show_that_asks_for_the_buzzer_is_refused() -> None:
    with pytest.raises(Failed, match="buzz"):
        show.answered_by_all([{"kind": "buzz"}])
    show.answered_by_all([{"kind": "question"}])
    show.answered_by_all([{"kind": "vote"}])


@pytest.mark.parametrize(("options", "said"), [
    (["--storm", "--url", "http://127.0.0.1:1"], "--storm presses a server of its own"),
    (["--stored"], "--stored needs --url"),
    (["--storm", "--stored"], "--stored needs --url"),
    (["--show", "show.json"], "--show needs --url"),
    (["--pid", "1"], "--pid needs --url"),
])  # fmt: skip
def test_options_that_would_do_nothing_are_refused(options: list[str], said: str) -> None:
    with pytest.raises(Stop, match=said):
        load.run(options)


@pytest.mark.parametrize("fault", load.FAULTS)
def test_a_run_fails_with_each_of_its_faults(
    fault: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    figures: dict[str, object] = dict.fromkeys(load.FAULTS, 0)
    monkeypatch.setattr(load, "measure", lambda _: figures)
    assert load.run(["--json"]) == 0
    figures[fault] = {"busy": 1} if fault == "refused" else 1
    assert load.run(["--json"]) == 1


@pytest.mark.parametrize("fault", load.CONTEST_FAULTS)
def test_a_contest_fails_with_each_of_its_faults(
    fault: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    figures: dict[str, object] = dict.fromkeys(load.CONTEST_FAULTS, 0)
    monkeypatch.setattr(contest, "measure", lambda _: figures)
    assert load.run(["--contest", "--json"]) == 0
    figures[fault] = 1
    assert load.run(["--contest", "--json"]) == 1


def test_who_got_no_paper_or_did_not_hand_in_is_counted() -> None:
    loop = Loop()
    people = [Taker(loop, ("127.0.0.1", 1), number, Signed("", "")) for number in range(3)]
    held = contest.Run(Running([]), people, 1.0)
    held.takers = people[:2]
    assert held.missing(contest.Phase(codes=Counter(ok=1))) == {"without_paper": 1, "not_handed_in": 2}


def test_half_of_three_hundred_answer_before_a_kill_all_come_back_in_time_and_the_others_answer(tmp_path: Path) -> None:
    figures = run(tmp_path, "--players=300", "--rounds=1", "--ramp=500", "--storm")
    assert {name: figures[name] for name in ("back", "acknowledged", "acknowledged_before", "stored", "lost")} == {
        "back": 300,
        "acknowledged": 300,
        "acknowledged_before": 150,
        "stored": 300,
        "lost": 0,
    }


def test_half_of_a_hundred_answer_before_a_planned_restart_all_come_back_in_time_and_the_others_answer(
    tmp_path: Path,
) -> None:
    """That they are spread is shown by what each does (tests/app/live/test_going_down.py): where the next server takes
    longer than the spread, all of them wait in its queue and are served in the same instant."""
    figures = run(tmp_path, "--players=100", "--rounds=1", "--ramp=500", "--storm=restart")
    assert {name: figures[name] for name in ("back", "acknowledged", "acknowledged_before", "lost")} == {
        "back": 100,
        "acknowledged": 100,
        "acknowledged_before": 50,
        "lost": 0,
    }


def test_an_answer_that_is_not_stored_as_given_is_lost_and_a_second_row_is_a_duplicate() -> None:
    answers = Answers(0.0, given=[(1, "k3f9"), (2, "k3f9"), (3, "p0aa")])
    rows = [[1, 1, 0, "k3f9", 5, 0], [1, 2, 0, "other", 6, 0], [1, 2, 1, "other", 7, 0]]
    told = compared([Question([answers], 1, 0.0, 0.0, None)], {"ballots": rows})
    assert told == {"stored": 3, "lost": 2, "duplicates": 1}


def test_frames_are_read_wherever_they_are_cut() -> None:
    short, long = b"2", b"42/live," + b"x" * 70_000
    stream = bytes((0x81, 1)) + short + bytes((0x81, 127)) + len(long).to_bytes(8, "big") + long
    for cut in (0, 1, 2, 3, 4, 12, 20, len(stream) - 1):
        first, rest = wire.messages(stream[:cut])
        second, rest = wire.messages(rest + stream[cut:])
        assert [*first, *second] == [short, long]
        assert not rest


def test_every_kind_of_question_is_given_something_allowed() -> None:
    options = [{"id": "a"}, {"id": "b"}]
    assert choice_of({"type": "single", "options": options}, 3) == "b"
    assert choice_of({"type": "multiple", "options": options}, 2) == ["a"]
    assert choice_of({"type": "ordering", "options": options}, 2) == ["a", "b"]
    assert choice_of({"type": "true_false_set", "options": options}, 1) == {"a": True, "b": True}
    assert choice_of({"type": "number"}, 117) == 17


def test_a_percentile_is_a_value_that_was_measured() -> None:
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile([1.0], 0.99) == 1.0
    assert percentile([], 0.5) == 0.0


@pytest.mark.parametrize("said", [None, "", "no_such_script", "[]", '{"pin": "123456"}'])
def test_a_server_that_runs_needs_the_show_that_was_made_there(tmp_path: Path, said: str | None) -> None:
    made = tmp_path / "show.json"
    if said is not None:
        made.write_text(said)
    with pytest.raises(Stop, match="--url needs --show"):
        load.run(["--url", "http://127.0.0.1:1", "--show", str(made)])


def test_questions_wait_until_the_server_has_done_what_its_start_left_for_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shares = iter([0.9, 0.4, 0.02, 0.5])
    monkeypatch.setattr(show, "idle_share", lambda *_: next(shares))
    monkeypatch.setattr(Running, "is_at_rest", lambda _, busy: busy < 0.1)
    nothing: Any = None
    assert show.at_rest(nothing, Running([])) == 0.02
