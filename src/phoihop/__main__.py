"""``python -m phoihop``: see ``config/command.py``."""

import sys

from phoihop.config.command import main

sys.exit(main())
