"""Two finals of four rounds, worked by hand from the rules on paper; the show must come to the same figures."""

from __future__ import annotations

from typing import Any

from quizzes import show
from tests.quizzes.people import AN, BINH, CHI, DUNG, EVERYBODY, Stage, single, typed

WORDS = ("lá chắn số", "mật khẩu", "mã độc", "lừa đảo", "otp", "bảo mật")


class Final(Stage):
    def scores(self) -> list[float]:
        return [self.score(seat) for seat in EVERYBODY]

    def aloud(self, right: bool) -> None:
        self.until("open")
        self.command("right" if right else "wrong")
        self.settle()

    def buzzes(self, seat: int | None, right: bool = True) -> None:
        self.until("open")
        if seat is None:
            self.command("close_now")
            self.settle()
            self.advance()
            return
        self.buzz(seat)
        self.clock()
        self.command("right" if right else "wrong")
        self.settle()
        if self.phase == "closed":
            self.advance()

    def row(self, row: int, *right: int) -> None:
        self.until("open")
        self.answer(self.state.round.cast.turn, raw=str(row), no=self.state.round.newest("pick").no)
        self.advance()
        self.advance()
        ask = self.state.round.newest("question")
        for seat in right:
            self.answer(seat, raw=WORDS[row], no=ask.no)
        self.advance()
        self.advance()

    def keyword(self, seat: int, right: bool) -> None:
        ask = next(ask for ask in self.state.round.open_asks() if ask.kind == "keyword")
        self.answer(seat, raw=True, no=ask.no, after_s=(self.at - ask.opens_at) / 1_000_000 + 1)
        told = show.after_ballot(self.state, ask.no, self.at)
        self.command(told.name, "clock", **told.args)
        self.clock()
        self.command("right" if right else "wrong")
        self.settle()

    def typed(self, *given: tuple[int, bool, float]) -> None:
        self.until("open")
        for seat, right, after in given:
            self.answer(seat, raw="vneid" if right else "sai", after_s=after)
        self.until("revealed")

    def picks(self, seat: int, value: int, star: bool = False, right: bool | None = None) -> None:
        self.until("open")
        assert self.state.round.cast.turn == seat
        self.answer(seat, raw=str(value), no=self.state.round.newest("pick").no)
        self.advance()
        if star:
            self.command("star", "contestant", as_seat=seat)
        self.advance()
        if right is not None:
            self.answer(seat, 0 if right else 1)
        self.advance()

    def steals(self, seat: int | None, right: bool = True) -> None:
        if seat is not None:
            self.buzz(seat)
        self.clock()
        if seat is not None:
            self.command("right" if right else "wrong")
            self.settle()
        self.until("revealed")


def final(**settings: dict[str, Any]) -> Final:
    rounds = [
        {"format": key, "settings": {"along": False, **settings.get(key, {})}, **settings.get(f"{key}_more", {})}
        for key in ("warm_up", "obstacle", "acceleration", "finish")
    ]
    questions = [
        [typed(n, "vneid") for n in range(40)],
        [typed(n, word) for n, word in enumerate(WORDS)],
        [typed(n, "vneid") for n in range(settings.get("acceleration_count", {}).get("n", 2))],
        [single(n) for n in range(4)],
    ]
    return Final(*rounds, questions=questions, standings="never", breaks=False)


def test_a_final_by_the_present_rules() -> None:
    played = final(warm_up={"each": 2, "common": 4}, finish={"each": 1})
    for right in (True, True, True, False, False, False, True, True):
        played.aloud(right)
    assert played.scores() == [20, 10, 0, 20]
    for seat, right in ((BINH, True), (CHI, False), (None, False), (AN, True)):
        played.buzzes(seat, right)
    assert played.scores() == [30, 20, -5, 20]

    played.row(1, AN, DUNG)
    played.row(2, BINH, AN)
    assert played.scores() == [50, 30, -5, 30]
    played.keyword(DUNG, True)
    played.until("revealed")
    assert played.scores() == [50, 30, -5, 80], "two rows were asked: 50"

    played.typed((AN, True, 3), (BINH, True, 5), (CHI, False, 2), (DUNG, True, 6))
    assert played.scores() == [90, 60, -5, 100]
    played.typed((CHI, True, 1.5), (DUNG, True, 1.5), (AN, True, 9))
    assert played.scores() == [110, 60, 35, 140], "equal times share 40, the next has 20"

    played.picks(DUNG, 30, star=True, right=False)
    played.steals(AN)
    assert played.scores() == [140, 60, 35, 110], "with the star the value is lost once, and the thief earns it"
    played.picks(AN, 20, right=True)
    played.until("revealed")
    assert played.scores() == [160, 60, 35, 110]
    played.picks(BINH if played.score(BINH) > played.score(CHI) else CHI, 20)
    played.steals(CHI)
    assert played.scores() == [160, 40, 55, 110], "the value changes hands"
    played.picks(CHI, 30, star=True, right=True)
    played.until("revealed")
    assert played.scores() == [160, 40, 115, 110]
    played.until("over")
    assert [one["seat"] for one in show.results(played.state)] == [AN, CHI, DUNG, BINH]
    assert played.replayed() == played.state


def test_a_final_by_earlier_rules_with_three_contestants() -> None:
    three = {"contestants": 3}
    played = final(
        warm_up=three,
        warm_up_more={"preset": "twelve_in_sixty"},
        obstacle=three,
        obstacle_more={"preset": "eighty"},
        acceleration=three,
        acceleration_count={"n": 1},
        finish={**three, "each": 1},
    )
    for turn in ((True, True, True), (True, False, True), (False,)):
        played.until("open")
        for place, right in enumerate(turn):
            if place == len(turn) - 1:
                played.clock()  # the sixty seconds are over; the question that is asked is played to its end
            played.command("right" if right else "wrong")
            played.settle()
    assert played.scores() == [30, 20, 0, 0]

    played.row(1, AN, BINH, CHI)
    assert played.scores() == [40, 30, 10, 0]
    played.keyword(BINH, False)
    played.row(2, CHI)
    assert played.state.round.kept and played.scores() == [40, 30, 20, 0]
    played.keyword(AN, True)
    played.until("revealed")
    assert played.scores() == [100, 30, 20, 0], "two rows were asked: 60"

    played.typed((BINH, True, 2.345), (AN, True, 2.349), (CHI, False, 1))
    assert played.scores() == [140, 70, 20, 0], "equal to a hundredth of a second"

    played.picks(AN, 20, right=True)
    played.until("revealed")
    played.picks(BINH, 30, right=False)
    played.steals(CHI, right=False)
    assert played.scores() == [160, 70, 5, 0], "a thief who is wrong loses half"
    played.picks(CHI, 20)
    played.steals(None)
    played.until("over")
    assert played.scores() == [160, 70, 5, 0]


def test_a_contestant_below_nothing_stays_a_contestant() -> None:
    two = {"contestants": 2}
    played = final(warm_up={**two, "each": 0, "common": 1}, obstacle=two, acceleration=two, finish=two)
    played.buzzes(BINH, False)
    assert played.scores() == [0, -5, 0, 0]
    played.until("open")
    assert played.state.round.cast.order == (AN, BINH)
    assert played.replayed() == played.state
