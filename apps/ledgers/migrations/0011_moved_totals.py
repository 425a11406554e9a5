"""Running totals only where a correction has moved them, all others are those of the newest line of each month; and one
index of lines less.  A unit's lines are found by the ledgers that were fed back to it.  A line's number comes from a
stock of its session: fetching each from the sequence took longer than an index.
"""

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


STOCK = "ALTER SEQUENCE ledgers_ledgerline_id_seq CACHE 512"
_NONE = "ALTER SEQUENCE ledgers_ledgerline_id_seq CACHE 1"


class Migration(migrations.Migration):
    dependencies = [("ledgers", "0010_nights")]

    operations = [
        migrations.RunSQL(SAME, reverse_sql=BACK),
        migrations.RunSQL(STOCK, reverse_sql=_NONE),
        migrations.AlterModelOptions(name="tally", options={"verbose_name": "更正后的累计"}),
        migrations.RemoveConstraint(model_name="ledgerline", name="ledger_line_once"),
        migrations.RemoveIndex(model_name="ledgerline", name="ledgers_led_posting_60c09f_idx"),
        migrations.RemoveIndex(model_name="ledgerline", name="ledgers_led_unit_id_291cb5_idx"),
        migrations.AddIndex(
            model_name="ledgerline",
            index=models.Index(fields=["ledger", "unit"], name="ledgers_led_ledger__04e869_idx"),
        ),
        migrations.AddConstraint(
            model_name="ledgerline",
            constraint=models.UniqueConstraint(fields=["posting", "month", "ledger"], name="ledger_line_once"),
        ),
    ]
