from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class Search(AppConfig):
    name = "phoihop.search"
    label = "search"

    def ready(self) -> None:
        # The index is no model: both databases have their own kind of table for it. It is made, if need be, after every migration.
        post_migrate.connect(_put_up, sender=self)


def _put_up(**_: Any) -> None:
    from . import index, tasks

    index.put_up()
    tasks.put_up()
