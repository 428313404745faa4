"""What the portal is told from outside."""

from __future__ import annotations

from pydantic import Field, SecretStr

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

    oidc_issuer: str = ""
    """The identity provider readers sign in at (OpenID Connect); empty: they paste a token."""
    oidc_client_id: str = ""
    """The portal's, at the provider."""
    oidc_client_secret: SecretStr = SecretStr("")
    token_url: str = ""
    """The registry's ``/oauth/token``, which gives an access token for who signed in."""
    local_accounts: bool = False
    """Whether readers sign in with an account of the registry's own; only without ``oidc_issuer``."""
    portal_url: str = ""
    """The address readers know the portal by, ``https://quzhong.example``; empty: as their browser asks."""

    @property
    def signs_in_at_provider(self) -> bool:
        """Whether readers may sign in at an identity provider."""
        return bool(self.oidc_issuer and self.token_url)

    @property
    def signs_in_with_account(self) -> bool:
        """Whether readers may sign in with a password and a one-time code."""
        return bool(self.local_accounts and self.token_url and not self.oidc_issuer)

    @property
    def suite(self) -> str:
        """``host:port`` the portal calls."""
        return self.suite_address or self.address
