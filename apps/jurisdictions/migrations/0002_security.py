"""Row-level security of this app's tenant tables and their history."""

from django.conf import settings
from django.db import migrations

from apps.core.rls import append_only, tenant_table

ROLE = settings.APP_ROLE


class Migration(migrations.Migration):
    dependencies = [("core", "0001_roles"), ("jurisdictions", "0001_initial")]

    operations = [
        tenant_table("jurisdictions_village"),
        tenant_table("jurisdictions_villageevent"),
        append_only("jurisdictions_villageevent", ROLE),
    ]
