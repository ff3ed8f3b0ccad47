"""Hints from Redis: junk is ignored, a flood is thinned, and nobody waits where Redis is away."""

from __future__ import annotations

import pytest

from app.live import pokes as pokes_module
from app.live.pokes import MOST_LOOKS, Pokes


@pytest.fixture
def heard() -> list[tuple[int, int]]:
    return []


@pytest.fixture
def pokes(heard: list[tuple[int, int]]) -> Pokes:
    return Pokes("redis://127.0.0.1:1/0", lambda show_id, seq: heard.append((show_id, seq)))


@pytest.mark.parametrize(
    "junk",
    [b"", b":", b"1:", b":1", b"a:b", b"1:-1", b"\xff\xfe:1", b"1" * 1000, b"9" * 30 + b":1", "1:2", None, 1, [1]],
)
def test_junk_is_ignored(pokes: Pokes, heard: list[tuple[int, int]], junk: object) -> None:
    pokes.hear(junk)
    assert heard == []


def test_a_flood_causes_so_many_looks_a_second_and_another_show_is_still_heard(
    pokes: Pokes, heard: list[tuple[int, int]]
) -> None:
    for seq in range(1000):
        pokes.hear(f"7:{seq}".encode())
    pokes.hear(b"8:1")
    assert len(heard) == MOST_LOOKS + 1
    assert heard[-1] == (8, 1)


def test_telling_others_only_leaves_word_of_the_latest(pokes: Pokes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever tells calls nobody: Redis is spoken to by the greenlet that sends."""
    called = list[str]()
    for module, name in ((pokes_module, "Redis"), (pokes_module.gevent, "sleep")):
        monkeypatch.setattr(module, name, lambda *_, name=name, **__: called.append(name))
    for seq in range(1000):
        pokes.poke(7, seq)
    assert called == []
    assert pokes._outgoing == {7: 999}
