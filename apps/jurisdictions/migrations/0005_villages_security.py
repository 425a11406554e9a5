"""Row-level security of what is known of villages, and of its history."""

from django.conf import settings
from django.db import migrations

from apps.core.rls import append_only, tenant_table

ROLE = settings.APP_ROLE
TABLES = ("jurisdictions_villageclassspan", "jurisdictions_villagemeasure", "jurisdictions_villageneed")


class Migration(migrations.Migration):
    dependencies = [("core", "0001_roles"), ("jurisdictions", "0004_villages_and_posts")]

    operations = [
        operation
        for table in TABLES
        for operation in (tenant_table(table), tenant_table(f"{table}event"), append_only(f"{table}event", ROLE))
    ]
