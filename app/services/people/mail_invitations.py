"""Invitations by mail: a link of their own for each address, good once. Addresses are read, written to, and forgotten.

The person who opens the letter makes an account in the chapter; the address itself is no proof of anything and is not
stored."""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from app.services.audit import audit_in
from app.services.commit import writing
from app.services.people.chapters import open_in
from app.services.people.links import INVITATION, make_link_in
from app.services.people.roles import ORGANISER, path_of_in, require_in
from quizzes.refusals import Rejected

MOST = 200
"""Letters of one sending."""
ADDRESS = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]+\.[^@\s.,;<>\"]{2,}", re.ASCII)
LONGEST = 200  # characters of an address
LINES_NAMED = 10  # faulty lines named


def addresses(text: str) -> list[str]:
    """The addresses of a pasted list, each once: one a line, or several with commas between, also as `Name <address>`.

    Rejected: mail_lines with the lines that hold none; too_many_letters; mail_lines too where nothing was given.
    """
    found, wrong = dict[str, None](), list[int]()
    for number, line in enumerate(text.splitlines(), start=1):
        for part in filter(None, (one.strip() for one in re.split("[,;\t]", line))):
            bare = part[part.rfind("<") + 1 :].rstrip(">").strip().lower() if part.endswith(">") else part.lower()
            if ADDRESS.fullmatch(bare) and len(bare) <= LONGEST:
                found[bare] = None
            elif number not in wrong:
                wrong.append(number)
    if wrong or not found:
        lines = ", ".join(map(str, wrong[:LINES_NAMED])) or "1"
        raise Rejected("mail_lines", field="addresses", lines=lines + (" …" if len(wrong) > LINES_NAMED else ""))
    if len(found) > MOST:
        raise Rejected("too_many_letters", field="addresses", most=MOST)
    return list(found)


@writing
def invite_each(db: Session, actor_id: int, chapter_id: int, count: int) -> list[str]:
    """Make so many links, each for one account in the chapter."""
    require_in(db, actor_id, ORGANISER, path_of_in(db, chapter_id))
    open_in(db, chapter_id)
    if not 1 <= count <= MOST:
        raise Rejected("too_many_letters", field="addresses", most=MOST)
    audit_in(db, actor_id, "invitation.mailed", chapter_id=chapter_id, letters=count)
    return [make_link_in(db, INVITATION, chapter_id=chapter_id, made_by=actor_id) for _ in range(count)]
