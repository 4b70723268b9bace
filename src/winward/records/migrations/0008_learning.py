from django.db import migrations, models

KNOWN = """
UPDATE correction c SET signal = s.id FROM signal s WHERE s.document_id = c.document_id AND s.quote = c.quote;
UPDATE signal s SET checked = true FROM correction c WHERE s.document_id = c.document_id AND s.quote = c.quote;
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0007_reading")]

    operations = [
        migrations.AddField(
            model_name="correction",
            name="signal",
            field=models.BigIntegerField(db_index=True, null=True),
        ),
        migrations.AddField(
            model_name="ownheads",
            name="changed",
            field=models.IntegerField(db_default=0),
        ),
        migrations.AlterField(
            model_name="ownheads",
            name="learnt_at",
            field=models.DateTimeField(),
        ),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
    ]
