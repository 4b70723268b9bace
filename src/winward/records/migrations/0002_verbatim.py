"""Verbatim or nothing: the database itself refuses a quote that is not there, and an edit of evidence."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION quotes_are_verbatim() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wrong record;
BEGIN
    SELECT s.passage_id, s.start, s."end", s.quote INTO wrong
    FROM written s JOIN passage p ON p.id = s.passage_id
    WHERE s.start < 0 OR s."end" <= s.start OR char_length(s.quote) <> s."end" - s.start OR s.quote <> substr(p.text, s.start + 1, s."end" - s.start)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'the quote "%" is not the text of passage % from % to %',
            left(wrong.quote, 60), wrong.passage_id, wrong.start, wrong."end" USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER verbatim_on_insert AFTER INSERT ON signal
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION quotes_are_verbatim();

CREATE FUNCTION quotes_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a signal''s quote and place never change; delete it and write another'
        USING ERRCODE = 'check_violation';
END $$;

CREATE TRIGGER verbatim_on_update BEFORE UPDATE ON signal FOR EACH ROW
    WHEN (OLD.quote IS DISTINCT FROM NEW.quote OR OLD.start <> NEW.start OR OLD."end" <> NEW."end"
          OR OLD.passage_id <> NEW.passage_id)
    EXECUTE FUNCTION quotes_stay();

CREATE FUNCTION evidence_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a passage''s words never change; import the corrected document again'
        USING ERRCODE = 'check_violation';
END $$;

CREATE TRIGGER evidence_on_update BEFORE UPDATE ON passage FOR EACH ROW
    WHEN (OLD.text IS DISTINCT FROM NEW.text OR OLD.document_id <> NEW.document_id)
    EXECUTE FUNCTION evidence_stays();
"""

BACKWARD = """
DROP TRIGGER evidence_on_update ON passage;
DROP TRIGGER verbatim_on_update ON signal;
DROP TRIGGER verbatim_on_insert ON signal;
DROP FUNCTION evidence_stays();
DROP FUNCTION quotes_stay();
DROP FUNCTION quotes_are_verbatim();
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
