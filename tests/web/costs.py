"""What a page costs."""

from __future__ import annotations

import time
from itertools import count
from types import SimpleNamespace
from unittest.mock import patch

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from phoihop.kernel import memo
from phoihop.web import shell

_later = count(1)


def queries(client: Client, address: str) -> int:
    """How many queries a page asks that nobody opened within the last second, when what a process keeps at hand is checked against the journal.

    No half minute, after which badges are counted anew, ends between the two.
    """
    with patch.object(shell, "COUNTED_FOR", 10**9):
        client.get(address)
        monotonic = time.monotonic() + 2 * memo.FRESH_FOR * next(_later)
        with CaptureQueriesContext(connection) as caught, patch.object(memo, "time", SimpleNamespace(monotonic=lambda: monotonic)):
            assert client.get(address).status_code == 200
    return len(caught)
