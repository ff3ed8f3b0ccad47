"""What the connections of this process are like."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.models.engines import Database

IN_TIME_S = 5


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_machine_that_vanishes_without_a_word_is_given_up_in_time(bound: Database) -> None:
    with bound.engine.connect() as connection:
        words = connection.connection.driver_connection.info.get_parameters()  # type: ignore[union-attr]
    told = {name: int(word) for name, word in words.items() if word.isdigit()}
    assert told["connect_timeout"] <= IN_TIME_S
    assert told["tcp_user_timeout"] == IN_TIME_S * 1000, "what was sent and not taken, in milliseconds"
    assert words["keepalives"] == "1", "what was taken and not answered"
    assert told["keepalives_idle"] + told["keepalives_interval"] * told["keepalives_count"] <= IN_TIME_S


def test_what_a_failed_statement_was_given_is_not_told(bound: Database) -> None:
    wrong = text("SELECT nothing FROM nowhere WHERE code = :secret")
    with pytest.raises(DBAPIError) as problem:
        bound.write(lambda db: db.execute(wrong, {"secret": "bốn con vịt bơi"}))
    assert "vịt" not in str(problem.value)
