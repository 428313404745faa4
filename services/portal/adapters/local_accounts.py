"""Signing in with an account of the registry's own: what is given goes there, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

import httpx

from kit.errors import InvalidArgumentError, OverloadedError, RetryableError, UnauthenticatedError
from services.portal.ports import Session
from services.portal.settings import PortalSettings

GRANT_TYPE = "urn:quzhong:grant-type:local-account"
_TOKEN, _ENROL = "/oauth/token", "/accounts/enrol"
_TIMEOUT_S = 10.0

_PASSWORDS = {
    "PASSWORD_LENGTH": (
        "use 12–128 characters; a few words are easily kept in mind",
        "密码须为 12–128 个字符；用几个词组成的短句便于记忆",
    ),
    "PASSWORD_GUESSABLE": (
        "choose a password without the account's name, and not the same few characters over and over",
        "密码请勿包含账号名，也不要重复使用少数几个字符",
    ),
}
"""What the registry's reasons say to people, in English and Chinese."""


class RegistryAccounts:
    """Implements ``services.portal.ports.LocalAccounts``."""

    def __init__(self, settings: PortalSettings) -> None:
        self._token_url = settings.token_url
        self._enrol_url = settings.token_url.removesuffix(_TOKEN) + _ENROL

    async def sign_in(self, account_id: str, password: str, code: str) -> Session:
        """See the port."""
        form = {"grant_type": GRANT_TYPE, "account_id": account_id}
        return await _session(self._token_url, {**form, "password": password, "one_time_code": code})

    async def enrol(self, account_id: str, enrolment_code: str, password: str, code: str) -> Session:
        """See the port."""
        form = {"account_id": account_id, "enrolment_code": enrolment_code}
        return await _session(self._enrol_url, {**form, "password": password, "one_time_code": code})


async def _session(url: str, form: Mapping[str, str]) -> Session:
    async with httpx.AsyncClient(timeout=_TIMEOUT_S) as http:
        try:
            answer = await http.post(url, data=dict(form))
            told = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise _away(url) from error
    if not isinstance(told, dict) or answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise _away(url)
    if answer.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        raise OverloadedError(
            "too many attempts; wait a while, then try again",
            zh="尝试次数过多；请稍后再试",
            reason="TOO_MANY_ATTEMPTS",
        )
    reason = str(told.get("reason"))
    if reason in _PASSWORDS:
        message, zh = _PASSWORDS[reason]
        raise InvalidArgumentError(f"password: {message}", zh=zh, field="password", reason=reason)
    if answer.status_code != HTTPStatus.OK:
        raise UnauthenticatedError(
            "what was given does not go together, or was used before",
            zh="所填内容不匹配，或已被使用",
            reason="SIGN_IN_REFUSED",
        )
    return Session(str(told["access_token"]), int(told["expires_in"]))


def _away(url: str) -> RetryableError:
    return RetryableError(
        f"signing in is not possible now: {url} does not answer as it should",
        zh="暂时无法登录：登记处没有正常应答",
        reason="SIGN_IN_UNAVAILABLE",
    )
