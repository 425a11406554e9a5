"""Row-level security of candidates, what is confirmed of them, and their history."""

from django.conf import settings
from django.db import migrations

from apps.core.rls import append_only, tenant_table

ROLE = settings.APP_ROLE


class Migration(migrations.Migration):
    dependencies = [("staffing", "0003_candidate")]

    operations = [
        tenant_table("staffing_candidate", readers={"unit": "unit_id"}),
        tenant_table("staffing_candidateevent"),
        append_only("staffing_candidateevent", ROLE),
        tenant_table("staffing_declaration", readers={"unit": "unit_id"}),
        append_only("staffing_declaration", ROLE),
    ]
