"""The figures say what was measured, and of whom; what was not measured has none."""

from __future__ import annotations

from collections import Counter

from app.load.crowd import Answers
from app.load.figures import Figures, Question
from app.load.loop import Loop
from app.load.show import idle_share

GIVEN = [(seat, "k3f9") for seat in range(1, 6)]


def of_ten(question: Question, connected: int = 10) -> Figures:
    joins = [{"seconds": 1.0, "told": {201: connected}}]
    return Figures(10, joins=joins, connects=[0.05] * connected, questions=[question])


def test_who_neither_answered_nor_was_refused_is_missing_whatever_became_of_its_connection() -> None:
    answers = Answers(0.0, written=0.1, ended=0.2, given=GIVEN, refused=Counter(busy=2))
    figures = of_ten(Question([answers], 1, 0.01, 0, None, seen=8)).flat()
    assert {name: figures[name] for name in ("acknowledged", "refused", "unanswered", "unseen")} == {
        "acknowledged": 5,
        "refused": {"busy": 2},
        "unanswered": 3,
        "unseen": 2,
    }


def test_who_never_had_a_first_screen_is_counted() -> None:
    assert of_ten(Question([Answers(0.0)], 1, None, 0, None), connected=4).flat()["not_connected"] == 6


def test_what_a_phone_cost_is_shared_by_those_that_were_there() -> None:
    question = Question([Answers(0.0, 0.1, 0.2, given=GIVEN)], 1, 0.01, bytes=5_000, cpu_s=0.005, seen=5)
    figures = of_ten(question, connected=4)
    figures.memory, figures.entry_cpu_s = 8 * 1024, (0.004, 0.008)
    flat = figures.flat()
    assert (flat["bytes_per_question"], flat["cpu_us_per_question"]) == (1_000, 1_000.0)
    assert (flat["memory_kb"], flat["cpu_us_per_join"], flat["cpu_us_per_connection"]) == (2.0, 1_000, 2_000)


def test_where_nobody_played_there_is_no_time_and_no_share() -> None:
    figures = of_ten(Question([Answers(4_000.0), Answers(4_000.1)], 1, None, 500, 0.1), connected=0)
    figures.memory, figures.entry_cpu_s = 1024, (0.1, 0.1)
    flat = figures.flat()
    assert flat["unanswered"] == 10
    for name in (
        "fan_out_ms",
        "writing_ms",
        "ack_p99_ms",
        "connect_p99_ms",
        "answers_per_s",
        "cpu_us_per_answer",
        "cpu_us_per_question",
        "bytes_per_question",
        "memory_kb",
        "cpu_us_per_join",
    ):
        assert flat[name] is None, name


def test_a_process_whose_phones_wrote_nothing_takes_no_part_in_the_time_of_writing() -> None:
    question = Question([Answers(3_000.0), Answers(4_000.0, 4_000.1, 4_000.5, given=GIVEN)], 1, 0.0, 0, None)
    assert (round(question.writing_s or 0, 3), round(question.seconds or 0, 3)) == (0.1, 0.5)


def test_an_idle_share_that_was_not_measured_is_none_and_one_that_was_is_a_share() -> None:
    figures = of_ten(Question([Answers(0.0)], 1, None, 0, None))
    assert figures.flat()["idle_cpu_percent"] is None
    figures.idle_share = 0.025
    assert figures.flat()["idle_cpu_percent"] == 2.5
    assert idle_share(Loop(), [], 0.0) is None


def test_what_a_process_uses_idle_is_taken_off_an_answer_of_either_server() -> None:
    question = Question([Answers(1.0, 1.1, 2.0, given=GIVEN, cpu=(5.0, 5.5))], 1, 0.0, 0, None)
    assert round(question.cpu_each_us(0.1) or 0) == 80_000
    assert round(question.cpu_each_us(None) or 0) == 100_000


def test_answers_sent_again_are_no_answers_and_their_refusals_are_counted() -> None:
    question = Question([Answers(0.0, 0.1, 0.2, given=GIVEN)], 1, 0.0, 0, None, again=Counter(ok=3, too_late=1))
    figures = of_ten(question).flat()
    assert (figures["acknowledged"], figures["sent_again"], figures["refused_again"]) == (5, 4, 1)
