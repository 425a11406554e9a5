"""Who, when and why stand beside every event: once written they may be added to, never changed or removed.

The context of one request is written by the first change and completed by later ones (an upsert of pghistory's own),
so the application keeps its UPDATE and a trigger holds what is there.
"""

from django.conf import settings
from django.db import migrations

ROLE = settings.APP_ROLE


class Migration(migrations.Migration):
    dependencies = [("core", "0001_roles"), ("pghistory", "0007_auto_20250421_0444")]

    operations = [
        migrations.RunSQL(
            f"""
            CREATE FUNCTION history_context_kept() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF NEW.id <> OLD.id OR NEW.created_at <> OLD.created_at OR NOT NEW.metadata @> OLD.metadata THEN
                    RAISE EXCEPTION 'the context of an event is never changed';
                END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER history_context_kept BEFORE UPDATE ON pghistory_context
                FOR EACH ROW EXECUTE FUNCTION history_context_kept();
            REVOKE DELETE ON pghistory_context FROM {ROLE};
            """,
            reverse_sql=f"""
            GRANT DELETE ON pghistory_context TO {ROLE};
            DROP TRIGGER history_context_kept ON pghistory_context;
            DROP FUNCTION history_context_kept();
            """,
        ),
    ]
