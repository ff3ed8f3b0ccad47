"""Whole shows in a browser take a minute each, and there are many: a run of the suite plays one, another one each day.

`SCS_TEST_LONG=1` plays all of them, and every shipped script; one that is named is played whatever day it is.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from typing import Any

LONG = bool(os.environ.get("SCS_TEST_LONG"))
EVENINGS = ("test_correcting.py", "test_final.py", "test_finish.py", "test_golden_bell.py", "test_ladder.py")
SCRIPTS, CHECKLIST = "test_every_script.py", "test_directing.py"
"""All scripts; the director's checklist, whose parts other files walk each day."""
LANGUAGES = ("vi", "en")


def not_today() -> list[str]:
    """The files that a run of today leaves to other days."""
    played = EVENINGS[date.today().toordinal() % len(EVENINGS)]
    return [] if LONG else [*(one for one in EVENINGS if one != played), SCRIPTS, CHECKLIST]


def a_third_of(windows: Sequence[Any]) -> Sequence[Any]:
    """The windows that are asked today whether everybody can use them: that takes a second each."""
    return windows if LONG else windows[date.today().toordinal() % 3 :: 3]


def languages() -> tuple[str, ...]:
    """In which languages a show is played today."""
    return LANGUAGES if LONG else (LANGUAGES[date.today().toordinal() % len(LANGUAGES)],)
