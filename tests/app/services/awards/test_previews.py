"""Pictures of documents: nobody waits for one, those that wait are drawn together, one that fails is asked for again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from app.services.awards import previews
from app.services.awards.letterheads import Pictures
from app.services.awards.previews import Previews
from quizzes.refusals import Rejected

DOCUMENTS = [{"name": f"Nguyễn Thị {letter}"} for letter in "ABC"]


class Child:
    """A child that draws when it is told to: `later` waits, `drawn` was asked for."""

    def __init__(self) -> None:
        self.later: list[Callable[[], None]] = []
        self.drawn: list[list[str]] = []
        self.fails = False

    def typeset(self, documents: list[dict[str, Any]], _pictures: Pictures, _form: str) -> list[bytes]:
        self.drawn.append([one["name"] for one in documents])
        if self.fails:
            raise Rejected("busy")
        return [one["name"].encode() for one in documents]

    def work(self) -> None:
        while self.later:
            self.later.pop(0)()


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch) -> Child:
    made = Child()
    monkeypatch.setattr(previews, "beside", made.later.append)
    monkeypatch.setattr(previews, "typeset", made.typeset)
    return made


def test_nobody_waits_and_what_waits_with_one_letterhead_is_drawn_by_one_child(child: Child) -> None:
    held, other = Previews(), Pictures(logo=b"logo")
    assert [held.of(one, Pictures()) for one in DOCUMENTS] == [None] * 3
    assert [held.of(DOCUMENTS[0], one) for one in (other, other)] == [None, None], "another logo is another picture"
    child.work()
    assert child.drawn == [[one["name"] for one in DOCUMENTS], ["Nguyễn Thị A"]]
    assert held.of(DOCUMENTS[1], Pictures()) == "Nguyễn Thị B".encode()
    child.work()
    assert len(child.drawn) == 2, "what was drawn is not drawn again"


def test_one_that_could_not_be_drawn_is_drawn_when_somebody_asks_again(child: Child) -> None:
    held, child.fails = Previews(), True
    held.of(DOCUMENTS[0], Pictures())
    with pytest.raises(Rejected, match="busy"):
        child.work()
    child.fails = False
    assert held.of(DOCUMENTS[0], Pictures()) is None
    child.work()
    assert held.of(DOCUMENTS[0], Pictures()) == "Nguyễn Thị A".encode()


def test_a_process_keeps_few_and_lets_few_wait(child: Child) -> None:
    held = Previews()
    for number in range(previews.MOST_KEPT * 2):
        held.of({"name": str(number)}, Pictures())
    child.work()
    assert [len(one) for one in child.drawn] == [previews.MOST_WAITING]
    for number in range(previews.MOST_KEPT * 2):
        held.of({"name": str(number)}, Pictures())
        child.work()
    assert len(held._drawn) <= previews.MOST_KEPT
