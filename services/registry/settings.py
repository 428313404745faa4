"""What the registry is told from outside."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr

from kit.settings import CommonSettings


class RegistrySettings(CommonSettings):
    """``QUZHONG_…`` of the registry."""

    areas_file: Path = Field(default=Path(__file__).with_name("areas-tangshan.csv"))
    """The areas of the installation, CSV: area_code,name_zh,name_en."""
    admin_token: SecretStr = SecretStr("")
    """The administrator's token, ``qz_<id>_<secret>``, from a secret store; empty: ``admin_token_file``."""

    @property
    def admin_token_file(self) -> Path:
        """Where the administrator's token stands, readable by the owner only; written if it is missing."""
        return self.data_dir / "admin.token"

    @property
    def service_token_file(self) -> Path:
        """The same for the portal and the command line, which call with role SERVICE."""
        return self.data_dir / "service.token"
