"""The node's settings with Django's admin beside them: for measuring its list only."""

from phoihop.config.settings import *  # noqa: F403 (all of the node's settings, then the few that differ)
from phoihop.config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.contenttypes", "django.contrib.auth", "django.contrib.messages", "django.contrib.admin"]
ROOT_URLCONF = "bench.admin_urls"
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
