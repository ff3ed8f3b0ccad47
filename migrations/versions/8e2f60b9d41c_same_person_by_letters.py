"""A taught person is known again by letters and digits of the name alone, whatever stands between them."""

import sqlalchemy as sa
from alembic import op

revision = "8e2f60b9d41c"
down_revision = "a41d7c9e52f8"
branch_labels = None
depends_on = None

TAUGHT = sa.table("taught", sa.column("teaching_id", sa.BigInteger), sa.column("same_key", sa.String))


def upgrade() -> None:
    connection = op.get_bind()
    for number, key in connection.execute(sa.select(TAUGHT.c.teaching_id, TAUGHT.c.same_key)).all():
        name, _, year = key.rpartition("|")
        plain = f"{''.join(filter(str.isalnum, name))}|{year}"
        if plain != key:
            connection.execute(sa.update(TAUGHT).where(TAUGHT.c.teaching_id == number).values(same_key=plain))
