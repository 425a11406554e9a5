"""Row-level security of departures, handovers and party relations."""

from django.conf import settings
from django.db import migrations

from apps.core.rls import append_only, tenant_table

ROLE = settings.APP_ROLE
READERS = {"unit": "unit_id", "person": "person"}
TABLES = ("departure", "handover", "handoverparty", "partyrelation", "villagesecretary")


class Migration(migrations.Migration):
    dependencies = [("core", "0001_roles"), ("staffing", "0005_departures")]

    operations = [
        operation
        for table in TABLES
        for operation in (
            tenant_table(f"staffing_{table}", readers=READERS),
            tenant_table(f"staffing_{table}event"),
            append_only(f"staffing_{table}event", ROLE),
        )
    ]
