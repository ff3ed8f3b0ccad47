"""The law's clock: working days, extensions, and deadlines that are never late."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from quizzes import rights
from quizzes.holidays import DAYS, SHIPPED, Calendar, date_of

HERE = timezone(timedelta(hours=7))


def at(*day: int) -> int:
    return int(datetime(*day, tzinfo=HERE).timestamp()) * 1_000_000


def shown(moment: int) -> str:
    return datetime.fromtimestamp(moment / 1e6, UTC).astimezone(HERE).strftime("%a %d-%m %H:%M")


def test_the_first_reply_takes_two_working_days_over_a_weekend():
    assert shown(rights.reply_by(at(2026, 11, 30, 9))) == "Wed 02-12 23:59", "asked on a Monday"
    assert shown(rights.reply_by(at(2026, 11, 27, 23, 59))) == "Tue 01-12 23:59", "asked late on a Friday"
    assert shown(rights.reply_by(at(2026, 11, 28, 0, 1))) == "Tue 01-12 23:59", "asked on a Saturday"


def test_holidays_bridge_days_and_worked_saturdays_count_as_the_year_has_them():
    assert shown(rights.reply_by(at(2026, 2, 13, 9))) == "Tue 24-02 23:59", "Friday before Tết: nine days are free"
    assert shown(rights.reply_by(at(2026, 4, 24, 9))) == "Wed 29-04 23:59", "the kings' day on a Sunday frees Monday"
    assert shown(rights.reply_by(at(2026, 4, 29, 9))) == "Tue 05-05 23:59"
    assert shown(rights.reply_by(at(2026, 8, 21, 9))) == "Mon 24-08 23:59", "Saturday 22 August is worked"
    assert shown(rights.reply_by(at(2026, 8, 28, 9))) == "Fri 04-09 23:59", "31 August to 2 September are free"
    assert shown(rights.reply_by(at(2025, 12, 31, 9))) == "Tue 06-01 23:59"
    assert shown(rights.reply_by(at(2025, 1, 24, 9))) == "Tue 04-02 23:59"


def test_what_the_operator_decided_stands_above_what_is_shipped():
    own = Calendar({20261201: False, 20260216: True, 20261205: True})
    assert shown(rights.reply_by(at(2026, 11, 30, 9), own)) == "Thu 03-12 23:59"
    assert shown(rights.reply_by(at(2026, 2, 13, 9), own)) == "Mon 23-02 23:59"
    assert rights.clock("view", at(2026, 11, 30), None, 0, calendar=own).until == rights.reply_by(at(2026, 11, 30), own)


def test_every_shipped_day_exists_and_changes_something():
    for number, (works, _) in DAYS.items():
        assert (date_of(number).weekday() < 5) is not works, number


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
    assert sum(map(SHIPPED.works, between)) == days and SHIPPED.works(between[-1])
