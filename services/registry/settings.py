"""What the registry is told from outside."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr

from kit.settings import CommonSettings


class RegistrySettings(CommonSettings):
    """``QUZHONG_…`` of the registry."""

    areas_file: Path = Field(default=Path(__file__).with_name("areas-tangshan.csv"))
    """The areas of the installation, CSV: area_code,name_zh,name_en."""
    responsibilities_file: Path = Field(default=Path(__file__).with_name("responsibilities.yaml"))
    """Which units the city's notice names as responsible for each article, YAML."""
    reporting_file: Path = Field(default=Path(__file__).with_name("reporting.yaml"))
    """Who reports on employment to whom and by when, and what has to be explained, YAML."""
    rule_notice_days: int = Field(default=7, ge=0, le=365)
    """Days between the publication of a changed rule document and its effect: 电子商务法第三十四条."""
    admin_token: SecretStr = SecretStr("")
    """The administrator's token, ``qz_<id>_<secret>``, from a secret store; empty: ``admin_token_file``."""

    pseudonym_keys: SecretStr = SecretStr("")
    """The keys of pseudonyms, the JSON of ``adapters/pseudonym_key_file.py``, from a secret store; empty:
    ``pseudonym_key_file``."""
    pseudonym_daily_evaluations: int = Field(default=50_000, ge=1)
    """Evaluations a party may have within 24 hours. The whole roster of a large platform in a city of eight
    million at once; while to try the 6·10⁸ identity numbers that the 17 districts of such a city can have
    given out in a hundred years would take 34 years."""
    pseudonym_requests_per_second: int = Field(default=20, ge=1)
    """Of a party, whatever their size: ten times what a platform sends whose new workers come one by one;
    more is a loop, and full batches of 20 a second would take more than a core."""

    account_keys: SecretStr = SecretStr("")
    """The keys that seal the secrets of local accounts, Fernet, one a line, the newest last, from a secret
    store; empty: ``account_key_file``."""
    require_conformance: bool | None = None
    """Whether platforms that are registered from now on must pass the conformance kit, or be admitted by
    decision, before intake takes their events. Unset: in production (``environment``)."""
    conformance_keys: str = ""
    """Keys that may sign the kit's reports, as ``quzhong conformance`` tells them (``name+id+base64``),
    separated by blanks; beside them the ledger's key counts, which the authority alone has."""

    environment: str = ""
    """``production``: nothing is made up that has to outlast the machine. The SDK reads it too."""

    oauth_host: str = "127.0.0.1"
    """Where the token endpoint listens (``identity/token_api.py``)."""
    oauth_port: int | None = Field(default=None, ge=0, le=65535)
    """Unset: no token endpoint, and opaque tokens only; 0 takes any free port."""
    oauth_issuer: str = ""
    """The address clients know it by, ``https://quzhong.example``; empty: where it listens."""
    oauth_key_days: int = Field(default=30, ge=1)
    """How long a key signs access tokens before the next one does."""

    oidc_issuer: str = ""
    """The identity provider people sign in at (OpenID Connect); empty: they paste tokens into the portal."""
    oidc_client_id: str = ""
    """The portal's, at the provider."""
    oidc_party_claim: str = "quzhong_party"
    """The claim of an ID token that holds the party_id its owner belongs to."""

    local_accounts: bool = False
    """Whether people sign in with accounts of the registry's own: a password and one-time codes. Only where
    there is no identity provider; needs ``oauth_port``."""

    @property
    def signing_key_file(self) -> Path:
        """Where the keys of access tokens stand, readable by the owner only; written if it is missing."""
        return self.data_dir / "signing-keys.json"

    @property
    def account_key_file(self) -> Path:
        """Where the keys stand that seal accounts' secrets, readable by the owner only; written if it is
        missing, but not in production."""
        return self.data_dir / "account.keys"

    @property
    def in_production(self) -> bool:
        """Whether ``environment`` says so."""
        return self.environment.strip().lower() == "production"

    @property
    def asks_for_conformance(self) -> bool:
        """Whether platforms are registered into the sandbox."""
        return self.in_production if self.require_conformance is None else self.require_conformance

    @property
    def pseudonym_key_file(self) -> Path:
        """Where the keys of pseudonyms stand, readable by the owner only; written if it is missing."""
        return self.data_dir / "pseudonym-keys.json"

    @property
    def admin_token_file(self) -> Path:
        """Where the administrator's token stands, readable by the owner only; written if it is missing."""
        return self.data_dir / "admin.token"

    @property
    def service_token_file(self) -> Path:
        """The same for the portal and the command line, which call with role SERVICE."""
        return self.data_dir / "service.token"
