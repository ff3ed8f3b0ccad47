"""PostgreSQL keeps the words of a question as a stored vector; a vector reckoned for each row read was slow."""

from alembic import op

revision = "3f7a1c0de924"
down_revision = "06fc8f8f9549"
branch_labels = None
depends_on = None

VECTOR = "array_to_tsvector(string_to_array({0}place || ' ' || {0}folded || ' ' || {0}marked, ' '))"

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
    say("CREATE TABLE found_in_words (question_id bigint PRIMARY KEY, words tsvector NOT NULL)")
    say(f"INSERT INTO found_in_words SELECT question_id, {VECTOR.format('')} FROM question_words")  # noqa: S608
    say("CREATE INDEX found_in_words_words ON found_in_words USING gin (words)")
    say(KEPT)
    say(
        "CREATE TRIGGER found_in_words_kept AFTER INSERT OR UPDATE OR DELETE ON question_words "
        "FOR EACH ROW EXECUTE FUNCTION found_in_words_kept()"
    )
    say(
        "CREATE TRIGGER found_in_words_emptied AFTER TRUNCATE ON question_words "
        "FOR EACH STATEMENT EXECUTE FUNCTION found_in_words_kept()"
    )
    say("DROP INDEX found_in_question")
