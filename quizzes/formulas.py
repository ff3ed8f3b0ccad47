r"""Formulas in the texts of questions: LaTeX between \( and \). Other programs' marks are brought to these."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 500  # characters of one formula
FORMULA = re.compile(rf"\\\((.{{1,{LONGEST}}}?)\\\)", re.DOTALL)
OTHERS = re.compile(rf"\\\[(.{{1,{LONGEST}}}?)\\\]|\$\$(.{{1,{LONGEST}}}?)\$\$", re.DOTALL)


def pieces(text: str) -> Iterator[tuple[bool, str]]:
    """(True, LaTeX) of each formula and (False, words) of what stands around it, in order."""
    done = 0
    for found in FORMULA.finditer(text):
        if found.start() > done:
            yield False, text[done : found.start()]
        yield True, found[1].strip()
        done = found.end()
    if done < len(text):
        yield False, text[done:]


def one_form(text: str) -> str:
    r"""The text with \[ \] and $$ $$, as Moodle and LaTeX write formulas on a line of their own, as \( \)."""
    return OTHERS.sub(lambda found: rf"\({(found[1] or found[2]).strip()}\)", text)
