"""The search for words on each engine: SQLite by an FTS5 table beside `question_words`, PostgreSQL by a table of
vectors.

PostgreSQL's vectors are stored, not reckoned, and no text is read: they hold each word, and each pair of neighbours
(`dien_tu`), so that words side by side are found in the index alone. Both are filled by the database itself from the
rows of `question_words`, also while rows are copied. Everything that belongs to them has a name that begins with
`INDEX`: no table of ours, and never copied.

Words of `folded` are plain; those of `marked` begin with "=", those of `place` with a capital letter (bank, state,
topic, difficulty: what lists are narrowed by), so that PostgreSQL keeps the three apart in one index.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

INDEX = "found_in_"
MARK = "="
BEGUN = 2
"""From so many letters on the last word may be only begun; one letter begins too many."""
Places = Iterable[str | Sequence[str]]
"""Words of `place`; of several in one place, one is enough."""


def is_index(name: str | None) -> bool:
    """True when a table, index or trigger only helps to find words."""
    return (name or "").startswith(INDEX)


def places(bank_id: int | None = None, state: str = "", topic: str = "", difficulty: int = 0) -> list[str]:
    """Write where a question stands, as words of `place`. Topics that differ in signs alone share one: ask for it,
    too."""
    found = [f"B{bank_id}"] if bank_id is not None else []
    found += [f"S{state}"] if state else []
    found += ["T" + re.sub(r"[^a-z0-9]", "", topic)] if topic else []
    return found + ([f"D{difficulty}"] if difficulty else [])


def by_index(db: Session) -> None:
    """Let PostgreSQL find by the index of words, alone, in this transaction: for common words it would read all rows,
    or begin helpers that cost more than they find."""
    if db.get_bind().dialect.name == "postgresql":
        ways = {"enable_seqscan": "off", "max_parallel_workers_per_gather": "0"}
        db.execute(select(*(func.set_config(one, how, True) for one, how in ways.items())))


def numbers_with(
    db: Session, column: str, words: Sequence[str], where: Places = (), without: str = "", *, together: bool, most: int
) -> list[int]:
    """Questions that have all these words in `folded` or `marked`, the last one perhaps only begun; at most `most`.

    `where`: with all these `places`, too; `without`: not there. `together`: one after the other, without any between.
    """
    sqlite = db.get_bind().dialect.name == "sqlite"
    write, query = (_match, IN_SQLITE) if sqlite else (_vector_query, IN_POSTGRESQL)
    sought = write(column, words, [(one,) if isinstance(one, str) else one for one in where], without, together)
    return list(db.scalars(query, {"sought": sought, "most": most}))


IN_SQLITE = text("SELECT rowid FROM found_in_question WHERE found_in_question MATCH :sought LIMIT :most")
IN_POSTGRESQL = text("SELECT question_id FROM found_in_words WHERE words @@ CAST(:sought AS tsquery) LIMIT :most")


def _begun(words: Sequence[str]) -> bool:
    return len(words[-1]) >= BEGUN


def _match(column: str, words: Sequence[str], where: Sequence[Sequence[str]], without: str, together: bool) -> str:
    star = "*" if _begun(words) else ""
    said = f'"{" ".join(words)}"' if together else " AND ".join(f'"{one}"' for one in words)
    there = [f"place : ({' OR '.join(one)})" for one in where]
    return " AND ".join([f"{column} : ({said} {star})", *there]) + (f" NOT place : {without}" if without else "")


def _vector_query(
    column: str, words: Sequence[str], where: Sequence[Sequence[str]], without: str, together: bool
) -> str:
    mark = MARK if column == "marked" else ""
    marked = [mark + one for one in words]
    said = ["_".join(pair) for pair in pairwise(marked)] if together else marked
    there = [f"({' | '.join(map(_quoted, one))})" for one in where] + ([f"!{_quoted(without)}"] if without else [])
    return " & ".join([*there, *map(_quoted, said)]) + (":*" if _begun(words) else "")


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
