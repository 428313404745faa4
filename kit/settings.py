"""What every service is told from outside. Each service's ``settings.py`` adds its own to this.

Values come from the environment (``QUZHONG_…``); a wrong one stops the start with an error that names it.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
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

    @property
    def log_url(self) -> str:
        """For ``kit.eventlog.open_event_log``."""
        return f"kafka://{self.kafka}" if self.kafka else f"sqlite:///{self.data_dir / 'log.db'}"

    def store_url(self, service: str) -> str:
        """For ``kit.storage.Store.open``: each service has a database of its own."""
        return f"sqlite:///{self.data_dir / (service + '.db')}"
