"""Running totals by posting and month alone, and no index of lines by person: both are written for every line."""

import django.db.models.deletion
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

_TABLE = """
ALTER TABLE ledgers_tally DROP CONSTRAINT tally_first_day, DROP CONSTRAINT tally_once, DROP COLUMN id, DROP COLUMN counts,
    ADD PRIMARY KEY (posting_id, month)
"""


class Migration(migrations.Migration):
    dependencies = [("ledgers", "0007_states")]

    operations = [
        migrations.RemoveIndex(model_name="ledgerline", name="ledgers_led_person_c5eeec_idx"),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(_TABLE)],
            state_operations=[
                migrations.DeleteModel("Tally"),
                migrations.CreateModel(
                    name="Tally",
                    fields=[
                        (
                            "area",
                            models.CharField(db_collation="C", editable=False, max_length=13, verbose_name="行政区"),
                        ),
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "posting_id", "month", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("month", models.DateField(verbose_name="月份")),
                        (
                            "ytd",
                            ArrayField(base_field=models.SmallIntegerField(null=True), size=None),
                        ),
                        (
                            "posting",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="teams.posting",
                            ),
                        ),
                    ],
                    options={"verbose_name": "累计"},
                ),
            ],
        ),
    ]
