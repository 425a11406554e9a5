from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "apps.reports"
    label = "reports"
    verbose_name = "报表"

    def ready(self) -> None:
        """Jobs are run a floor below; printing is this app's kind of work."""
        from apps.ledgers.tasks import WORK  # noqa: PLC0415  (models exist only now)
        from apps.reports.tasks import KINDS, document_print  # noqa: PLC0415

        WORK.update(dict.fromkeys(KINDS, document_print))
