"""The refusals of records."""

from __future__ import annotations

from quizzes.refusals import N_

REFUSED: dict[str, tuple[int, str]] = {"record_known": (409, N_("Nghiệp vụ này đã được ghi."))}
