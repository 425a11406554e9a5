"""Copy the telephone numbers that counties know of their people to the postings that exist."""

from django.db import migrations

_COPY = """
UPDATE teams_posting p SET phone = c.phone
FROM cadres_cadre c WHERE c.id = p.cadre_id AND c.area = left(p.area, length(c.area)) AND c.phone <> '' AND p.phone = ''
"""


class Migration(migrations.Migration):
    dependencies = [("cadres", "0005_offices"), ("teams", "0006_posting_phone_and_source")]

    operations = [migrations.RunSQL(_COPY, migrations.RunSQL.noop)]
