"""Tournaments as things: made, their entrants, drawn, read whole, removed."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.models.engines import now_us
from app.models.people import Chapter
from app.models.shows import Show
from app.models.tournaments import Tournament, TournamentEntrant, TournamentGoing, TournamentLine, TournamentMatch
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.people.chapters import open_in
from app.services.people.roles import ORGANISER, path_of_in, require_in
from app.services.rows import Numbered, OfChapter
from app.services.tokens import new_address_id
from quizzes.refusals import Rejected
from quizzes.text import fold, visible
from quizzes.tournament.going_on import Result, digest, drawn
from quizzes.tournament.stages import Stage, as_data, from_data

LONGEST_NAME, LEAST = 80, 2
"""The longest name of an entrant, letters, and the fewest entrants of a match."""
SHOWN = 100  # tournaments listed


@dataclass(frozen=True)
class Entered:
    """An entrant in a match. `way`: how it went on from there, "" where it did not or is not known yet."""

    id: int
    name: str
    result: Result | None
    way: str
    lot: bool


@dataclass(frozen=True)
class Match:
    id: int
    stage: int
    number: int
    show: str
    """The show's public number, "" without one."""
    lines: tuple[Entered, ...]

    @property
    def played(self) -> bool:
        return all(one.result for one in self.lines)


@dataclass(frozen=True)
class Corrected:
    stage: int
    name: str
    instead_of: str
    reason: str
    at: int


@dataclass(frozen=True)
class Whole(OfChapter, Numbered):
    """A tournament with everything its pages show. `seed` is "" until it has drawn."""

    title: str
    script: str
    stages: tuple[Stage, ...]
    digest: str
    seed: str
    drawn: int
    over: bool
    entrants: tuple[str, ...]
    matches: tuple[tuple[Match, ...], ...]
    """Of each stage that is drawn."""
    corrected: tuple[Corrected, ...]

    @property
    def winner(self) -> str:
        """The winner of the last stage."""
        last = self.matches[-1] if self.over and self.matches else ()
        return next((line.name for match in last for line in match.lines if line.way), "")


@writing
def make(
    db: Session, actor_id: int, chapter_id: int, title: str, script: str, stages: Sequence[Stage], names: Sequence[str]
) -> str:
    """A tournament with its entrants; its public number. Rejected: tournament_title, tournament_entrants."""
    require_in(db, actor_id, ORGANISER, open_in(db, chapter_id).path)
    title = visible(title)
    if not 3 <= len(title) <= 120:
        raise Rejected("tournament_title", field="title")
    made = Tournament(
        public_id=new_address_id(9),
        chapter_id=chapter_id,
        title=title,
        stages=as_data(stages),
        script=script,
        seed=secrets.token_hex(16),
        made_by=actor_id,
        made_at=now_us(db),
    )
    db.add(made)
    db.flush()
    enter_in(db, made, stages, names)
    audit_in(db, actor_id, "tournament.made", chapter_id=chapter_id)
    return made.public_id


@writing
def enter(db: Session, actor_id: int, public_id: str, names: Sequence[str]) -> None:
    """Enter other entrants, until the first stage is drawn."""
    one = held_in(db, actor_id, public_id)
    if one.drawn:
        raise Rejected("tournament_drawn")
    db.execute(delete(TournamentEntrant).where(TournamentEntrant.tournament_id == one.id))
    enter_in(db, one, from_data(one.stages), names)


def enter_in(db: Session, one: Tournament, stages: Sequence[Stage], names: Sequence[str]) -> None:
    names = [name for given in names if (name := visible(given))]
    if any(len(name) > LONGEST_NAME for name in names):
        raise Rejected("tournament_name", field="names", most=LONGEST_NAME)
    least, most = LEAST * stages[0].matches, stages[0].holds
    if not least <= len(names) <= most or len({fold(name) for name in names}) < len(names):
        raise Rejected("tournament_entrants", field="names", least=least, most=most)
    for number, name in enumerate(names, 1):
        db.add(TournamentEntrant(tournament_id=one.id, number=number, name=name, fold=fold(name)[:120]))


@writing
def draw(db: Session, actor_id: int, public_id: str) -> None:
    """Draw the first stage by the seed, which is public from now on. Twice is once."""
    one = held_in(db, actor_id, public_id)
    if one.drawn:
        return
    numbers = select(TournamentEntrant.id).where(TournamentEntrant.tournament_id == one.id)
    begin_stage_in(db, one, list(db.scalars(numbers.order_by(TournamentEntrant.number))))
    audit_in(db, actor_id, "tournament.drawn", chapter_id=one.chapter_id)


