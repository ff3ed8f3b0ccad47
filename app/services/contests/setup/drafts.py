"""Setting a contest up: make, save, copy, discard, cancel. After opening the rules do not change any more.

Saving names the revision that was seen, so two organisers cannot overwrite each other.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.models.contests import Contest, ContestUnit, Entrant
from app.models.engines import now_us
from app.models.people import Chapter
from app.services.audit import audit_in
from app.services.banks.rights import usable_banks_in
from app.services.commit import writing
from app.services.contests.contests import rules_of
from app.services.people.roles import ADMIN, ORGANISER, may, path_of_in, power_in, require_in
from app.services.tokens import new_address_id
from quizzes.contest.setup.rules import Rules, plain, read_rules
from quizzes.english import Pairs, pairs, without_left_behind
from quizzes.problems import Problem
from quizzes.refusals import N_, Rejected

PRESETS = Path(__file__).resolve().parents[4] / "quizzes" / "contests"


@cache
def presets() -> Mapping[str, dict[str, Any]]:
    """Every shipped preset by its key; read once, nobody changes them."""
    return {path.stem: yaml.load(path.read_bytes(), yaml.CSafeLoader) for path in sorted(PRESETS.glob("*.yaml"))}


@cache
def _english() -> Pairs:
    return pairs(presets().values())


@writing
def create(db: Session, actor_id: int | None, chapter_id: int, data: Mapping[str, Any]) -> int:
    """A new contest of a chapter from a preset or other settings; returns its number.

    Problems in `data` are left at their defaults; who may take part is at first the chapter's subtree.
    """
    require_in(db, actor_id, ORGANISER, path_of_in(db, chapter_id))
    rules, _ = read_rules(data)
    written = plain(rules)
    written["who"]["chapters"] = written["who"]["chapters"] or [chapter_id]
    return _insert(db, actor_id, chapter_id, written)


def _insert(db: Session, actor_id: int | None, chapter_id: int, written: Mapping[str, Any]) -> int:
    new = Contest(
        public_id=new_address_id(12),
        chapter_id=chapter_id,
        title=as_json(written["title"]),
        rules=as_json(written),
        seed=secrets.token_hex(32),
        lots_seed=secrets.token_hex(32),
        created_by=actor_id,
        created_at=now_us(db),
        **hours_columns(read_rules(written)[0]),
    )
    db.add(new)
    db.flush()
    return new.id


@writing
def save(db: Session, actor_id: int | None, contest_id: int, revision: int, data: Mapping[str, Any]) -> list[Problem]:
    """Store the settings, or say what is wrong with them and store nothing.

    English words of a preset are not kept beside other Vietnamese. Rejected: not_now once it is open, old_revision
    where somebody else has saved meanwhile.
    """
    found = draft_in(db, contest_id)
    require_in(db, actor_id, ORGANISER, path_of_in(db, found.chapter_id))
    rules, problems = read_rules(without_left_behind(data, _english()))
    problems += foreign_in(db, actor_id, found.chapter_id, rules)
    if problems:
        return problems
    written = plain(rules)
    done = db.execute(
        update(Contest)
        .where(Contest.id == contest_id, Contest.revision == revision, Contest.opened_at.is_(None))
        .values(rules=as_json(written), title=as_json(written["title"]), revision=revision + 1, **hours_columns(rules))
    )
    if not done.rowcount:  # type: ignore[attr-defined]
        raise Rejected("not_now" if found.opened_at else "old_revision")
    return []


@writing
def copy(db: Session, actor_id: int | None, contest_id: int) -> int:
    """A new draft with the same settings, new seeds and no hours yet; returns its number."""
    found = draft_in(db, contest_id)
    require_in(db, actor_id, ORGANISER, path_of_in(db, found.chapter_id))
    written = plain(rules_of(found.rules))
    for wave in written["waves"]:
        wave["opens_at"] = wave["closes_at"] = ""
    return _insert(db, actor_id, found.chapter_id, written)


@writing
def cancel(db: Session, actor_id: int | None, contest_id: int, reason: str) -> None:
    """Call a contest off for good. Tries stay stored, nothing is published; the reason stands in the log."""
    found = draft_in(db, contest_id)
    require_in(db, actor_id, ORGANISER, path_of_in(db, found.chapter_id))
    if not reason.strip():
        raise Rejected("reason_needed", field="reason")
    if found.cancelled_at is None:
        found.cancelled_at = now_us(db)
        where = found.chapter_id
        audit_in(db, actor_id, "contest.cancelled", chapter_id=where, reason=reason.strip(), contest=contest_id)


@writing
def discard(db: Session, actor_id: int | None, contest_id: int) -> None:
    """Delete a draft nobody has seen yet. Rejected("not_now") for a contest that was opened: that is cancelled."""
    found = draft_in(db, contest_id)
    require_in(db, actor_id, ORGANISER, path_of_in(db, found.chapter_id))
    for table in (ContestUnit, Entrant):  # all that can hang on a draft: head-counts, extra time
        db.execute(delete(table).where(table.contest_id == contest_id))
    gone = db.execute(delete(Contest).where(Contest.id == contest_id, Contest.opened_at.is_(None)))
    if not gone.rowcount:  # type: ignore[attr-defined]
        raise Rejected("not_now")
    audit_in(db, actor_id, "contest.discarded", chapter_id=found.chapter_id, contest=contest_id)


def draft_in(db: Session, contest_id: int) -> Contest:
    found = db.get(Contest, contest_id)
    if found is None:
        raise Rejected("no_such_contest")
    return found


def foreign_in(db: Session, actor_id: int | None, chapter_id: int, rules: Rules) -> list[Problem]:
    """A contest is for people of its chapter's subtree; only who administers everything may go beyond."""
    if actor_id is None:
        return []
    held = power_in(db, actor_id)
    found = []
    usable = usable_banks_in(db, actor_id, {*rules.banks, *rules.practice_banks})
    for where in ("banks", "practice_banks"):
        if set(getattr(rules, where)) - usable:
            found.append(Problem((where,), "foreign_bank", N_("Có ngân hàng không phải của cơ sở bạn.")))
    home = path_of_in(db, chapter_id)
    if may(held, ADMIN, "/"):
        return found
    if not rules.who.chapters:
        sentence = N_("Hãy chọn cơ sở có người được dự thi.")
        found.append(Problem(("who", "chapters"), "no_chapters", sentence))
    paths = dict(db.execute(select(Chapter.id, Chapter.path).where(Chapter.id.in_(rules.who.chapters))).all())
    if any(not paths.get(one, "").startswith(home) for one in rules.who.chapters):
        sentence = N_("Chỉ chọn được cơ sở của cuộc thi và các cơ sở bên dưới.")
        found.append(Problem(("who", "chapters"), "foreign_chapter", sentence))
    return found


def hours_columns(rules: Rules) -> dict[str, int | None]:
    opens = [wave.opens_at for wave in rules.waves if wave.opens_at]
    closes = [wave.ends_at for wave in rules.waves if wave.closes_at]
    return {"first_at": min(opens, default=None), "last_at": max(closes, default=None)}


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
