"""The vectors of signals in a table of their own, so that a change of a signal leaves their index alone, and their signs
in their place."""

import django.db.models.deletion
import pgvector.django.bit
import pgvector.django.halfvec
from django.db import migrations, models

# All of it is one transaction: after a kill in the middle the old table is there, whole. The index is made anew only
# where there was one; by one process, for several share memory of which a container may have little. The column is
# rewritten in its place, so that the rows become as narrow as new ones are.
FORWARD = """
SET LOCAL maintenance_work_mem = '1GB';
SET LOCAL max_parallel_maintenance_workers = 0;
INSERT INTO signal_vector (signal_id, vector) SELECT id, vector FROM signal ORDER BY id;
ALTER TABLE signal_vector ADD CONSTRAINT signal_vector_of_signal
    FOREIGN KEY (signal_id) REFERENCES signal ON DELETE CASCADE;
DO $$ BEGIN
    IF to_regclass('signal_nearest') IS NOT NULL THEN
        DROP INDEX signal_nearest;
        CREATE INDEX signal_nearest ON signal_vector USING hnsw (vector halfvec_cosine_ops);
    END IF;
END $$;
ALTER TABLE signal ALTER COLUMN vector TYPE bit(384) USING binary_quantize(vector)::bit(384);
ALTER TABLE signal RENAME COLUMN vector TO signs;
ANALYZE signal, signal_vector;
"""

# Of tables without rows only.
BACKWARD = """
ALTER TABLE signal RENAME COLUMN signs TO vector;
ALTER TABLE signal ALTER COLUMN vector TYPE halfvec(384) USING NULL::halfvec(384);
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0014_losses")]
    operations = [
        migrations.CreateModel(
            name="SignalVector",
            fields=[
                (
                    "signal",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="meaning",
                        serialize=False,
                        to="records.signal",
                    ),
                ),
                ("vector", pgvector.django.halfvec.HalfVectorField(dimensions=384)),
            ],
            options={"db_table": "signal_vector"},
        ),
        migrations.RunSQL(
            FORWARD,
            BACKWARD,
            state_operations=[
                migrations.RenameField("signal", "vector", "signs"),
                migrations.AlterField("signal", "signs", pgvector.django.bit.BitField(length=384)),
            ],
        ),
        migrations.AddIndex("signal", models.Index(fields=["document", "kind"], name="signal_by_document")),
        migrations.AlterField(
            "signal",
            "document",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="signals",
                to="records.document",
            ),
        ),
    ]
