"""``AccountService``: decode, call a use case, encode."""

from __future__ import annotations

import grpc
from google.protobuf.message import Message

from kit.requests import content_sha256
from kit.security.caller import current_caller
from quzhong.api.registry.v1 import accounts_pb2 as pb
from quzhong.api.registry.v1 import accounts_pb2_grpc
from services.registry.core.accounts import Account
from services.registry.core.pages import Page
from services.registry.identity.accounts import Accounts, Opened
from services.registry.ports import Request


class AccountServicer(accounts_pb2_grpc.AccountServiceServicer):
    """The RPCs. Who may call which stands in ``kit.security.permissions``."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    def RegisterAccount(  # noqa: N802
        self, request: pb.RegisterAccountRequest, context: grpc.ServicerContext
    ) -> pb.RegisterAccountResponse:
        """See the contract."""
        asked = _request(request.request_id, request)
        opened = self._accounts.register(asked, request.account_id, request.party_id, request.person_name)
        return pb.RegisterAccountResponse(account=_account(opened.account), enrolment=_enrolment(opened))

    def ResetAccount(  # noqa: N802
        self, request: pb.ResetAccountRequest, context: grpc.ServicerContext
    ) -> pb.ResetAccountResponse:
        """See the contract."""
        opened = self._accounts.reset(_request(request.request_id, request), request.account_id)
        return pb.ResetAccountResponse(account=_account(opened.account), enrolment=_enrolment(opened))

    def DisableAccount(  # noqa: N802
        self, request: pb.DisableAccountRequest, context: grpc.ServicerContext
    ) -> pb.DisableAccountResponse:
        """See the contract."""
        account = self._accounts.disable(_request(request.request_id, request), request.account_id)
        return pb.DisableAccountResponse(account=_account(account))

    def AmendAccount(  # noqa: N802
        self, request: pb.AmendAccountRequest, context: grpc.ServicerContext
    ) -> pb.AmendAccountResponse:
        """See the contract."""
        account = self._accounts.amend(
            _request(request.request_id, request),
            request.account_id,
            request.party_id if request.HasField("party_id") else None,
            request.person_name if request.HasField("person_name") else None,
        )
        return pb.AmendAccountResponse(account=_account(account))

    def ListAccounts(  # noqa: N802
        self, request: pb.ListAccountsRequest, context: grpc.ServicerContext
    ) -> pb.ListAccountsResponse:
        """See the contract."""
        accounts, token = self._accounts.listed(request.party_id, Page(request.page_size, request.page_token))
        return pb.ListAccountsResponse(accounts=map(_account, accounts), next_page_token=token)


def _account(account: Account) -> pb.Account:
    message = pb.Account(
        account_id=account.account_id,
        party_id=account.party_id,
        state=pb.AccountState.ValueType(account.state),
        credential_id=account.credential_id,
        person_name=account.person_name,
    )
    message.create_time.FromMilliseconds(account.create_ms)
    message.update_time.FromMilliseconds(account.update_ms)
    return message


def _enrolment(opened: Opened) -> pb.Enrolment | None:
    if not opened.enrolment_code:
        return None
    message = pb.Enrolment(enrolment_code=opened.enrolment_code, otpauth_uri=opened.otpauth_uri)
    message.expire_time.FromMilliseconds(opened.account.enrolment_expire_ms)
    return message


def _request(request_id: str, message: Message) -> Request:
    return Request(current_caller().party_id, request_id, content_sha256(message))
