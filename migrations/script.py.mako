<%
tables = config.attributes["tables"].sorted_tables
new = [table for table in tables if f"op.create_table('{table.name}'" in (upgrades or "")]
append_only = [table.name for table in new if table.info.get("append_only")]
body = (upgrades or "pass").replace("with op.batch_alter_table(", "with rebuild.table(")
%>\
"""${message}."""

import sqlalchemy as sa
from alembic import op
% if append_only or "rebuild." in body:

from migrations import rebuild
% endif

revision = "${up_revision}"
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${body}
% for table in append_only:
    rebuild.guard(${repr(table)})
% endfor
