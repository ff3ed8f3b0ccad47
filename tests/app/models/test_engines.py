"""The properties of this process's connections."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.models.engines import Database
from app.services.apart import apart

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


def test_a_walk_reads_on_a_connection_of_its_own_and_cannot_write(bound: Database) -> None:
    here = threading.get_ident()
    walked = bound.aside(lambda db: (db.scalar(text("SELECT 7")), threading.get_ident()))
    assert walked[0] == 7
    assert (walked[1] != here) == bound.is_sqlite, "PostgreSQL works elsewhere anyway"
    bound.aside(lambda db: db.execute(text("SELECT count(*) FROM chapter")))
    if bound.is_sqlite:
        with pytest.raises(DBAPIError, match="readonly"):
            bound.aside(lambda db: db.execute(text("DELETE FROM chapter")))


def test_work_on_a_thread_may_not_ask_the_database(bound: Database) -> None:
    for ask in (
        lambda: bound.write(lambda db: None),
        lambda: bound.aside(lambda db: None),
        lambda: bound.read().__enter__(),
    ):
        with pytest.raises(RuntimeError, match="asks the database"):
            apart(ask)
    assert apart(lambda: 7) == 7
    assert bound.write(lambda db: 7) == 7
