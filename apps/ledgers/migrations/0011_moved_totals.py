"""Running totals only where a correction has moved them, all others are those of the newest line of each month; and a
line known by its ledger and its posting.

A nation's lines are written with three indexes then instead of four, and without a number for each.
"""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

SAME = """
DELETE FROM ledgers_tally t USING (
    SELECT DISTINCT ON (posting_id, month) * FROM ledgers_ledgerline ORDER BY posting_id, month, ledger_id DESC) l
WHERE l.posting_id = t.posting_id AND l.month = t.month AND l.ytd = t.ytd
"""
BACK = """
INSERT INTO ledgers_tally (area, posting_id, month, ytd)
SELECT DISTINCT ON (posting_id, month) area, posting_id, month, ytd
FROM ledgers_ledgerline ORDER BY posting_id, month, ledger_id DESC
ON CONFLICT (posting_id, month) DO NOTHING
"""
_REMARKS = """
UPDATE ledgers_ledgerremark r SET posting_id = l.posting_id FROM ledgers_ledgerline l WHERE l.id = r.line_id;
SET CONSTRAINTS ALL IMMEDIATE
"""
_TABLE = """
DROP INDEX ledgers_led_posting_60c09f_idx;
ALTER TABLE ledgers_ledgerline DROP CONSTRAINT ledger_line_once, DROP COLUMN id, ADD PRIMARY KEY (ledger_id, posting_id);
CREATE INDEX ledgers_led_posting_7b2476_idx ON ledgers_ledgerline (posting_id, month, ledger_id)
"""


def _small() -> ArrayField:
    return ArrayField(base_field=models.SmallIntegerField(null=True), size=None)


def _to(model: str, name: str) -> models.ForeignKey:
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=name,
        to=model,
    )


_LINE = migrations.CreateModel(
    name="LedgerLine",
    fields=[
        ("area", models.CharField(db_collation="C", editable=False, max_length=13, verbose_name="行政区")),
        (
            "pk",
            models.CompositePrimaryKey(
                "ledger_id", "posting_id", blank=True, editable=False, primary_key=True, serialize=False
            ),
        ),
        ("month", models.DateField(verbose_name="月份")),
        ("person", models.CharField(db_collation="C", max_length=32, verbose_name="身份摘要")),
        ("name", models.CharField(max_length=40, verbose_name="姓名")),
        ("village", models.CharField(max_length=60, verbose_name="村")),
        ("roles", ArrayField(base_field=models.CharField(max_length=20), size=None)),
        ("classes", ArrayField(base_field=models.CharField(max_length=20), size=None)),
        ("first", models.DateField(verbose_name="到岗日")),
        ("last", models.DateField(null=True, verbose_name="离岗日")),
        ("marks", models.CharField(max_length=31, verbose_name="登记")),
        ("nights", models.CharField(blank=True, max_length=31, verbose_name="住宿")),
        ("posted", models.SmallIntegerField(verbose_name="派驻天数")),
        ("counts", _small()),
        ("ytd", _small()),
        ("done", _small()),
        ("due", _small()),
        ("state", _small()),
        ("ledger", _to("ledgers.ledger", "lines")),
        ("posting", _to("teams.posting", "ledger_lines")),
        ("unit", _to("cadres.dispatchunit", "ledger_lines")),
    ],
    options={"verbose_name": "台账行", "ordering": ("area", "ledger_id", "posting_id")},
)
_FINAL = pgtrigger.migrations.AddTrigger(
    model_name="ledgerline",
    trigger=pgtrigger.compiler.Trigger(
        name="ledger_line_final",
        sql=pgtrigger.compiler.UpsertTriggerSql(
            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
            hash="daa6b98ff6e15fca8997a72d9560d63a64944ba4",
            operation="UPDATE OR DELETE",
            pgid="pgtrigger_ledger_line_final_64c75",
            table="ledgers_ledgerline",
            when="BEFORE",
        ),
    ),
)


class Migration(migrations.Migration):
    dependencies = [
        ("cadres", "0003_security"),
        ("ledgers", "0010_nights"),
        ("teams", "0002_security"),
    ]

    operations = [
        migrations.RunSQL(SAME, reverse_sql=BACK),
        migrations.AlterModelOptions(name="tally", options={"verbose_name": "更正后的累计"}),
        migrations.AddField(
            model_name="ledgerremark",
            name="posting",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="teams.posting"
            ),
        ),
        migrations.RunSQL(_REMARKS),
        migrations.RemoveField(model_name="ledgerremark", name="line"),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(_TABLE)],
            state_operations=[
                migrations.DeleteModel("LedgerLine"),
                _LINE,
                migrations.AddIndex(
                    model_name="ledgerline",
                    index=models.Index(fields=["unit", "month"], name="ledgers_led_unit_id_291cb5_idx"),
                ),
                migrations.AddIndex(
                    model_name="ledgerline",
                    index=models.Index(fields=["posting", "month", "ledger"], name="ledgers_led_posting_7b2476_idx"),
                ),
                _FINAL,
            ],
        ),
        migrations.AddField(
            model_name="ledgerremark",
            name="line",
            field=models.ForeignObject(
                from_fields=("ledger", "posting"),
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ledgers.ledgerline",
                to_fields=("ledger", "posting"),
            ),
        ),
    ]
