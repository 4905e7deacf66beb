"""``python -m phoihop.kernel.gates [FOLDER]``: print how often the gates err on the public corpus; part of ``make check``."""

from __future__ import annotations

import sys
from pathlib import Path

from .rates import summary

if __name__ == "__main__":
    sys.stdout.write(summary(Path(sys.argv[1] if len(sys.argv) > 1 else "tests/kernel/corpus")) + "\n")
