<%
from app.models import Base
new = [table for table in Base.metadata.sorted_tables if f"op.create_table('{table.name}'" in (upgrades or "")]
append_only = [table.name for table in new if table.info.get("append_only")]
%>\
"""${message}."""

import sqlalchemy as sa
from alembic import op
% if append_only:

from app.models.engines import append_only_statements
% endif

revision = "${up_revision}"
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}
% if append_only:
    for table in ${repr(tuple(append_only))}:
        for statement in append_only_statements(table, op.get_bind().dialect.name):
            op.execute(statement)
% endif
