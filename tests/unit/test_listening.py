"""A socket that HTTP is served on."""

from __future__ import annotations

import socket

import pytest

from kit.listening import AddressTakenError, listening


def test_what_is_sent_to_a_caller_waits_for_no_acknowledgement() -> None:
    with listening("127.0.0.1", 0) as server, socket.create_connection(server.getsockname()) as caller:
        connection, _ = server.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            assert connection.getpeername() == caller.getsockname()


def test_a_place_that_is_taken_is_named() -> None:
    with listening("127.0.0.1", 0) as server:
        port = server.getsockname()[1]
        with pytest.raises(
            AddressTakenError, match=rf"^cannot listen on 127\.0\.0\.1:{port}: is another"
        ) as told:
            listening("127.0.0.1", port)
        assert f"127.0.0.1:{port}" in told.value.zh
