"""What every service is told from outside. Each service's ``settings.py`` adds its own to this.

Values come from the environment (``QUZHONG_…``); a wrong one stops the start with an error that names it.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class CommonSettings(BaseSettings):
    """Where things are."""

    model_config = SettingsConfigDict(env_prefix="QUZHONG_", frozen=True)

    data_dir: Path = Path("var")
    """Folder of the embedded log, stores and archive."""
    kafka: str = ""
    """``host:port`` of a Kafka broker; empty keeps the log in a SQLite file under ``data_dir``."""
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
    ledger_key: SecretStr = SecretStr("")
    """The Ed25519 key that signs the ledgers' checkpoints, PKCS 8 PEM, from a secret store; several during a
    rotation, the newest last. Empty: ``ledger_key_file``."""

    @property
    def log_url(self) -> str:
        """For ``kit.eventlog.open_event_log``."""
        return f"kafka://{self.kafka}" if self.kafka else f"sqlite:///{self.data_dir / 'log.db'}"

    @property
    def ledger_key_file(self) -> Path:
        """Where that key stands, readable by the owner only; written if it is missing."""
        return self.data_dir / "ledger.key"

    def store_url(self, service: str) -> str:
        """For ``kit.storage.Store.open``: each service has a database of its own."""
        return f"sqlite:///{self.data_dir / (service + '.db')}"
