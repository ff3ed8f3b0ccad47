"""Checkpoints: a few signed lines that say how long the ledger was at a moment, and what its head was.

The holder of one can prove later that an export contains the history it stood for, and that a later checkpoint
extends it. The text is what is signed; the shell signs and checks signatures, here it is written and read.

    san-choi-so ledger checkpoint 1
    entries 1234
    head 5f0c...                      the chain's head after entry 1234
    lists 9a31...                     what was frozen for verification since the checkpoint before; or -
    at 2026-11-29T17:00:00Z
    key 2 8b1f...                     number and Ed25519 public key of this ledger's signer
    signature 03ac...
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise

from quizzes.ledger.chain import GENESIS, Entry, hashed, walk
from quizzes.refusals import N_

TITLE = "san-choi-so ledger checkpoint 1"
HANDOVER = "san-choi-so ledger key 1"
SHAPE = re.compile(
    rf"{TITLE}\nentries (\d{{1,18}})\nhead ([0-9a-f]{{64}})\nlists ([0-9a-f]{{64}}|-)\n"
    r"at (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\nkey (\d{1,6}) ([0-9a-f]{64})\nsignature ([0-9a-f]{128})\n?"
)


@dataclass(frozen=True)
class Checkpoint:
    """One signed statement. `key` is the public key in hex, `at` a moment in UTC as people write it."""

    count: int
    head: str
    lists: str
    at: str
    key_no: int
    key: str
    signature: str = ""

    def signed(self) -> bytes:
        """The bytes under the signature."""
        return (
            f"{TITLE}\nentries {self.count}\nhead {self.head}\nlists {self.lists or '-'}\n"
            f"at {self.at}\nkey {self.key_no} {self.key}\n"
        ).encode("ascii")

    def text(self) -> str:
        """The checkpoint as it is published and downloaded."""
        return f"{self.signed().decode('ascii')}signature {self.signature}\n"

    def seed(self) -> str:
        """The seed of the draws that wait for this checkpoint. Nobody knew it before the checkpoint was signed."""
        return sha256(self.text().encode("ascii")).hexdigest()


@dataclass(frozen=True)
class Handover:
    """The former key's word that `key` follows it as number `no`; without it the change of keys proves nothing."""

    no: int
    key: str
    former: str

    def signed(self) -> bytes:
        return f"{HANDOVER}\nkey {self.no} {self.key}\nfollows {self.former}\n".encode("ascii")


def read(text: str) -> Checkpoint | None:
    """The checkpoint a downloaded text holds; None for anything else."""
    found = SHAPE.fullmatch(text.replace("\r\n", "\n").strip() + "\n")
    if found is None:
        return None
    count, head, lists, at, number, key, signature = found.groups()
    return Checkpoint(int(count), head, "" if lists == "-" else lists, at, int(number), key, signature)


def frozen(digests: Iterable[str]) -> str:
    """The digest of the lists frozen since the checkpoint before; "" where there were none."""
    told = sorted(digests)
    return hashed(told) if told else ""


NOT_WHOLE = N_("bút toán số %(no)s không khớp với chuỗi")
TOO_SHORT = N_("bản xuất chỉ có %(have)s bút toán, điểm mốc nói %(count)s")
OTHER_HISTORY = N_("bản xuất kể một lịch sử khác với điểm mốc tại bút toán số %(count)s")
SHORTENED = N_("điểm mốc lúc %(late)s có ít bút toán hơn điểm mốc lúc %(early)s: sổ đã bị cắt ngắn")
FORGED = N_("chữ ký dưới điểm mốc không đúng")
UNKNOWN_KEY = N_("khóa số %(no)s không do khóa trước bàn giao")


@dataclass(frozen=True)
class Finding:
    """One mismatch, as a sentence and the values in it."""

    sentence: str
    about: dict[str, object]


def compared(chain: Iterable[tuple[Entry, str]], points: Sequence[Checkpoint]) -> list[Finding]:
    """Checks that an export contains each checkpoint's history, so that later checkpoints extend earlier ones. An empty
    list means that all is right."""
    wanted = {one.count: GENESIS for one in points if one.count == 0}
    counts = {one.count for one in points}
    last = 0

    def seen() -> Iterable[tuple[Entry, str]]:
        nonlocal last
        for entry, head in chain:
            last = entry.no
            if entry.no in counts:
                wanted[entry.no] = head
            yield entry, head

    found = [Finding(NOT_WHOLE, {"no": one.no}) for one in walk(seen())]
    found += shortened(points)
    for one in points:
        if one.count > last:
            found.append(Finding(TOO_SHORT, {"have": last, "count": one.count}))
        elif wanted.get(one.count) != one.head:
            found.append(Finding(OTHER_HISTORY, {"count": one.count}))
    return found


def shortened(points: Sequence[Checkpoint]) -> list[Finding]:
    """Later checkpoints that say less than an earlier one: whatever is exported now, something was taken away."""
    by_time = sorted(points, key=lambda one: (one.at, one.count))
    return [
        Finding(SHORTENED, {"early": before.at, "late": after.at})
        for before, after in pairwise(by_time)
        if after.count < before.count
    ]
