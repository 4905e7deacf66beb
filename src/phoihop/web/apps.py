from django.apps import AppConfig


class Web(AppConfig):
    name = "phoihop.web"
    label = "web"
