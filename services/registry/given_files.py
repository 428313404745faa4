"""What the operator gives the registry as files and secrets: read at its start, each fault by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from kit.errors import InvalidArgumentError
from services.registry.adapters import account_keys, pseudonym_key_file
from services.registry.adapters.seals import FernetSeals, NoSeals
from services.registry.adapters.token_file import token_in
from services.registry.adapters.yaml_file import document_in
from services.registry.core.areas import Areas, parse_areas
from services.registry.core.field_error import FieldError
from services.registry.core.reporting import Reporting, parse_reporting
from services.registry.core.responsibilities import Responsibilities, parse_responsibilities
from services.registry.identity.ports import Seals
from services.registry.opening import Standing, administrator, suite
from services.registry.pseudonyms.ports import SecretKey
from services.registry.settings import RegistrySettings

DocumentT = TypeVar("DocumentT")


def areas(settings: RegistrySettings) -> Areas:
    """The areas of the installation.

    Raises:
        InvalidArgumentError: AREAS_FILE_UNREADABLE, or what is wrong with a row.
    """
    path = settings.areas_file
    try:
        return parse_areas(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeError) as error:
        raise InvalidArgumentError(
            f"QUZHONG_AREAS_FILE: {path} cannot be read: {error}",
            zh=f"QUZHONG_AREAS_FILE：无法读取 {path}：{error}",
            field="QUZHONG_AREAS_FILE",
            reason="AREAS_FILE_UNREADABLE",
        ) from error
    except FieldError as error:
        raise InvalidArgumentError(
            f"QUZHONG_AREAS_FILE: {path}: {error.message}",
            zh=f"QUZHONG_AREAS_FILE：{path}：{error.zh}",
            field="QUZHONG_AREAS_FILE",
            reason=error.reason,
        ) from error


def responsibilities(settings: RegistrySettings) -> Responsibilities:
    """Which units answer for which article of the notice.

    Raises:
        InvalidArgumentError: RESPONSIBILITIES_FILE_UNUSABLE.
    """
    return _parsed(settings.responsibilities_file, "RESPONSIBILITIES_FILE", parse_responsibilities)


def reporting(settings: RegistrySettings, responsibilities: Responsibilities) -> Reporting:
    """Who reports on employment to whom and by when.

    Raises:
        InvalidArgumentError: REPORTING_FILE_UNUSABLE.
    """
    return _parsed(
        settings.reporting_file,
        "REPORTING_FILE",
        lambda document: parse_reporting(document, responsibilities.unit_ids),
    )


def pseudonym_keys(settings: RegistrySettings, now_ms: int) -> list[SecretKey]:
    """The keys of pseudonyms, from the secret store or the file. Raises as ``pseudonym_key_file.keys_in``."""
    given, variable = settings.pseudonym_keys.get_secret_value(), "QUZHONG_PSEUDONYM_KEYS"
    if given:
        return pseudonym_key_file.opened(pseudonym_key_file.parse(given, variable), variable)
    return pseudonym_key_file.keys_in(settings.pseudonym_key_file, now_ms)


def seals(settings: RegistrySettings) -> Seals:
    """What seals the secrets of accounts.

    Raises:
        InvalidArgumentError: ACCOUNT_KEYS, SECRET_READABLE; ACCOUNT_KEYS_MISSING in production, where a key
            that was made up would be lost with the machine, and everybody's second factor with it.
    """
    given, variable = settings.account_keys.get_secret_value(), account_keys.VARIABLE
    path = settings.account_key_file
    if given:
        return FernetSeals(account_keys.parse(given.encode(), variable))
    if not settings.in_production or path.exists():
        return FernetSeals(account_keys.keys_in(path))
    if not settings.local_accounts:
        return NoSeals()
    raise InvalidArgumentError(
        f"{variable}: not set, and there is no {path}; local accounts need it in production: set it from a "
        "secret store",
        zh=f"{variable}：未设置，且不存在 {path}；生产环境启用本地账号须由密钥管理系统提供该密钥",
        field=variable,
        reason="ACCOUNT_KEYS_MISSING",
    )


def standing(settings: RegistrySettings) -> tuple[Standing, Standing]:
    """The parties with tokens from outside: the administrator, and the suite itself.

    Raises:
        InvalidArgumentError: SECRET_READABLE, for a token's file.
    """
    given, admin_file = settings.admin_token.get_secret_value(), settings.admin_token_file
    if given:
        admin = administrator(given, "QUZHONG_ADMIN_TOKEN")
    else:
        admin = administrator(token_in(admin_file), str(admin_file))
    return admin, suite(token_in(settings.service_token_file), str(settings.service_token_file))


def _parsed(path: Path, variable: str, parse: Callable[[Mapping[str, Any]], DocumentT]) -> DocumentT:
    """What a YAML file says; ``variable`` without its prefix is what it is named by."""
    try:
        return parse(document_in(path))
    except (OSError, ValueError) as error:
        raise InvalidArgumentError(
            f"QUZHONG_{variable}: {path}: {error}",
            zh=f"QUZHONG_{variable}：{path}：{error}",
            field=f"QUZHONG_{variable}",
            reason=f"{variable}_UNUSABLE",
        ) from error
