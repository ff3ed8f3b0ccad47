"""Turns the names in the form of a batch into the codes that it is made of, and back.

One on a line, `Nguyễn Thị An (DV-12); Giải Nhất`; a code alone, or enough of a name that one only has it, are read too.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.pages.parts.asked import SOME, code_in, names_of
from app.services.awards import naming
from app.services.people import chapters, members
from quizzes.awards import kinds
from quizzes.refusals import Rejected

Line = tuple[str, str]


def with_names(lines: Sequence[Line]) -> str:
    """(code, prize) of a proposal as the form shows it."""
    names = naming.names([code for code, _ in lines])
    shown = [(f"{names[code]} ({code})" if code in names else code, prize) for code, prize in lines]
    return "\n".join(f"{who}; {prize}" if prize else who for who, prize in shown)


def with_codes(text: str, path: str) -> list[Line]:
    """(code, prize) of each line of the form; whom it names is looked for inside `path`.

    Raises Rejected: award_unknown {line}, award_several {line, names}.
    """
    lines = kinds.lines(text)
    said = [code_in(who) for who, _ in lines]
    known = naming.names([*filter(None, said), *(who for who, _ in lines)])
    asked = zip(lines, said, strict=True)
    return [(_code(no, who, code, path, known), prize) for no, ((who, prize), code) in enumerate(asked, 1)]


def _code(line: int, who: str, code: str, path: str, known: dict[str, str]) -> str:
    for meant in (code, who):
        if meant in known:
            return meant
    people = members.list_members(path, words=who, limit=SOME + 1)
    units = chapters.find_chapters(who, path=path, limit=SOME + 1)
    codes = [*(one.code for one in people), *(one.code for one in units)]
    if len(codes) == 1:
        return codes[0]
    if not codes:
        raise Rejected("award_unknown", field="lines", line=line, name=who[:60])
    alike = [(one.name, one.chapter, one.code) for one in people] + [(one.name, one.place, one.code) for one in units]
    raise Rejected("award_several", field="lines", line=line, name=who[:60], names=names_of(alike))
