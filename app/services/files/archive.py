"""Papers for an archive: PDF/A-2b wherever every letter has a font."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import typst


def archived(typeset: Callable[..., Any]) -> Any:
    """Typeset as PDF/A-2b; as a plain PDF, with a box in its place, where a letter has no font."""
    try:
        return typeset(pdf_standards="a-2b")
    except typst.TypstError:
        return typeset()


def paper(template: Path, data: str) -> bytes:
    """A paper from one JSON text."""
    return bytes(archived(partial(typst.compile, template, sys_inputs={"data": data}, format="pdf")))
