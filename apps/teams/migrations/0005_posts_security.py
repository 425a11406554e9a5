"""Row-level security of what is written about a village's composition; written once, never changed."""

from django.conf import settings
from django.db import migrations

from apps.core.rls import append_only, tenant_table

ROLE = settings.APP_ROLE
TABLES = ("teams_compositionreason", "teams_strengthreduction")


class Migration(migrations.Migration):
    dependencies = [("core", "0001_roles"), ("teams", "0004_villages_and_posts")]

    operations = [operation for table in TABLES for operation in (tenant_table(table), append_only(table, ROLE))]
