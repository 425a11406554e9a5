"""Row-level security of this app's tenant tables and their history."""

from django.conf import settings
from django.db import migrations

from apps.core.rls import append_only, tenant_table

ROLE = settings.APP_ROLE


class Migration(migrations.Migration):
    dependencies = [("core", "0001_roles"), ("ledgers", "0002_initial")]

    operations = [
        tenant_table("ledgers_ledger"),
        tenant_table("ledgers_ledgerevent"),
        append_only("ledgers_ledgerevent", ROLE),
        tenant_table("ledgers_ledgerline", readers={"unit": "unit_id", "person": "person"}),
        append_only("ledgers_ledgerline", ROLE),
        tenant_table("ledgers_ledgerstep"),
        append_only("ledgers_ledgerstep", ROLE),
        tenant_table("ledgers_ledgerremark"),
        append_only("ledgers_ledgerremark", ROLE),
        tenant_table("ledgers_unitfeedback", readers={"unit": "unit_id"}),
        tenant_table("ledgers_tally"),
        tenant_table("ledgers_job"),
    ]
