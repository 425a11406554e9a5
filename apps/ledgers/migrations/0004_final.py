"""The rules that a ledger was made under stay as they were frozen."""

from django.conf import settings
from django.db import migrations

from apps.core.rls import append_only


class Migration(migrations.Migration):
    dependencies = [("ledgers", "0003_security")]

    operations = [append_only("ledgers_frozenbook", settings.APP_ROLE)]
