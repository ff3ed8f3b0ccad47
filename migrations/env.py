"""Alembic's way in: the connection, the tables of the code and the lock around it come from `app.models.schema`."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes["tables"],
    render_as_batch=True,  # SQLite changes a table by making it anew
    compare_server_default=True,
)
context.run_migrations()
