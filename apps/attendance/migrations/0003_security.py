"""Row-level security of this app's tenant tables and their history."""

from django.conf import settings
from django.db import migrations

from apps.core.rls import append_only, tenant_table

ROLE = settings.APP_ROLE


class Migration(migrations.Migration):
    dependencies = [("core", "0001_roles"), ("attendance", "0002_initial")]

    operations = [
        tenant_table("attendance_sheetline", readers={"person": "person"}),
        tenant_table("attendance_sheetlineevent"),
        append_only("attendance_sheetlineevent", ROLE),
        tenant_table("attendance_dayspan", readers={"person": "person"}),
        tenant_table("attendance_dayspanevent"),
        append_only("attendance_dayspanevent", ROLE),
        tenant_table("attendance_sheetsignature"),
        tenant_table("attendance_sheetsignatureevent"),
        append_only("attendance_sheetsignatureevent", ROLE),
    ]
