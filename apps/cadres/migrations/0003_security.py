"""Row-level security of this app's tenant tables and their history."""

from django.conf import settings
from django.db import migrations

from apps.core.rls import append_only, tenant_table

ROLE = settings.APP_ROLE


class Migration(migrations.Migration):
    dependencies = [("core", "0001_roles"), ("cadres", "0002_initial")]

    operations = [
        tenant_table("cadres_cadre", readers={"person": "person", "unit": "unit_id"}),
        tenant_table("cadres_cadreevent"),
        append_only("cadres_cadreevent", ROLE),
    ]
