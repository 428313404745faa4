"""What every service is told from outside. Each service's ``settings.py`` adds its own to this.

Values come from the environment (``QUZHONG_…``); a wrong one stops the start with an error that names it.
"""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url

from kit.kafka_security import KafkaSecurity
from kit.telemetry.logs import LogFormat


class CommonSettings(BaseSettings):
    """Where things are."""

    model_config = SettingsConfigDict(env_prefix="QUZHONG_", frozen=True)

    data_dir: Path = Path("var")
    """Folder of the embedded log, stores and archive."""
    kafka: str = ""
    """``host:port`` of a Kafka broker; empty keeps the log in a SQLite file under ``data_dir``."""
    kafka_ca: Path | None = None
    """PEM file of the authorities of the broker's certificate: with it the connection is TLS."""
    kafka_cert: Path | None = None
    """PEM file of a client certificate, where the broker asks for one."""
    kafka_key: Path | None = None
    """PEM file of its private key."""
    kafka_user: str = ""
    """SCRAM-SHA-512 user; empty: none."""
    kafka_password: SecretStr = SecretStr("")
    """Its password, from a secret store."""
    kafka_replication: int = Field(default=1, ge=1, le=7)
    """Replicas of topics that are made: 3 wherever there are three brokers."""
    kafka_session_s: float = Field(default=6.0, gt=0, le=1_800)
    """A member of a consumer group that is not heard of for so long loses its partitions to the others, or to
    the process that takes its place: 6 s is the least that brokers allow unless they are told otherwise."""
    store: str = ""
    """``postgresql://user@host/quzhong_{service}``: the services' databases, ``{service}`` standing for each
    one's name; empty keeps each store in a SQLite file under ``data_dir``."""
    store_password: SecretStr = SecretStr("")
    """Of the database's user, from a secret store; empty: none, or the one libpq finds by itself."""
    store_connections: int = Field(default=10, ge=2)
    """At most so many connections of each store at once."""
    store_statement_s: float = Field(default=30.0, ge=0)
    """A statement that takes longer is ended, seconds; 0: none is."""
    partitions: int = Field(default=8, ge=1, le=1024)
    """Partitions of the event topics, fixed when created: 8 suits one process, 64 a city, 1,024 a nation."""
    address: str = "127.0.0.1:50051"
    """Where the gRPC server listens."""
    tls_cert: Path | None = None
    """PEM file of the gRPC server's certificate; unset: plain text."""
    tls_key: Path | None = None
    """PEM file of its private key."""
    tls_client_ca: Path | None = None
    """PEM file of the authorities of clients' certificates: with it every client must show one (mTLS)."""
    tls_ca: Path | None = None
    """PEM file of the authorities by which the portal and the command verify the services; unset: the
    system's if ``tls_cert`` is set, else they are called in plain text."""
    rate_limit: str = "1000/second"
    """Calls a credential may make of a process, in the notation of the library ``limits``; empty: any number.
    A thousand batches a second are more than a process takes in, so only a client that loops meets it."""
    otlp_endpoint: str = ""
    """``http://host:4317`` (or ``https``) of an OpenTelemetry collector that takes traces and metrics over
    gRPC; empty: none are made."""
    metrics_port: int | None = Field(default=None, ge=0, le=65535)
    """Port of a page of metrics for Prometheus, on the host of ``address``; unset: none is served."""
    log_format: LogFormat = LogFormat.TEXT
    """``text`` for people, ``json`` for programs: an object a line, with the trace it belongs to."""
    ledger_key: SecretStr = SecretStr("")
    """The Ed25519 key that signs the ledgers' checkpoints, PKCS 8 PEM, from a secret store; several during a
    rotation, the newest last. Empty: ``ledger_key_file``."""

    @property
    def log_url(self) -> str:
        """For ``kit.eventlog.open_event_log``."""
        return f"kafka://{self.kafka}" if self.kafka else f"sqlite:///{self.data_dir / 'log.db'}"

    @property
    def kafka_security(self) -> KafkaSecurity:
        """For ``kit.eventlog.open_event_log``."""
        return KafkaSecurity(
            self.kafka_ca, self.kafka_cert, self.kafka_key, self.kafka_user, self.kafka_password
        )

    @property
    def ledger_key_file(self) -> Path:
        """Where that key stands, readable by the owner only; written if it is missing."""
        return self.data_dir / "ledger.key"

    def store_url(self, service: str) -> str:
        """For ``kit.storage.Store.open``: each service has a database of its own."""
        if not self.store:
            return f"sqlite:///{self.data_dir / (service + '.db')}"
        url = make_url(self.store.replace("{service}", service))
        if password := self.store_password.get_secret_value():
            url = url.set(password=password)
        return url.render_as_string(hide_password=False)

    @field_validator("otlp_endpoint")
    @classmethod
    def _is_a_url(cls, endpoint: str) -> str:
        if endpoint and not re.fullmatch(r"https?://[^/\s]+/?", endpoint):
            raise ValueError("must be empty or http://host:port, or https: a collector's gRPC receiver")
        return endpoint

    @field_validator("store")
    @classmethod
    def _has_a_place_for_the_service(cls, store: str) -> str:
        if store and not (store.startswith("postgresql://") and "{service}" in store):
            raise ValueError(
                "must be empty or postgresql://user@host/name_{service}: each service has its own"
            )
        return store
