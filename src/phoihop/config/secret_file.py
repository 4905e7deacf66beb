"""A secret of the node in a file of its folder: made on first use, readable by its owner alone."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def secret_in(file: Path, make: Callable[[], str]) -> str:
    """What the file holds; what ``make`` makes where there is none. Two processes that begin at once get the same, and a full disk leaves no half of it.

    Raises OSError where it can be neither read nor written.
    """
    if not file.exists():
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")  # for its owner alone
        try:
            with os.fdopen(handle, "w", encoding="ascii") as made:
                made.write(make())
                made.flush()
                os.fsync(made.fileno())
            with suppress(FileExistsError):  # another process was faster
                os.link(name, file)
        finally:
            os.unlink(name)
    return file.read_text(encoding="ascii")
