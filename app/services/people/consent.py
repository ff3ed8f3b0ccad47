"""Consent, purpose by purpose, with proof: who, what for, which wording, when, how.

Law 91/2025/QH15 art. 9, decree 356/2025/NĐ-CP art. 6.

Silence is no consent: a purpose is in force only while its newest stored decision says yes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.engines import insert, now_us
from app.models.people import Member
from app.models.records import Consent, ConsentText
from app.services.commit import reading, writing
from app.services.people.public_names import refresh_public_name
from quizzes.refusals import N_, Rejected

CONTEST, RANKING, STAGE, NOTICE = "contest", "ranking", "stage", "notice"

PURPOSES: dict[str, tuple[str, str]] = {
    CONTEST: (
        N_("Tổ chức cuộc thi và chương trình"),
        N_(
            "Tôi đồng ý để đơn vị tổ chức lưu tên, năm sinh, cơ sở Đoàn, câu trả lời và điểm của tôi "
            "để tổ chức cuộc thi, chương trình và tính điểm thi đua. "
            "Việc sinh hoạt Đoàn có thể là dữ liệu nhạy cảm."
        ),
    ),
    RANKING: (
        N_("Hiện tên trên bảng xếp hạng"),
        N_(
            "Tôi đồng ý cho hiện họ tên tôi trên bảng xếp hạng và kết quả công khai. "
            "Không đồng ý thì chỉ hiện chữ cái đầu."
        ),
    ),
    STAGE: (
        N_("Hình ảnh trên sân khấu"),
        N_("Tôi đồng ý cho đơn vị tổ chức dùng ảnh, video có tôi tại chương trình để đưa tin về hoạt động."),
    ),
    NOTICE: (N_("Nhận thông báo"), N_("Tôi đồng ý nhận thông báo về cuộc thi và chương trình mới.")),
}
"""purpose -> title and wording. A changed wording gets a new digest; older proofs keep theirs."""

NEEDED = CONTEST
"""Without this one there is no ground to keep an account at all."""


@dataclass(frozen=True)
class Proof:
    """The origin of a decision: keyed digests of the address and the device, never the things themselves."""

    address: str
    device: str
    channel: str = "self"


@dataclass(frozen=True)
class Wording:
    """The words as they stood on the person's screen."""

    lang: str
    words: str

    def digest(self, purpose: str) -> str:
        return hashlib.sha256(f"{purpose}\n{self.lang}\n{self.words}".encode()).hexdigest()


@dataclass(frozen=True)
class Decision:
    """One stored decision, as its person may see it."""

    purpose: str
    given: bool
    at: int
    channel: str
    digest: str
    words: str


@writing
def decide_consents(
    db: Session, member_id: int, decisions: Mapping[str, bool], wordings: Mapping[str, Wording], proof: Proof
) -> list[str]:
    """Store what changed since the last decision, return those purposes; the public name follows."""
    return decide_consents_in(db, member_id, decisions, wordings, proof)


def decide_consents_in(
    db: Session,
    member_id: int,
    decisions: Mapping[str, bool],
    wordings: Mapping[str, Wording],
    proof: Proof,
    recorded_by: int | None = None,
) -> list[str]:
    """Stores the decisions that change something, each with its wording as proof; the purposes that changed."""
    before, now, changed = given_in(db, member_id), now_us(db), []
    for purpose, given in decisions.items():
        if purpose not in PURPOSES:
            raise Rejected("bad_request")
        if given == (purpose in before):
            continue
        wording = wordings[purpose]
        known = {"digest": wording.digest(purpose), "purpose": purpose, "lang": wording.lang, "words": wording.words}
        db.execute(insert(db, ConsentText).values(**known).on_conflict_do_nothing())
        db.add(
            Consent(
                member_id=member_id,
                purpose=purpose,
                given=given,
                text_digest=known["digest"],
                at=now,
                channel=proof.channel,
                address_hash=proof.address,
                device_hash=proof.device,
                recorded_by=recorded_by,
            )
        )
        changed.append(purpose)
    db.flush()
    member = db.get(Member, member_id)
    if member is not None:
        refresh_public_name(member, RANKING in given_in(db, member_id))
    return changed


@reading
def consents(db: Session, member_id: int) -> list[Decision]:
    """Every decision of one person, the newest first: the register, and the proof to print."""
    rows = db.execute(
        select(Consent, ConsentText.words)
        .join(ConsentText, ConsentText.digest == Consent.text_digest)
        .where(Consent.member_id == member_id)
        .order_by(Consent.id.desc())
    )
    return [Decision(c.purpose, c.given, c.at, c.channel, c.text_digest, words) for c, words in rows]


@reading
def given_consents(db: Session, member_id: int) -> set[str]:
    """The purposes this person agrees to now."""
    return given_in(db, member_id)


def given_in(db: Session, member_id: int) -> set[str]:
    newest = select(func.max(Consent.id)).where(Consent.member_id == member_id).group_by(Consent.purpose)
    return set(db.scalars(select(Consent.purpose).where(Consent.id.in_(newest), Consent.given)))
