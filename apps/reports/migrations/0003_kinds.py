"""A kept paper may be of other things than a ledger: it names its kind and its subject."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_security")]

    operations = [
        migrations.AddField(
            "document",
            "kind",
            models.CharField(
                "类型",
                max_length=20,
                choices=[
                    ("ledger", "台账"),
                    ("notice", "公示"),
                    ("handover", "交接清单"),
                    ("service", "驻村工作经历证明"),
                ],
                default="ledger",
            ),
            preserve_default=False,
        ),
        migrations.AddField("document", "subject", models.BigIntegerField("对象", null=True)),
        migrations.RunSQL(
            "UPDATE reports_document SET subject = ledger_id; SET CONSTRAINTS ALL IMMEDIATE",
            reverse_sql="DELETE FROM reports_document WHERE kind <> 'ledger'; UPDATE reports_document SET ledger_id = subject",
        ),
        migrations.AlterField("document", "subject", models.BigIntegerField("对象")),
        migrations.RemoveField("document", "ledger"),
        migrations.AddConstraint("document", models.UniqueConstraint(fields=["kind", "subject"], name="document_once")),
    ]
