"""How client and broker prove themselves to one another: TLS, and SCRAM (RFC 5802) with SHA-512."""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from kit.errors import InvalidArgumentError

NO_PASSWORD = SecretStr("")


@dataclass(frozen=True, slots=True)
class KafkaSecurity:
    """What is set of it is used; nothing set is plain text, for one machine or a network of its own."""

    ca: Path | None = None
    """PEM file of the authorities of the broker's certificate; with it the connection is TLS."""
    certificate: Path | None = None
    """PEM file of a certificate of the client's own, where the broker asks for one."""
    key: Path | None = None
    """PEM file of its private key."""
    user: str = ""
    """SCRAM user, as `quzhong topics apply` names it: the principal of the access rules."""
    password: SecretStr = NO_PASSWORD

    def arguments(self) -> dict[str, Any]:
        """For any client of kafka-python.

        Raises:
            InvalidArgumentError: if only a part of what belongs together is set, or a file cannot be read.
        """
        self._check()
        given: dict[str, Any] = {"security_protocol": self._protocol()}
        if self.ca is not None:
            given["ssl_cafile"] = str(self.ca)
        if self.certificate is not None:
            given |= {"ssl_certfile": str(self.certificate), "ssl_keyfile": str(self.key)}
        if self.user:
            given |= {
                "sasl_mechanism": "SCRAM-SHA-512",
                "sasl_plain_username": self.user,
                "sasl_plain_password": self.password.get_secret_value(),
            }
        return given

    def check_peer(self, connection: socket.socket, host: str) -> None:
        """Shake hands over TLS, if that is set. kafka-python says of any failure that time ran out.

        Raises:
            OSError: naming what is wrong with the certificate.
        """
        if self.ca is None:
            return
        context = ssl.create_default_context(cafile=str(self.ca))
        if self.certificate is not None and self.key is not None:
            context.load_cert_chain(self.certificate, self.key)
        context.wrap_socket(connection, server_hostname=host).close()

    def _protocol(self) -> str:
        return {
            (False, False): "PLAINTEXT",
            (True, False): "SSL",
            (False, True): "SASL_PLAINTEXT",
            (True, True): "SASL_SSL",
        }[self.ca is not None, bool(self.user)]

    def _check(self) -> None:
        for wrong, name, why_en, why_zh in (
            (
                (self.certificate is None) != (self.key is None),
                "QUZHONG_KAFKA_KEY" if self.key is None else "QUZHONG_KAFKA_CERT",
                "a client's certificate needs its key, and the key its certificate",
                "客户端证书与私钥须同时设置",
            ),
            (
                self.certificate is not None and self.ca is None,
                "QUZHONG_KAFKA_CA",
                "a client's certificate is for TLS, which needs the authorities of the broker's",
                "客户端证书用于 TLS，须设置校验服务器证书的签发机构",
            ),
            (
                bool(self.user) != bool(self.password.get_secret_value()),
                "QUZHONG_KAFKA_PASSWORD" if self.user else "QUZHONG_KAFKA_USER",
                "a user needs a password, and a password its user",
                "用户名与密码须同时设置",
            ),
        ):
            if wrong:
                raise InvalidArgumentError(
                    f"{name}: missing; {why_en}",
                    zh=f"{name}：缺失；{why_zh}",
                    field=name,
                    reason="KAFKA_SECURITY_INCOMPLETE",
                )
        for name, path in (
            ("QUZHONG_KAFKA_CA", self.ca),
            ("QUZHONG_KAFKA_CERT", self.certificate),
            ("QUZHONG_KAFKA_KEY", self.key),
        ):
            if path is not None and not path.is_file():
                raise InvalidArgumentError(
                    f"{name}: {path} is no file that can be read",
                    zh=f"{name}：{path} 不是可读取的文件",
                    field=name,
                    reason="KAFKA_SECURITY_FILE",
                )


PLAIN = KafkaSecurity()
