"""A finished season to look at, in the invented province: a frozen standing of its branches, and three certificates."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.awards import Award, AwardBatch
from app.models.engines import now_us
from app.models.people import Chapter, Member, under
from app.services.awards import printing, proposing, recipients, sources
from app.services.awards.proposal import Proposed
from app.services.commit import reading, writing
from app.services.movement import demo
from app.services.movement.campaigns import new_public_id
from app.services.points.balances import season_of
from app.services.standings import freezing, snapshots, standings
from quizzes.awards.kinds import CERTIFICATE
from quizzes.standing.rules import PARENT, Rules

TITLE = "Thi đua Hạ Mây (mẫu)"


def plant() -> str | None:
    """The invented province with its season; the public id of its standing, None where it was there already."""
    campaign = demo.plant()
    if campaign is None:
        return None
    top, season = _top()
    draft = standings.Draft(TITLE, "chi_doan", season, campaign)
    held = standings.make(None, top, draft, Rules(grouping=PARENT))
    snapshots.refresh_due()
    no = freezing.freeze(None, held)
    source = f"standing:{held}:{no}"
    _give(top, sources.proposed(source, 1, 0), source)
    printing.print_due()
    return held


@reading
def _top(db: Session) -> tuple[int, int]:
    chapter = db.execute(select(Chapter.id).where(Chapter.code == demo.CODE)).scalar_one()
    return chapter, season_of(now_us(db))


@writing
def _give(db: Session, top: int, found: Proposed, source: str) -> None:
    """Nobody invented can sign in, so the two who propose and decide are named here."""
    path = db.get_one(Chapter, top).path
    two: Sequence[int] = db.scalars(
        select(Member.id).where(under(Member.path, path)).order_by(Member.id).limit(2)
    ).all()
    now = now_us(db)
    batch = AwardBatch(
        public_id=new_public_id(),
        chapter_id=top,
        kind=CERTIFICATE,
        title=TITLE,
        design="drum",
        wording=found.wording,
        decision_no="",
        signer="Trần Văn Mẫu",
        signer_title="TM. Ban Thường vụ, Bí thư",
        place="Hạ Mây",
        source=source,
        reason="Để xem thử.",
        state=proposing.ACCEPTED,
        made_by=two[0],
        made_at=now,
        decided_at=now,
        leased_until=0,
    )
    db.add(batch)
    db.flush()
    for place, one in enumerate(recipients.people_in(db, path, found.lines), 1):
        code = proposing.code()
        db.add(Award(public_id=code, batch_id=batch.id, place=place, revoked_decision="", revoked_reason="", **one))
    db.flush()
    proposing.number_in(db, batch, season_of(now))
