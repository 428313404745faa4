"""TLS of servers, of those who call them, and whether callers have to show a certificate too (mTLS)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import grpc
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from kit.errors import InvalidArgumentError
from kit.settings import CommonSettings


@dataclass(frozen=True, slots=True)
class ServerTls:
    """PEM files, read when the server is made."""

    certificate: Path
    """The server's, followed by the intermediate ones."""
    key: Path
    client_ca: Path | None = None
    """Authorities of clients' certificates. With it every client must show one, else none is asked for."""

    @classmethod
    def of(cls, settings: CommonSettings) -> Self | None:
        """What the settings say; None: plain text, for one machine, or behind a proxy or mesh.

        Raises:
            InvalidArgumentError: if only a part of them is set.
        """
        certificate, key, client_ca = settings.tls_cert, settings.tls_key, settings.tls_client_ca
        if certificate is None and key is None and client_ca is None:
            return None
        if certificate is None or key is None:
            missing = "QUZHONG_TLS_CERT" if certificate is None else "QUZHONG_TLS_KEY"
            raise InvalidArgumentError(
                f"{missing}: missing; TLS needs both QUZHONG_TLS_CERT and QUZHONG_TLS_KEY",
                zh=f"{missing}：缺失；启用 TLS 须同时设置 QUZHONG_TLS_CERT 与 QUZHONG_TLS_KEY",
                field=missing,
                reason="TLS_INCOMPLETE",
            )
        return cls(certificate, key, client_ca)

    def credentials(self) -> grpc.ServerCredentials:
        """For ``grpc.Server.add_secure_port``.

        Raises:
            InvalidArgumentError: naming the variable of a file that cannot be read or holds no such thing.
        """
        pair = (
            _private_key("QUZHONG_TLS_KEY", self.key),
            _certificates("QUZHONG_TLS_CERT", self.certificate),
        )
        authorities = None
        if self.client_ca is not None:
            authorities = _certificates("QUZHONG_TLS_CLIENT_CA", self.client_ca)
        return grpc.ssl_server_credentials(
            [pair], root_certificates=authorities, require_client_auth=authorities is not None
        )


def client_credentials(settings: CommonSettings) -> grpc.ChannelCredentials | None:
    """How a process of the suite calls the services; None: in plain text.

    It verifies them by ``tls_ca``, or else by the system's authorities, and shows its own certificate if it
    has one: what serves in one process is shown in another.

    Raises:
        InvalidArgumentError: naming the variable of a file that cannot be read or holds no such thing.
    """
    if settings.tls_ca is None and settings.tls_cert is None:
        return None
    authorities = None if settings.tls_ca is None else _certificates("QUZHONG_TLS_CA", settings.tls_ca)
    own = ServerTls.of(settings)
    if own is None:
        return grpc.ssl_channel_credentials(authorities)
    return grpc.ssl_channel_credentials(
        authorities,
        _private_key("QUZHONG_TLS_KEY", own.key),
        _certificates("QUZHONG_TLS_CERT", own.certificate),
    )


def _certificates(variable: str, path: Path) -> bytes:
    return _checked(variable, path, x509.load_pem_x509_certificates)


def _private_key(variable: str, path: Path) -> bytes:
    return _checked(variable, path, lambda pem: load_pem_private_key(pem, password=None))


def _checked(variable: str, path: Path, load: Callable[[bytes], object]) -> bytes:
    """The file's content, if it can be loaded: gRPC itself would say only that it cannot bind."""
    pem = _read(variable, path)
    try:
        load(pem)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise InvalidArgumentError(
            f"{variable}: {path} does not hold what it should, in PEM and without a password: {error}",
            zh=f"{variable}：{path} 的内容不正确，应为未加密的 PEM：{error}",
            field=variable,
            reason="TLS_FILE_UNUSABLE",
        ) from error
    return pem


def _read(variable: str, path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InvalidArgumentError(
            f"{variable}: {path} cannot be read: {error}",
            zh=f"{variable}：无法读取 {path}：{error}",
            field=variable,
            reason="TLS_FILE_UNREADABLE",
        ) from error
