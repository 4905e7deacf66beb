"""Django's own commands, for developers. Everything an operator needs is in ``phoihop`` (see README)."""

import os
import sys

sys.path.insert(0, "src")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phoihop.config.settings")

from django.core.management import execute_from_command_line

execute_from_command_line(sys.argv)
