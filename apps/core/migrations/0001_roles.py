"""The application role gets rows, never tables: no ownership, no TRUNCATE, REFERENCES or TRIGGER."""

from django.conf import settings
from django.db import migrations

ROLE = settings.APP_ROLE


class Migration(migrations.Migration):
    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.RunSQL(
            f"""
            GRANT USAGE ON SCHEMA public TO {ROLE};
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {ROLE};
            GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {ROLE};
            ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {ROLE};
            ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {ROLE};
            CREATE EXTENSION IF NOT EXISTS btree_gist;
            """,
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
