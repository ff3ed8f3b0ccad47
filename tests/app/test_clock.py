"""The live clock against system clocks that jump, drift and disagree."""

from app.clock import SLEW_US, Clock

HOUR_US = 3_600_000_000
START_NS = 1_790_000_000_000_000_000


class Machine:
    """A machine's two clocks; only the real one can be set."""

    def __init__(self) -> None:
        self.real, self.steady = START_NS, 5_000_000_000
        self.clock = Clock(lambda: self.real, lambda: self.steady)

    def pass_us(self, duration: int) -> None:
        self.real += duration * 1000
        self.steady += duration * 1000

    def set_clock(self, by_us: int) -> None:
        self.real += by_us * 1000


def test_an_hour_more_or_less_on_the_system_clock_changes_nothing():
    for jump in (HOUR_US, -HOUR_US):
        machine = Machine()
        before = machine.clock.now_us()
        machine.set_clock(jump)
        machine.pass_us(250)
        assert machine.clock.now_us() == before + 250


def test_a_message_keeps_its_age_when_the_clock_jumps_while_it_waits():
    for jump in (HOUR_US, -HOUR_US, 86_400_000_000):
        machine = Machine()
        stamp = machine.real
        machine.pass_us(40_000)
        machine.set_clock(jump)
        machine.pass_us(2_000)
        assert machine.clock.age_us(stamp) == 42_000
        machine.clock.watch()  # a tick came between the jump and the read
        machine.pass_us(1_000)
        assert machine.clock.age_us(stamp) == 43_000


def test_a_message_stamped_after_the_jump_has_its_age_too():
    machine = Machine()
    machine.set_clock(HOUR_US)
    stamp = machine.real
    machine.pass_us(7_000)
    assert machine.clock.age_us(stamp) == 7_000


def test_a_stamp_from_the_future_is_now():
    machine = Machine()
    assert machine.clock.age_us(machine.real + 5_000_000) == 0


def test_the_first_anchor_is_taken_whole():
    machine = Machine()
    ours = machine.clock.now_us()
    assert machine.clock.anchor(ours + HOUR_US) == HOUR_US
    assert machine.clock.now_us() == ours + HOUR_US


def test_later_anchors_are_slewed_in_and_time_never_runs_backwards():
    machine = Machine()
    machine.clock.anchor(machine.clock.now_us())
    start = machine.clock.now_us()
    machine.clock.anchor(start - 400_000)  # the database is 0.4 s behind
    times = []
    for _ in range(110):
        times.append(machine.clock.now_us())
        machine.pass_us(SLEW_US // 100)
    assert times == sorted(set(times))
    assert machine.clock.now_us() == start + 110 * SLEW_US // 100 - 400_000


def test_an_anchor_an_hour_off_is_reported_but_not_followed():
    machine = Machine()
    machine.clock.anchor(machine.clock.now_us())
    before = machine.clock.now_us()
    assert machine.clock.anchor(before + HOUR_US) == HOUR_US
    machine.pass_us(SLEW_US)
    assert machine.clock.now_us() == before + SLEW_US
    assert machine.clock.error_us == HOUR_US


def test_a_process_that_goes_on_in_the_time_of_another_keeps_its_distance_from_the_database():
    machine = Machine()
    database = machine.clock.now_us()  # an hour on, since the process before us had it jump
    machine.clock.begin(database - HOUR_US, database)
    machine.pass_us(500_000)
    assert machine.clock.now_us() == database - HOUR_US + 500_000
    assert machine.clock.anchor(database + 500_000) == 0
    machine.clock.anchor(database + 530_000)  # it drifts a little: that is followed
    machine.pass_us(SLEW_US)
    assert machine.clock.now_us() == database - HOUR_US + 530_000 + SLEW_US


def test_hours_that_people_were_promised_are_those_of_the_wall():
    machine = Machine()
    database = machine.clock.now_us()
    for at in (database, database - HOUR_US, database + HOUR_US):
        machine.clock.begin(at, database)
        machine.pass_us(1_000)
        assert machine.clock.wall_us(machine.clock.now_us()) == database + 1_000


def test_a_slow_measurement_moves_nothing_it_does_not_prove():
    machine = Machine()
    machine.clock.anchor(machine.clock.now_us())
    before = machine.clock.now_us()
    machine.clock.anchor(before - 10_000, 40_000)  # 10 ms off in a round trip of 40: nothing proved
    machine.clock.anchor(before - 300_000, 500_000)  # too vague to say
    machine.pass_us(SLEW_US)
    assert machine.clock.now_us() == before + SLEW_US


def test_a_round_trip_counts_half():
    machine = Machine()
    ours = machine.clock.now_us()
    assert machine.clock.anchor(ours, 20_000) == 10_000
    assert machine.clock.error_us == 20_000
