"""The strings and names of an old Excel file, which may go on in the next record and hold runs in other fonts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from struct import unpack, unpack_from

Run = tuple[int, int]
"""(the letter from which on, the number of a font)."""


def short_text(data: bytes, at: int, letters: int, unicode: bool) -> str:
    """A name: from Excel 97 on with a byte before it that says how wide its letters are."""
    if not unicode:
        return data[at : at + letters].decode("cp1252", "replace")
    wide = data[at] & 1
    return data[at + 1 : at + 1 + (letters << wide)].decode("utf-16-le" if wide else "latin-1", "replace")


class Strings:
    """The shared strings, read across the records in which they lie."""

    def __init__(self, parts: Sequence[bytes]) -> None:
        self.parts, self.part, self.at = parts, 0, 0

    def all(self) -> Iterator[tuple[str, list[Run]]]:
        """Each text with its runs in other fonts."""
        (many,) = unpack_from("<4xI", self._take(8))
        for _ in range(many):
            letters, flags = unpack("<HB", self._take(3))
            runs = unpack("<H", self._take(2))[0] if flags & 8 else 0
            spoken = unpack("<I", self._take(4))[0] if flags & 4 else 0
            text = self._letters(letters, flags & 1)
            found = self._take(4 * runs)
            self._take(spoken)
            yield text, [unpack_from("<HH", found, 4 * one) for one in range(runs)]

    def _take(self, long: int) -> bytes:
        found = b""
        while len(found) < long:
            if self.at >= len(self.parts[self.part]):
                self.part, self.at = self.part + 1, 0
            piece = self.parts[self.part][self.at : self.at + long - len(found)]
            found, self.at = found + piece, self.at + len(piece)
        return found

    def _letters(self, letters: int, wide: int) -> str:
        """Letters that go on in the next record begin there with a byte that says anew how wide they are."""
        said = ""
        while True:
            piece = self.parts[self.part][self.at : self.at + (letters << wide)]
            said += piece.decode("utf-16-le" if wide else "latin-1", "replace")
            self.at, letters = self.at + len(piece), letters - (len(piece) >> wide)
            if not letters:
                return said
            self.part, self.at = self.part + 1, 1
            wide = self.parts[self.part][0] & 1
