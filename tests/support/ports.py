"""Ports for what listens, ends and listens again."""

from __future__ import annotations

import secrets
import socket

_PORTS = 20_000, 32_000
"""Below those that Linux gives to connections (32768 and up)."""
_given: set[int] = set()


def free_port() -> int:
    """A port that nobody listens on, and that the system gives to no connection meanwhile.

    One that it gives itself is of those it gives to any connection: it may be gone before a process that is
    started on a busy machine listens, or while one is started again.
    """
    while True:
        port = _PORTS[0] + secrets.randbelow(_PORTS[1] - _PORTS[0])
        if port in _given:
            continue  # whoever asked for it may not listen yet
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        _given.add(port)
        return port
