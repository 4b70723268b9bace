from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "winward.records"
    label = "records"
    verbose_name = "What a workspace remembers"
