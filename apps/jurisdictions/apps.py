from django.apps import AppConfig


class JurisdictionsConfig(AppConfig):
    name = "apps.jurisdictions"
    label = "jurisdictions"
    verbose_name = "辖区与制度"
