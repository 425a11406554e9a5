"""Row-level security of this app's tenant tables and their history."""

from django.conf import settings
from django.db import migrations

from apps.core.rls import append_only, tenant_table

ROLE = settings.APP_ROLE


class Migration(migrations.Migration):
    dependencies = [("core", "0001_roles"), ("leave", "0001_initial")]

    operations = [
        tenant_table("leave_leaverequest", readers={"person": "person"}),
        tenant_table("leave_leaverequestevent"),
        append_only("leave_leaverequestevent", ROLE),
        tenant_table("leave_leaveact", readers={"person": "person"}),
        append_only("leave_leaveact", ROLE),
        tenant_table("leave_leaveproof", readers={"person": "person"}),
        append_only("leave_leaveproof", ROLE),
        tenant_table("leave_leavefiling", readers={"unit": "unit_id", "person": "person"}),
        tenant_table("leave_leavefilingevent"),
        append_only("leave_leavefilingevent", ROLE),
        tenant_table("leave_leaveoverrun", readers={"person": "person"}),
        append_only("leave_leaveoverrun", ROLE),
    ]
