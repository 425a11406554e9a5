"""Running totals carry the nights too: a 23rd number, for the months compiled before from the newest ledger of each."""

from django.db import migrations

NIGHTS = """
UPDATE ledgers_tally t SET ytd = t.ytd || n.nights
FROM (SELECT posting_id, month,
             (sum(nights) OVER (PARTITION BY posting_id, date_part('year', month) ORDER BY month))::smallint AS nights
      FROM (SELECT DISTINCT ON (posting_id, month) posting_id, month,
                   length(nights) - length(replace(nights, '1', '')) AS nights
            FROM ledgers_ledgerline ORDER BY posting_id, month, ledger_id DESC) l) n
WHERE n.posting_id = t.posting_id AND n.month = t.month AND cardinality(t.ytd) = 22
"""
_BACK = "UPDATE ledgers_tally SET ytd = ytd[1:22]"


class Migration(migrations.Migration):
    dependencies = [("ledgers", "0009_posted_words")]

    operations = [migrations.RunSQL(NIGHTS, reverse_sql=_BACK)]
