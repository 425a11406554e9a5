"""Row-level security of this app's tenant tables and their history."""

from django.conf import settings
from django.db import migrations

from apps.core.rls import append_only, kept, tenant_table

ROLE = settings.APP_ROLE


class Migration(migrations.Migration):
    dependencies = [("core", "0001_roles"), ("amendments", "0001_initial")]

    operations = [
        tenant_table("amendments_amendment"),
        kept("amendments_amendment", ROLE),
        tenant_table("amendments_amendmentevent"),
        append_only("amendments_amendmentevent", ROLE),
    ]
