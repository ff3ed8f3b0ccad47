"""Alembic's way in: the connection, the tables of the code and the lock around it come from `app.models.schema`."""

from typing import Any

from alembic import context
from sqlalchemy.sql.elements import False_, True_


def render(kind: str, item: Any, _: object) -> Any:
    """A default of yes or no is written for every engine; the scratch database's own words are 0 and 1."""
    if kind == "server_default" and isinstance(getattr(item, "arg", None), False_ | True_):
        return f"sa.{'true' if isinstance(item.arg, True_) else 'false'}()"
    return False


def ours(_: Any, name: str | None, *__: Any) -> bool:
    """True for tables of ours. Those that only help to find words are made by a step in each engine's own words."""
    return not context.config.attributes["is_index"](name)


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes["tables"],
    render_as_batch=True,  # SQLite changes a table by making it anew
    compare_server_default=True,
    render_item=render,
    include_object=ours,
)
context.run_migrations()
