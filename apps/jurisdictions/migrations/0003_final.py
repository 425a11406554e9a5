"""A published version of a pack stays as it was published."""

from django.conf import settings
from django.db import migrations

from apps.core.rls import append_only


class Migration(migrations.Migration):
    dependencies = [("jurisdictions", "0002_security")]

    operations = [append_only("jurisdictions_rulepack", settings.APP_ROLE)]
