"""Row-level security of the roster, the rest plan and the days due, and their history."""

from django.conf import settings
from django.db import migrations

from apps.core.rls import append_only, tenant_table

ROLE = settings.APP_ROLE


class Migration(migrations.Migration):
    dependencies = [("leave", "0004_duty_and_rest")]

    operations = [
        tenant_table("leave_dutyday"),
        tenant_table("leave_dutydayevent"),
        append_only("leave_dutydayevent", ROLE),
        tenant_table("leave_restplan"),
        tenant_table("leave_restplanevent"),
        append_only("leave_restplanevent", ROLE),
        tenant_table("leave_leavedue", readers={"unit": "unit_id", "person": "person"}),
        tenant_table("leave_leavedueevent"),
        append_only("leave_leavedueevent", ROLE),
    ]
