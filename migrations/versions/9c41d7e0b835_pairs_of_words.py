"""PostgreSQL keeps pairs of neighbouring words, too: words side by side are found without reading any text."""

from alembic import op

revision = "9c41d7e0b835"
down_revision = "4c9a7be12d85"
branch_labels = None
depends_on = None

PAIRS = (
    "CREATE OR REPLACE FUNCTION found_in_words_pairs(said text[]) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$ "
    "SELECT coalesce(array_agg(one || '_' || next), '{}') FROM unnest(said, said[2:]) AS neighbours (one, next) "
    "WHERE next IS NOT NULL $$"
)
VECTOR = (
    "array_to_tsvector(array_remove(string_to_array({0}place || ' ' || {0}folded || ' ' || {0}marked, ' ') "
    "|| found_in_words_pairs(string_to_array({0}folded, ' ')) || found_in_words_pairs(string_to_array({0}marked, ' ')), ''))"
)
KEPT = (
    "CREATE OR REPLACE FUNCTION found_in_words_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF TG_OP = 'TRUNCATE' THEN TRUNCATE found_in_words; RETURN NULL; END IF; "
    "IF TG_OP <> 'INSERT' THEN DELETE FROM found_in_words WHERE question_id = old.question_id; END IF; "
    "IF TG_OP <> 'DELETE' THEN INSERT INTO found_in_words VALUES (new.question_id, VECTOR); END IF; "
    "RETURN NULL; END $$"
).replace("VECTOR", VECTOR.format("new."))


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    say = op.get_bind().exec_driver_sql
    say(PAIRS)
    say(KEPT)
    say("DROP INDEX found_in_words_words")
    say("TRUNCATE found_in_words")
    say(f"INSERT INTO found_in_words SELECT question_id, {VECTOR.format('')} FROM question_words")  # noqa: S608
    say("CREATE INDEX found_in_words_words ON found_in_words USING gin (words)")
