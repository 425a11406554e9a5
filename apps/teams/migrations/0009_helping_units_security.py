"""Row-level security of which units help a village, and of its history."""

from django.conf import settings
from django.db import migrations

from apps.core.rls import append_only, tenant_table


class Migration(migrations.Migration):
    dependencies = [("core", "0001_roles"), ("teams", "0008_helping_units")]

    operations = [
        tenant_table("teams_helpingunit"),
        tenant_table("teams_helpingunitevent"),
        append_only("teams_helpingunitevent", settings.APP_ROLE),
    ]
