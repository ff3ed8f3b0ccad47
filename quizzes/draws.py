"""Chance that is the same on every machine for ever: SHA-256 in counter mode.

`random` promises the same `random()` for a seed but not the same `shuffle`; a show or a paper
that is drawn again years later, by anyone, must come out equal. So the stream is our own:

    key       = SHA-256( JSON of ["scs-draws-1", seed, *path] )
    block(i)  = SHA-256( key + i as 8 bytes, big end first ),  i = 0, 1, 2, ...

A path names what is drawn ("round", 2, "options"), so that two draws from one seed never share
a stream and adding a new draw does not move the old ones.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""No 0 o 1 l i: a token may be read aloud or copied by hand."""


class Draws:
    """A stream of draws. Not thread-safe; make one where it is used."""

    def __init__(self, seed: str, *path: str | int) -> None:
        name = json.dumps(["scs-draws-1", seed, *path], separators=(",", ":"))
        self._key = sha256(name.encode("ascii")).digest()
        self._counter = 0
        self._pool = b""

    def _bytes(self, count: int) -> bytes:
        while len(self._pool) < count:
            self._pool += sha256(self._key + self._counter.to_bytes(8, "big")).digest()
            self._counter += 1
        taken, self._pool = self._pool[:count], self._pool[count:]
        return taken

    def below(self, n: int) -> int:
        """A whole number in [0, n), each equally likely: what falls outside is drawn again."""
        if n < 1:
            raise ValueError("below() needs a positive number")
        bits = (n - 1).bit_length()
        size = (bits + 7) // 8
        while True:
            drawn = int.from_bytes(self._bytes(size), "big") >> (size * 8 - bits)
            if drawn < n:
                return drawn

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """A new list in drawn order (Fisher-Yates from the end)."""
        order = list(items)
        for last in range(len(order) - 1, 0, -1):
            other = self.below(last + 1)
            order[last], order[other] = order[other], order[last]
        return order

    def sample(self, items: Sequence[T], count: int) -> list[T]:
        """`count` different places of `items`, in drawn order."""
        if not 0 <= count <= len(items):
            raise ValueError("sample() wants more than there is")
        return self.shuffled(items)[:count]

    def token(self, length: int) -> str:
        """A word of `length` letters; about 4.95 bits each."""
        return "".join(ALPHABET[self.below(len(ALPHABET))] for _ in range(length))
