"""Row-level security of the kept papers."""

from django.db import migrations

from apps.core.rls import tenant_table


class Migration(migrations.Migration):
    dependencies = [("core", "0001_roles"), ("reports", "0001_initial")]

    operations = [tenant_table("reports_document")]
