"""The formats as earlier rule versions had them, where a later one judges otherwise: their journals keep their results.

Version 1 had no room in its `round` events, version 2 has; both rank alike. Version 3 lets a tie-break decide among
those without points, too, and lets tie-breaks follow one another.
"""

from __future__ import annotations

from collections.abc import Mapping

from quizzes.copies import replace
from quizzes.earlier import tie_break_2
from quizzes.formats import FORMATS
from quizzes.grammar import Format

FORMATS_2: Mapping[str, Format] = {
    **FORMATS,
    "tie_break": replace(FORMATS["tie_break"], orders=None, places=tie_break_2.places),
}
