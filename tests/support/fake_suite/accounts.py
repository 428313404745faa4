"""What the fake suite says of accounts: two there are, and whatever is opened beside them."""

# ruff: noqa: N802 (RPCs have the names the contract gives them)

from __future__ import annotations

from typing import Any

from kit.errors import AlreadyExistsError, NotFoundError
from quzhong.api.registry.v1 import accounts_pb2 as pb
from quzhong.api.registry.v1 import accounts_pb2_grpc
from tests.support.fake_suite import data

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def first_accounts() -> dict[str, pb.Account]:
    rows = (
        ("li-wei", "tangshan-hrss", "李伟", pb.ACCOUNT_STATE_ACTIVE),
        ("wang-fang", "tangshan-union", "", pb.ACCOUNT_STATE_PENDING),
    )
    return {
        account_id: pb.Account(
            account_id=account_id,
            party_id=party_id,
            person_name=name,
            state=state,
            create_time=data.moment(data.at("2026-02-01 09:00")),
            update_time=data.moment(data.at("2026-03-02 10:30")),
        )
        for account_id, party_id, name, state in rows
    }


class Accounts(accounts_pb2_grpc.AccountServiceServicer):
    def __init__(self, accounts: dict[str, pb.Account]) -> None:
        self._accounts = accounts
        self._answered: set[str] = set()

    def ListAccounts(self, request: pb.ListAccountsRequest, context: Any) -> pb.ListAccountsResponse:
        return pb.ListAccountsResponse(accounts=[one for _, one in sorted(self._accounts.items())])

    def RegisterAccount(self, request: pb.RegisterAccountRequest, context: Any) -> pb.RegisterAccountResponse:
        if request.request_id in self._answered:
            return pb.RegisterAccountResponse(account=self._accounts[request.account_id])
        if request.account_id in self._accounts:
            raise AlreadyExistsError(
                f"account_id: {request.account_id!r} is taken",
                zh=f"account_id：{request.account_id!r} 已被使用",
                field="account_id",
                reason="ACCOUNT_EXISTS",
            )
        self._answered.add(request.request_id)
        account = pb.Account(
            account_id=request.account_id,
            party_id=request.party_id,
            person_name=request.person_name,
            state=pb.ACCOUNT_STATE_PENDING,
            create_time=data.moment(data.at("2026-03-16 10:00")),
            update_time=data.moment(data.at("2026-03-16 10:00")),
        )
        self._accounts[account.account_id] = account
        return pb.RegisterAccountResponse(account=account, enrolment=_enrolment(account.account_id))

    def ResetAccount(self, request: pb.ResetAccountRequest, context: Any) -> pb.ResetAccountResponse:
        account = self._one(request.account_id)
        account.state = pb.ACCOUNT_STATE_PENDING
        return pb.ResetAccountResponse(account=account, enrolment=_enrolment(account.account_id))

    def DisableAccount(self, request: pb.DisableAccountRequest, context: Any) -> pb.DisableAccountResponse:
        account = self._one(request.account_id)
        account.state = pb.ACCOUNT_STATE_DISABLED
        return pb.DisableAccountResponse(account=account)

    def AmendAccount(self, request: pb.AmendAccountRequest, context: Any) -> pb.AmendAccountResponse:
        account = self._one(request.account_id)
        account.party_id, account.person_name = request.party_id, request.person_name
        return pb.AmendAccountResponse(account=account)

    def _one(self, account_id: str) -> pb.Account:
        if account_id not in self._accounts:
            raise NotFoundError("account_id: there is none such", zh="没有这个账号", field="account_id")
        return self._accounts[account_id]


def _enrolment(account_id: str) -> pb.Enrolment:
    return pb.Enrolment(
        enrolment_code="3xTq9-enrolment-code-Zk7w",
        otpauth_uri=f"otpauth://totp/Quzhong:{account_id}?secret={SECRET}&issuer=Quzhong",
        expire_time=data.moment(data.at("2026-03-23 10:00")),
    )
