import pkgutil
from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate

import phoihop.domain
from phoihop.kernel import gates, guards, journal, pades, permits, workdays


class Domain(AppConfig):
    name = "phoihop.domain"
    label = "phoihop"
    verbose_name = "Phối Hợp"

    def ready(self) -> None:
        # The end of a migration, not of a save: the one moment at which the engines may have lost the guards.
        post_migrate.connect(_guard, sender=self)
        from .figures.queries.holidays import working_days
        from .forces.queries import known_numbers
        from .matters.actions.journal import write, write_same
        from .matters.queries.stamps import latest
        from .people.rules import allowed

        import_module("phoihop.domain.agreements.queries.indicators")  # adds its questions to those of figures
        journal.connect(write, write_same, latest)
        permits.connect(allowed)
        workdays.connect(working_days)
        gates.known_numbers = known_numbers
        gates.limits = gates.Limits(upload=settings.UPLOAD_MEGABYTES * gates.MEGABYTE)
        pades.trust_folder = settings.TRUST_FOLDER
        # Who passes what on to an heir says so where it is defined (kernel/heirs.py): all of it must be read to be complete.
        for module in pkgutil.walk_packages(phoihop.domain.__path__, f"{self.name}."):
            if {"rules", "actions"} & set(module.name.split(".")):
                import_module(module.name)


def _guard(**_: Any) -> None:
    guards.put_up()
