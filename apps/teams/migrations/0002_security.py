"""Row-level security of this app's tenant tables and their history."""

from django.conf import settings
from django.db import migrations

from apps.core.rls import append_only, tenant_table

ROLE = settings.APP_ROLE


class Migration(migrations.Migration):
    dependencies = [("core", "0001_roles"), ("teams", "0001_initial")]

    operations = [
        tenant_table("teams_team", readers={"team": "id"}),
        tenant_table("teams_teamevent"),
        append_only("teams_teamevent", ROLE),
        tenant_table("teams_posting", readers={"unit": "unit_id", "person": "person", "team": "team_id"}),
        tenant_table("teams_postingevent"),
        append_only("teams_postingevent", ROLE),
        tenant_table("teams_teammonth", readers={"team": "team_id"}),
        tenant_table("teams_teammonthevent"),
        append_only("teams_teammonthevent", ROLE),
    ]
