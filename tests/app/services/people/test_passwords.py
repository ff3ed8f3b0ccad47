"""argon2id as OWASP asks, on few threads, with a full queue refused."""

from __future__ import annotations

import pytest

from app.services.people import passwords
from quizzes.refusals import Rejected


def test_a_hash_is_argon2id_with_the_promised_parameters() -> None:
    stored = passwords.hashed("bốn con vịt bơi")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.matches(stored, "bốn con vịt bơi")
    assert not passwords.matches(stored, "bốn con vịt")
    assert not passwords.outdated(stored)


@pytest.mark.parametrize("stored", [None, "", "not a hash"])
def test_nobody_gets_in_without_a_stored_hash(stored: str | None) -> None:
    assert not passwords.matches(stored, "nobody has this password")


def test_a_full_queue_says_busy_and_recovers() -> None:
    for _ in range(passwords.WAITING):
        assert passwords._places.acquire(blocking=False)
    with pytest.raises(Rejected) as refusal:
        passwords.hashed("bốn con vịt bơi")
    assert refusal.value.code == "busy"
    for _ in range(passwords.WAITING):
        passwords._places.release()
    assert passwords.hashed("bốn con vịt bơi")


@pytest.mark.parametrize("good", ["bốn con vịt bơi", "Tôi yêu phường Sao Mai", "xK9#mQ2$vL"])
def test_long_phrases_and_random_letters_are_fine(good: str) -> None:
    assert passwords.weakness(good, login="an") is None
