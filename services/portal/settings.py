"""What the portal is told from outside."""

from __future__ import annotations

from pydantic import Field

from kit.settings import CommonSettings


class PortalSettings(CommonSettings):
    """Where pages are served and services answer; each is ``QUZHONG_`` + its name in capitals."""

    suite_address: str = ""
    """``host:port`` of the gRPC services; empty means ``address``, where the embedded suite listens."""
    portal_host: str = "127.0.0.1"
    portal_port: int = Field(default=8080, ge=0, le=65535)
    """0 takes any free port."""
    portal_cookie_secure: bool = False
    """Set it wherever the portal is reached over https: the credential then never travels in the clear."""
    portal_heartbeat_s: float = Field(default=15, gt=0)
    """A comment on an idle feed this often: proxies commonly cut what is silent for 30 or 60 s."""

    @property
    def suite(self) -> str:
        """``host:port`` the portal calls."""
        return self.suite_address or self.address
