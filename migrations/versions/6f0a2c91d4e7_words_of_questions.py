"""Words of questions, to be found by. The program fills them at its next start."""

import sqlalchemy as sa
from alembic import op

revision = "6f0a2c91d4e7"
down_revision = "c57cb236eff6"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "question_words",
        sa.Column("question_id", NUMBER,
                  sa.ForeignKey("question.id", name="fk_question_words_question_id_question", ondelete="CASCADE"),
                  primary_key=True, autoincrement=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("marked", sa.Text(), nullable=False),
    )
    say = op.get_bind().exec_driver_sql
    if op.get_bind().dialect.name == "postgresql":
        say("CREATE INDEX found_in_question ON question_words USING gin "
            "(array_to_tsvector(string_to_array(place || ' ' || folded || ' ' || marked, ' ')))")
        return
    say("CREATE VIRTUAL TABLE found_in_question USING fts5(place, folded, marked, content='question_words', "
        "content_rowid='question_id', tokenize='unicode61 remove_diacritics 0')")
    new = ("INSERT INTO found_in_question (rowid, place, folded, marked) "
           "VALUES (new.question_id, new.place, new.folded, new.marked);")
    old = ("INSERT INTO found_in_question (found_in_question, rowid, place, folded, marked) "
           "VALUES ('delete', old.question_id, old.place, old.folded, old.marked);")
    for verb, what in (("insert", new), ("delete", old), ("update", old + new)):
        say(f"CREATE TRIGGER found_in_question_{verb} AFTER {verb.upper()} ON question_words BEGIN {what} END")
