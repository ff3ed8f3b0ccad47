"""The measures for Prometheus: one for each promise. docs/operations.md says what to watch.

Each is counted where it happens. One process has one registry, so they are made once, however many applications the
tests build.
"""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

TIMES = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2.5, 5, 10)
"""The upper ends of the steps in which times are counted, seconds."""
SIZES = (1, 2, 5, 10, 25, 50, 100, 250, 500)
"""The upper ends of the steps in which the lines of a transaction are counted."""

REQUESTS = Counter("scs_requests", "Web requests answered", ["route", "method", "status"])
SECONDS = Histogram("scs_request_seconds", "Time to answer a web request", ["route"], buckets=TIMES)
REFUSALS = Counter("scs_refusals", "Refusals said, over sockets and HTTP", ["code"])

ACK_SECONDS = Histogram("scs_ack_seconds", "From a line's arrival to its word", ["kind"], buckets=TIMES)
GROUP_LINES = Histogram("scs_commit_lines", "Lines stored in one transaction", ["kind"], buckets=SIZES)
GROUP_SECONDS = Histogram("scs_commit_seconds", "Time to store one group", ["kind"], buckets=TIMES)
WAITING = Gauge("scs_commit_waiting", "Lines that wait to be stored", ["kind"])
DROPPED = Counter("scs_commit_dropped", "Lines answered `busy`: too many wait, or the database is away", ["kind"])

LOOP_STALL = Histogram("scs_loop_stall_seconds", "How late the event loop woke from short sleeps", buckets=TIMES)
CLOCK_ERROR = Gauge("scs_clock_error_seconds", "Bound of the difference from the database's clock")

CONNECTIONS = Gauge("scs_connections", "Open sockets")
CONNECTS = Counter("scs_connects", "Sockets that entered a show: for the first time lately, or again", ["kind"])
BEHIND = Gauge("scs_phones_behind", "Sockets whose other side has not taken everything yet")
SLOW_PHONES = Counter("scs_slow_phones", "Sockets cut because too much waited for them")
ROOMS = Gauge("scs_rooms", "Shows with somebody connected here")

TROUBLE = Gauge("scs_trouble", "1 while it keeps answers from being stored", ["kind"])
REDIS_AWAY = Gauge("scs_redis_away", "1 while this worker does without Redis")
REDIS_FAILURES = Counter("scs_redis_failures", "Calls of Redis that failed", ["use"])
POOL_IN_USE = Gauge("scs_pool_in_use", "Connections to the database in use")
POOL_LIMIT = Gauge("scs_pool_limit", "Connections to the database this process may hold")
