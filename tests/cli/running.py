"""A command run as an operator does, in this process."""

from __future__ import annotations

import pytest

from phoihop.config.command import main


def ran(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    """Exit code, what it said, and what it complained of."""
    code = main(argv)
    said = capsys.readouterr()
    return code, said.out, said.err
