"""A socket that HTTP is served on."""

from __future__ import annotations

import socket


def listening(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes any free one.

    Raises OSError naming the address if it cannot be bound.
    """
    try:
        bound = socket.create_server((host, port))
    except OSError as error:
        raise OSError(f"cannot listen on {host}:{port}: is another instance running there?") from error
    # Its connections inherit it; asyncio sets it only where a socket was made with its protocol's number.
    # Without it each answer waits 40 ms for the client to acknowledge its head.
    bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return bound
