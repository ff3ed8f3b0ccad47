"""Guessed passwords: counted for the account that is looked up, however its name is written and wherever it is asked.

A browser that has signed in as this person before is counted alone, so neither a hall of strangers behind the same
address nor a thousand addresses shut its owner out; everybody else is counted by address, and all of them together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from limits import RateLimitItem

from app.security import limits, sessions
from app.security.headers import address
from app.services.people.members import member_with_code
from app.services.people.names import clean_name_to_sign_in
from app.services.tokens import digest
from quizzes.refusals import Rejected

AT_ONCE = 5
"""Passwords for one account that are looked at together: who asks more at once is counted too late otherwise."""
Counted = list[tuple[RateLimitItem, tuple[str, ...]]]

_asked: Counter[str] = Counter()


@contextmanager
def guessing(login: str | int) -> Iterator[None]:
    """Look at a password within this block, for a login as it was typed or for a member in their own session. Refuses
    with wait_a_while where too many were wrong; counts a `wrong_password` that is raised inside."""
    member_id = login if isinstance(login, int) else member_with_code(login)
    name = f"member {member_id}" if member_id is not None else digest(clean_name_to_sign_in(str(login)))[:24]
    counted = _counted(member_id, name)
    wait = max(limits.rates().wait(limit, *key) for limit, key in counted)
    if wait or _asked[name] >= AT_ONCE:
        limits.refuse(wait or 1.0, "wait_a_while")
    _asked[name] += 1
    try:
        yield
    except Rejected as refusal:
        if refusal.code == "wrong_password":
            for limit, key in counted:
                limits.rates().spend(limit, *key)
        raise
    finally:
        _asked[name] -= 1
        if not _asked[name]:
            del _asked[name]


def _counted(member_id: int | None, name: str) -> Counted:
    own = sessions.own_browser(member_id)
    if own is not None:
        return [(limit, ("wrong", name, own)) for limit in limits.WRONG_HERE]
    here: Counted = [(limit, ("wrong", name, address())) for limit in limits.WRONG_HERE]
    return here + [(limit, ("wrong", name)) for limit in limits.WRONG_ANYWHERE]
