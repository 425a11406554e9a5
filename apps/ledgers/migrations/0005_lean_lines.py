"""A nation's lines without indexes that others cover, and without a look-up of ledger, posting and unit for each of them.

Those are read from their tables in the statement that writes the line; the application may delete none of them.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from apps.core.rls import kept

ROLE = settings.APP_ROLE


class Migration(migrations.Migration):
    dependencies = [
        ("cadres", "0003_security"),
        ("ledgers", "0004_final"),
        ("teams", "0002_security"),
    ]

    operations = [
        kept("ledgers_ledger", ROLE),
        kept("teams_posting", ROLE),
        kept("cadres_dispatchunit", ROLE),
        migrations.RemoveIndex(
            model_name="ledgerline",
            name="ledgers_led_ledger__c80ab5_idx",
        ),
        migrations.AlterField(
            model_name="ledgerline",
            name="ledger",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="ledgers.ledger",
            ),
        ),
        migrations.AlterField(
            model_name="ledgerline",
            name="posting",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ledger_lines",
                to="teams.posting",
            ),
        ),
        migrations.AlterField(
            model_name="ledgerline",
            name="unit",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ledger_lines",
                to="cadres.dispatchunit",
            ),
        ),
        migrations.AlterField(
            model_name="tally",
            name="posting",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="teams.posting",
            ),
        ),
    ]
