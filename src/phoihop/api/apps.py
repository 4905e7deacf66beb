from django.apps import AppConfig


class Api(AppConfig):
    name = "phoihop.api"
    label = "api"
