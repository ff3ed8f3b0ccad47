"""The law's clock: working days, extensions, and deadlines that are never late."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from quizzes import rights

HERE = timezone(timedelta(hours=7))


def at(*day: int) -> int:
    return int(datetime(*day, tzinfo=HERE).timestamp()) * 1_000_000


def shown(moment: int) -> str:
    return datetime.fromtimestamp(moment / 1e6, UTC).astimezone(HERE).strftime("%a %d-%m %H:%M")


def test_the_first_reply_takes_two_working_days_over_a_weekend():
    assert shown(rights.reply_by(at(2026, 11, 30, 9))) == "Wed 02-12 23:59", "asked on a Monday"
    assert shown(rights.reply_by(at(2026, 11, 27, 23, 59))) == "Tue 01-12 23:59", "asked late on a Friday"
    assert shown(rights.reply_by(at(2026, 11, 28, 0, 1))) == "Tue 01-12 23:59", "asked on a Saturday"


def test_after_the_reply_the_thing_itself_is_due_and_once_as_much_with_a_reason():
    asked = at(2026, 11, 30, 9)
    assert rights.clock("delete", asked, None, asked).reply
    done = rights.clock("delete", asked, asked, asked)
    assert (shown(done.until), done.reply, done.late) == ("Sun 20-12 23:59", False, False)
    assert shown(rights.due_at("delete", asked, extended=True)) == "Sat 09-01 23:59"
    assert rights.clock("view", asked, asked, done.until).late
    assert rights.day_of(at(2026, 12, 31, 23, 30)) == 20261231


@given(st.integers(0, 4_000_000_000), st.integers(1, 40))
def test_a_deadline_is_the_end_of_a_working_day_and_between_lie_so_many(second, days):
    asked = second * 1_000_000
    until = rights.working_days_after(asked, days)
    end = datetime.fromtimestamp((until + 1) / 1e6, UTC).astimezone(HERE)
    assert (end.hour, end.minute, end.second) == (0, 0, 0) and until > asked
    begin = datetime.fromtimestamp(second, UTC).astimezone(HERE).date()
    between = [begin + timedelta(days=n) for n in range(1, (end.date() - begin).days)]
    assert sum(day.weekday() < 5 for day in between) == days and between[-1].weekday() < 5
