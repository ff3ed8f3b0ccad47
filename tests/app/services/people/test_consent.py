"""Consent with proof."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from app.models.engines import database
from app.services.people.consent import PURPOSES, Proof, Wording, consents, decide_consents, given_consents
from app.services.people.members import member
from quizzes.refusals import Rejected
from tests.organisation import Organisation, plant
from tests.people import AN

WORDS = {purpose: Wording("vi", words) for purpose, (_, words) in PURPOSES.items()}
PROOF = Proof("digest of an address", "digest of a device")


@pytest.fixture
def org(bound: object) -> Organisation:
    return plant()


def test_each_decision_is_kept_with_who_what_which_words_when_and_how(org: Organisation) -> None:
    decide_consents(org.members[AN], {"ranking": True, "stage": False}, WORDS, PROOF)
    (one,) = consents(org.members[AN])
    assert (one.purpose, one.given, one.channel) == ("ranking", True, "self")
    assert one.words == WORDS["ranking"].words
    assert one.digest == WORDS["ranking"].digest("ranking")
    assert one.at > 0


def test_withdrawing_adds_a_line_and_hides_the_name_at_once(org: Organisation) -> None:
    decide_consents(org.members[AN], {"ranking": True}, WORDS, PROOF)
    named = member(org.members[AN])
    decide_consents(org.members[AN], {"ranking": False}, WORDS, PROOF)
    hidden = member(org.members[AN])
    assert named is not None
    assert hidden is not None
    assert (named.public_name, hidden.public_name) == ("Nguyễn Thị An", "N.T.A.")
    assert [one.given for one in consents(org.members[AN])] == [False, True]
    assert given_consents(org.members[AN]) == set()


def test_the_same_answer_again_adds_nothing(org: Organisation) -> None:
    assert decide_consents(org.members[AN], {"contest": True}, WORDS, PROOF) == ["contest"]
    assert decide_consents(org.members[AN], {"contest": True}, WORDS, PROOF) == []
    assert len(consents(org.members[AN])) == 1


def test_a_changed_wording_has_another_digest_and_old_proofs_keep_theirs(org: Organisation) -> None:
    decide_consents(org.members[AN], {"notice": True}, WORDS, PROOF)
    decide_consents(org.members[AN], {"notice": False}, {"notice": Wording("vi", "Câu chữ mới.")}, PROOF)
    new, old = consents(org.members[AN])
    assert old.words == WORDS["notice"].words
    assert (new.words, new.digest != old.digest) == ("Câu chữ mới.", True)


def test_a_purpose_nobody_declared_is_refused(org: Organisation) -> None:
    with pytest.raises(Rejected):
        decide_consents(org.members[AN], {"sell": True}, WORDS, PROOF)


@pytest.mark.parametrize("statement", ["UPDATE consent SET given = NOT given", "DELETE FROM consent"])
def test_the_database_itself_keeps_proofs(org: Organisation, statement: str) -> None:
    decide_consents(org.members[AN], {"contest": True}, WORDS, PROOF)
    with pytest.raises(DatabaseError):
        database.write(lambda db: db.execute(text(statement)))
    assert given_consents(org.members[AN]) == {"contest"}