def begin_stage_in(db: Session, one: Tournament, entrants: Sequence[int]) -> None:
    """The next stage has its matches."""
    number = one.drawn
    for at, match in enumerate(drawn(entrants, from_data(one.stages)[number], one.seed, number), 1):
        row = TournamentMatch(tournament_id=one.id, stage=number, number=at)
        db.add(row)
        db.flush()
        db.add_all(TournamentLine(match_id=row.id, entrant_id=entrant) for entrant in match)
    one.drawn = number + 1


@writing
def remove(db: Session, actor_id: int, public_id: str) -> None:
    """The tournament is gone; the shows of its matches stay."""
    one = held_in(db, actor_id, public_id)
    matches = select(TournamentMatch.id).where(TournamentMatch.tournament_id == one.id)
    db.execute(delete(TournamentLine).where(TournamentLine.match_id.in_(matches)))
    for table in (TournamentGoing, TournamentMatch, TournamentEntrant):
        db.execute(delete(table).where(table.tournament_id == one.id))
    db.delete(one)
    audit_in(db, actor_id, "tournament.removed", chapter_id=one.chapter_id)


def held_in(db: Session, actor_id: int, public_id: str) -> Tournament:
    """The tournament, for who organises where it belongs; locked until the transaction ends."""
    one = db.scalar(select(Tournament).where(Tournament.public_id == public_id).with_for_update())
    if one is None:
        raise Rejected("not_found")
    require_in(db, actor_id, ORGANISER, path_of_in(db, one.chapter_id))
    return one


@reading
def of_chapter(db: Session, chapter_id: int) -> list[tuple[str, str, int, bool]]:
    """(public number, title, when made, over) of a chapter, the newest first."""
    query = select(Tournament.public_id, Tournament.title, Tournament.made_at, Tournament.over_at)
    rows = db.execute(query.where(Tournament.chapter_id == chapter_id).order_by(Tournament.id.desc()).limit(SHOWN))
    return [(number, title, at, over is not None) for number, title, at, over in rows]


@reading
def whole(db: Session, public_id: str) -> Whole:
    """Everything of one, or Rejected("not_found")."""
    query = select(Tournament, Chapter.name, Chapter.path).join(Chapter, Chapter.id == Tournament.chapter_id)
    found = db.execute(query.where(Tournament.public_id == public_id)).one_or_none()
    if found is None:
        raise Rejected("not_found")
    one, chapter, path = found
    listed = db.scalars(select(TournamentEntrant).where(TournamentEntrant.tournament_id == one.id))
    rows = sorted(listed, key=lambda row: row.number)
    names = {row.id: row.name or f"#{row.number}" for row in rows}
    going = list(db.scalars(select(TournamentGoing).where(TournamentGoing.tournament_id == one.id)))
    return Whole(
        id=one.id,
        public_id=one.public_id,
        chapter_id=one.chapter_id,
        chapter=chapter,
        path=path,
        title=one.title,
        script=one.script,
        stages=from_data(one.stages),
        digest=digest(one.seed),
        seed=one.seed if one.drawn else "",
        drawn=one.drawn,
        over=one.over_at is not None,
        entrants=tuple(names.values()),
        matches=_matches(db, one, names, {(row.stage, row.entrant_id): row for row in going}),
        corrected=tuple(
            Corrected(row.stage, names[row.entrant_id], names.get(row.instead_of or 0, ""), row.reason, row.at)
            for row in sorted(going, key=lambda row: row.at)
            if row.reason
        ),
    )


def _matches(
    db: Session, one: Tournament, names: dict[int, str], going: dict[tuple[int, int], TournamentGoing]
) -> tuple[tuple[Match, ...], ...]:
    query = select(TournamentMatch, Show.public_id).outerjoin(Show, Show.id == TournamentMatch.show_id)
    rows = db.execute(query.where(TournamentMatch.tournament_id == one.id)).all()
    lines: dict[int, list[TournamentLine]] = {match.id: [] for match, _ in rows}
    for line in db.scalars(select(TournamentLine).where(TournamentLine.match_id.in_(lines))):
        lines[line.match_id].append(line)

    def entered(match: TournamentMatch, line: TournamentLine) -> Entered:
        result = Result(line.place, line.half or 0) if line.place else None
        on = going.get((match.stage, line.entrant_id))
        return Entered(line.entrant_id, names[line.entrant_id], result, on.way if on else "", bool(on and on.lot))

    def drawn_match(match: TournamentMatch, show: str | None) -> Match:
        own = [entered(match, line) for line in lines[match.id]]
        own.sort(key=lambda entry: (entry.result.place if entry.result else 99, not entry.way, entry.name))
        return Match(match.id, match.stage, match.number, show or "", tuple(own))

    made = sorted((drawn_match(*row) for row in rows), key=lambda match: (match.stage, match.number))
    return tuple(tuple(match for match in made if match.stage == stage) for stage in range(one.drawn))
