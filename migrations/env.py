"""Alembic's way in: the connection and the lock around it come from `app.models.schema`."""

from alembic import context

from app.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite changes a table by making it anew
    compare_server_default=True,
)
context.run_migrations()
