"""Connections to PostgreSQL: how a dead one is noticed, and how many each of several workers may hold."""

from __future__ import annotations

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

NETWORK = {
    "connect_timeout": 5,
    "tcp_user_timeout": 5000,
    "keepalives": 1,
    "keepalives_idle": 2,
    "keepalives_interval": 1,
    "keepalives_count": 3,
}
"""A PostgreSQL machine that loses its power or its network resets no connection: without these, heartbeats, closings
and answers would wait on a dead socket for a quarter of an hour and more. Seconds, but the second one milliseconds."""


class TooFewConnections(RuntimeError):
    """PostgreSQL allows fewer connections than so many workers need; the text is the line its operator reads."""


SPARE = 10
"""Connections left to commands, backups and whoever looks into the database."""
LEAST = 4  # connections a worker needs


def share(url: str, workers: int) -> int:
    """The number of connections that each of so many workers may hold. Raises TooFewConnections when it is too small to
    work with."""
    engine = create_engine(url, poolclass=NullPool, connect_args=NETWORK)
    with engine.connect() as db:
        limit = int(db.scalar(text("SHOW max_connections")) or 0)
        reserved = int(db.scalar(text("SHOW superuser_reserved_connections")) or 0)
    share = (limit - reserved - SPARE) // workers
    if share < LEAST:
        raise TooFewConnections(
            f"PostgreSQL cho quá ít kết nối cho {workers} tiến trình. / PostgreSQL allows {limit} connections, too few "
            f"for {workers} workers. Raise max_connections to {reserved + SPARE + workers * LEAST} or more."
        )
    return share
