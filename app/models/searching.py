"""How each engine finds words: SQLite by an FTS5 table beside `question_words`, PostgreSQL by a GIN index on it.

Both are filled by the database itself from the rows of `question_words`, also while rows are copied. Everything that
belongs to them has a name that begins with `INDEX`: no table of ours, and never copied.

Words of `folded` are plain; those of `marked` begin with "=", those of `place` with a capital letter (bank, state,
topic, difficulty: what lists are narrowed by), so that PostgreSQL keeps the three apart in one index.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, literal_column, select, text
from sqlalchemy.orm import Session

from app.models.bank import QuestionWords

INDEX = "found_in_"
MARK = "="
BEGUN = 2
"""From so many letters on the last word may be only begun; one letter begins too many."""
VECTOR = "array_to_tsvector(string_to_array(place || ' ' || folded || ' ' || marked, ' '))"


def is_index(name: str | None) -> bool:
    """Whether a table, index or trigger only helps to find words."""
    return (name or "").startswith(INDEX)


def places(bank_id: int | None = None, state: str = "", topic: str = "", difficulty: int = 0) -> list[str]:
    """Where a question stands, as words of `place`. Topics that differ in signs alone share one: ask for it, too."""
    found = [f"B{bank_id}"] if bank_id is not None else []
    found += [f"S{state}"] if state else []
    found += ["T" + re.sub(r"[^a-z0-9]", "", topic)] if topic else []
    return found + ([f"D{difficulty}"] if difficulty else [])


def by_index(db: Session) -> None:
    """Let PostgreSQL go from the index of words to the questions, in this transaction: for common words it would read
    all rows, though a thousand are enough."""
    if db.get_bind().dialect.name == "postgresql":
        ways = ("enable_seqscan", "enable_hashjoin", "enable_mergejoin")
        db.execute(select(*(func.set_config(one, "off", True) for one in ways)))


def has_words(
    db: Session, column: str, words: Sequence[str], where: Sequence[str] = (), *, together: bool = False
) -> ColumnElement[bool]:
    """Rows of `question_words` that have all these words in `folded` or `marked`, the last one perhaps only begun.

    `where`: with all these `places`, too. `together`: one after the other, without any between them.
    """
    begun = "*" if len(words[-1]) >= BEGUN else ""
    if db.get_bind().dialect.name == "sqlite":
        said = text("SELECT rowid FROM found_in_question WHERE found_in_question MATCH :match").bindparams(
            match=_match(column, words, begun, where, together)
        )
        return QuestionWords.question_id.in_(said)
    mark = MARK if column == "marked" else ""
    query = " & ".join(_quoted(one) for one in [*where, *(mark + word for word in words)]) + (":*" if begun else "")
    sought = text("CAST(:query AS tsquery)").bindparams(query=query)
    found: ColumnElement[bool] = literal_column(VECTOR).op("@@")(sought)
    phrase = " ".join(mark + one for one in words)
    return found & getattr(QuestionWords, column).contains(phrase, autoescape=True) if together else found


def _match(column: str, words: Sequence[str], begun: str, where: Sequence[str], together: bool) -> str:
    plain = [f'"{one}"' for one in words]
    said = f'{column} : ("{" ".join(words)}" {begun})' if together else f"{column} : ({' AND '.join(plain)} {begun})"
    return f"{said} AND place : ({' AND '.join(where)})" if where else said


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
