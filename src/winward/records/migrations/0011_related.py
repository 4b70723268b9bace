"""Words of passages and of quotes in the language that they are in, for related signals and search."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

STEMMED = (
    "english",
    "german",
    "french",
    "spanish",
    "italian",
    "portuguese",
    "dutch",
    "swedish",
    "danish",
    "norwegian",
    "finnish",
    "russian",
)

# Filled as a generated column is, by rewriting the table once: an UPDATE would enter each row anew into every index.
# What is there so far was read as English.
FORWARD = """
SET LOCAL maintenance_work_mem = '1GB';
ALTER TABLE signal ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('english', quote)) STORED;
ALTER TABLE signal ALTER COLUMN words DROP EXPRESSION;

CREATE FUNCTION words_of_quote() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT to_tsvector(p.language::regconfig, NEW.quote) INTO NEW.words FROM passage p WHERE p.id = NEW.passage_id;
    RETURN NEW;
END $$;

CREATE TRIGGER words_on_insert BEFORE INSERT ON signal FOR EACH ROW EXECUTE FUNCTION words_of_quote();
"""

BACKWARD = """
DROP TRIGGER words_on_insert ON signal;
DROP FUNCTION words_of_quote();
ALTER TABLE signal DROP COLUMN words;
"""


def words_of(column: str) -> models.Case:
    return models.Case(
        *(
            models.When(language=name, then=django.contrib.postgres.search.SearchVector(column, config=name))
            for name in STEMMED
        ),
        default=django.contrib.postgres.search.SearchVector(column, config="simple"),
    )


class Migration(migrations.Migration):
    dependencies = [("records", "0009_shaping")]
    operations = [
        migrations.AddField("passage", "language", models.TextField(db_default="english")),
        migrations.RemoveIndex("passage", "passage_words"),
        migrations.RemoveField("passage", "search"),
        migrations.AddField(
            "passage",
            "search",
            models.GeneratedField(
                expression=words_of("text"),
                output_field=django.contrib.postgres.search.SearchVectorField(),
                db_persist=True,
            ),
        ),
        migrations.AddIndex(
            "passage", django.contrib.postgres.indexes.GinIndex(fields=["search"], name="passage_words")
        ),
        migrations.AddIndex(
            "passage",
            models.Index(
                fields=["language"], condition=models.Q(("language", "english"), _negated=True), name="passage_foreign"
            ),
        ),
        migrations.RunSQL(
            FORWARD,
            BACKWARD,
            state_operations=[
                migrations.AddField(
                    "signal", "words", django.contrib.postgres.search.SearchVectorField(editable=False, null=True)
                )
            ],
        ),
        migrations.AddIndex("document", models.Index(fields=["happened_at"], name="document_by_day")),
        migrations.AddIndex("signal", django.contrib.postgres.indexes.GinIndex(fields=["words"], name="signal_words")),
    ]
