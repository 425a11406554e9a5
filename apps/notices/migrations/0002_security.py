"""Row-level security of this app's tenant tables and their history; the public reads one notice by its token."""

from django.conf import settings
from django.db import migrations

from apps.core.rls import append_only, tenant_table

ROLE = settings.APP_ROLE


class Migration(migrations.Migration):
    dependencies = [("core", "0001_roles"), ("notices", "0001_initial")]

    operations = [
        tenant_table("notices_notice", readers={"notice": "token"}),
        append_only("notices_notice", ROLE),
        tenant_table("notices_noticedisplay"),
        append_only("notices_noticedisplay", ROLE),
        tenant_table("notices_noticevalue"),
        tenant_table("notices_noticevalueevent"),
        append_only("notices_noticevalueevent", ROLE),
        tenant_table("notices_planpublication"),
        append_only("notices_planpublication", ROLE),
        tenant_table("notices_disclosure"),
        append_only("notices_disclosure", ROLE),
    ]
