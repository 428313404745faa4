"""What notify is told from outside."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from kit.settings import CommonSettings

RETRY_AFTER_S = (5.0, 300.0, 1_800.0, 7_200.0, 18_000.0, 36_000.0, 50_400.0, 72_000.0, 86_400.0)
"""Waits between attempts: the schedule that the Standard Webhooks specification gives; three days in all."""


class NotifySettings(CommonSettings):
    """``QUZHONG_…`` of notify."""

    notify_policy: Path | None = None
    """The escalation policy (YAML); the shipped one unless another is named."""
    notify_webhook_retry_s: tuple[Annotated[float, Field(ge=0)], ...] = RETRY_AFTER_S
    """Seconds to wait after each failed delivery (a JSON list); as many retries as entries."""
