"""The ledger of points: what a posting is, the chain over all entries, checkpoints, kinds of sources, point rules.

Posting means "make the sum of this source for this owner equal x": the difference is appended with the
next revision, and nothing is appended where nothing changes. So posting twice is posting once, and a
correction (a voided question, a show taken back) is one more entry, never an edit.

Entries hold opaque numbers and half-points. What a person may ask us to erase (a reason, a name) stands
elsewhere; the chain holds its salted digest, so that erasing text and salt leaves the chain whole.
"""

from quizzes.ledger.chain import GENESIS, Break, Entry, breaks, link, sealed
from quizzes.ledger.posting import Due, Owner, Posted, Posting, Source, differences, digest, member, summed

__all__ = [
    "GENESIS", "Break", "Due", "Entry", "Owner", "Posted", "Posting", "Source", "breaks", "differences", "digest",
    "link", "member", "sealed", "summed",
]  # fmt: skip
