"""A socket that HTTP is served on."""

from __future__ import annotations

import socket


class AddressTakenError(OSError):
    """Nothing can listen there. Stop what does, or name another address."""

    def __init__(self, address: str) -> None:
        super().__init__(
            f"cannot listen on {address}: is another instance running there? Stop it, or name another address"
        )
        self.zh = f"无法监听 {address}：是否已有另一实例在此运行？请先停止它，或改用其他地址"
        """In Chinese."""


def listening(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes any free one.

    Raises AddressTakenError if it cannot be bound.
    """
    try:
        bound = socket.create_server((host, port))
    except OSError as error:
        raise AddressTakenError(f"{host}:{port}") from error
    # Its connections inherit it; asyncio sets it only where a socket was made with its protocol's number.
    # Without it each answer waits 40 ms for the client to acknowledge its head.
    bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return bound
