"""Files on their way in are kept, to be read again when more is said about them."""

import sqlalchemy as sa
from alembic import op

revision = "9d41b7e5a260"
down_revision = "2cd8acf7e832"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import_title",
        sa.Column("chapter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["chapter_id"], ["chapter.id"], name=op.f("fk_import_title_chapter_id_chapter")
        ),
        sa.PrimaryKeyConstraint("chapter_id", "kind", "title", name=op.f("pk_import_title")),
    )
    op.add_column("import_job", sa.Column("data", sa.LargeBinary(), nullable=True))
    op.add_column("import_job", sa.Column("said", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("import_job", sa.Column("found", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("import_row", sa.Column("twin_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
    op.add_column("import_row", sa.Column("twin_row", sa.Integer(), nullable=True))
    op.add_column("import_question", sa.Column("about", sa.Text(), server_default="{}", nullable=False))
