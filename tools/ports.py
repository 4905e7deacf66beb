"""A port for a server that a test starts: outside the range from which systems give ports away, so that no browser gets it meanwhile."""

from __future__ import annotations

import os
import socket

FIRST, LAST = 20_000, 30_000


def free_port() -> int:
    """Where nobody listens on this machine. Two processes begin to look at different places."""
    begin = os.getpid() * 37 % (LAST - FIRST)
    for n in range(LAST - FIRST):
        port = FIRST + (begin + n) % (LAST - FIRST)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError("no port is free")
