"""Row-level security of this app's tenant tables and their history."""

from django.conf import settings
from django.db import migrations

from apps.core.rls import append_only, tenant_table

ROLE = settings.APP_ROLE


class Migration(migrations.Migration):
    dependencies = [("core", "0001_roles"), ("staffing", "0001_initial")]

    operations = [
        tenant_table("staffing_opening", readers={"unit": "unit_id"}),
        tenant_table("staffing_openingevent"),
        append_only("staffing_openingevent", ROLE),
        tenant_table("staffing_case", readers={"unit": "unit_id", "person": "person"}),
        tenant_table("staffing_caseevent"),
        append_only("staffing_caseevent", ROLE),
        tenant_table("staffing_caseact", readers={"unit": "unit_id", "person": "person"}),
        append_only("staffing_caseact", ROLE),
    ]
