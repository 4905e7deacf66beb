from django.apps import AppConfig


class Jobs(AppConfig):
    name = "phoihop.jobs"
    label = "jobs"
