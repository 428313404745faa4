"""A Kafka node that speaks TLS, asks for SCRAM-SHA-512 and enforces access rules: as a city runs it."""

from __future__ import annotations

from pathlib import Path

from pydantic import SecretStr

from kit.kafka_security import KafkaSecurity
from tests.support.certificates import Authority
from tests.support.kafka.broker import Broker

ADMIN = "quzhong-admin"
PASSWORD = "a password of the tests"

PROPERTIES = """
listener.security.protocol.map=BROKERS:SASL_SSL,CONTROLLER:PLAINTEXT
listeners=BROKERS://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller_port}
advertised.listeners=BROKERS://127.0.0.1:{port}
inter.broker.listener.name=BROKERS
sasl.enabled.mechanisms=SCRAM-SHA-512
sasl.mechanism.inter.broker.protocol=SCRAM-SHA-512
listener.name.brokers.scram-sha-512.sasl.jaas.config=\\
org.apache.kafka.common.security.scram.ScramLoginModule required username="{admin}" password="{password}";
ssl.keystore.type=PEM
ssl.keystore.location={folder}/server.pem
ssl.truststore.type=PEM
ssl.truststore.location={authority}
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:{admin};User:ANONYMOUS
"""


class SecuredBroker(Broker):
    """``authority``: the PEM file of who signed its certificate."""

    def __init__(self, folder: Path, users: tuple[str, ...]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        authority = Authority(folder, "authority")
        self.authority = authority.certificate
        issued = authority.issue("broker")
        (folder / "server.pem").write_bytes(b"".join(issued.pems))
        super().__init__(
            folder,
            more=PROPERTIES.format(
                folder=folder,
                authority=self.authority,
                admin=ADMIN,
                password=PASSWORD,
                port="{port}",
                controller_port="{controller_port}",
            ),
            format_options=[
                option
                for user in (ADMIN, *users)
                for option in ("--add-scram", f"SCRAM-SHA-512=[name={user},password={PASSWORD}]")
            ],
        )

    def security(self, user: str = ADMIN, password: str = PASSWORD) -> KafkaSecurity:
        """How a user connects."""
        return KafkaSecurity(ca=self.authority, user=user, password=SecretStr(password))
