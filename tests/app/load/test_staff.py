"""The host of a show under load: what happens when its connection breaks in the middle of a command."""

from __future__ import annotations

from app.load.loop import Loop
from app.load.phone import Phone
from app.load.staff import Staff


class Line(Phone):
    """A phone whose server is the test."""

    __slots__ = ("said",)

    def send(self, data: bytes) -> None:
        self.said = [*getattr(self, "said", []), data]

    def come_back(self) -> None:
        """The test says when it is back."""


def a_host() -> tuple[Staff, Line]:
    staff = Staff(Loop(), ("127.0.0.1", 9), {"host_ticket": "ticket"})
    line = Line(staff.loop, staff.host.address, staff._seen, staff._lost, "ticket")
    staff.host = line
    return staff, line


def test_a_command_without_an_answer_is_given_again_under_its_id_once_the_host_is_back() -> None:
    staff, line = a_host()
    staff.press("advance", lambda _: False)
    line._lost()
    assert line.waiting == {}, "nobody answers on the old connection any more"
    staff._seen(line, object())
    (first, second) = line.said
    assert first.partition(b"[")[2] == second.partition(b"[")[2], "the same id: it is done once"
    staff._seen(line, object())
    assert len(line.said) == 2, "later screens are no return"


def test_what_was_answered_is_not_commanded_again() -> None:
    staff, line = a_host()
    heard: list[bool] = []
    staff._command(b"{}", lambda ok, _: heard.append(ok))
    line.waiting[1](True, {})
    line._lost()
    staff._seen(line, object())
    assert (heard, len(line.said)) == ([True], 1)
