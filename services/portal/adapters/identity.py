"""Who reads, and accounts of people, over gRPC with the reader's own token."""

from __future__ import annotations

import grpc

from quzhong.api.registry.v1 import accounts_pb2, accounts_pb2_grpc, registry_pb2, registry_pb2_grpc
from services.portal.adapters.calls import MOST, answered, asked, bearer, pages
from services.portal.adapters.decode import known, ms, optional_ms, text
from services.portal.core.accounts import WITHOUT_ACCOUNTS, Account, AccountState, Enrolment, Holder, Opened
from services.portal.core.readers import Profile, Role

_PROFILE_S = 2
"""A menu is not worth waiting longer for: without the answer there is one for everybody."""


class GrpcIdentity:
    """Implements ``services.portal.identity_ports.Identity``."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._registry = registry_pb2_grpc.RegistryServiceStub(channel)
        self._accounts = accounts_pb2_grpc.AccountServiceStub(channel)

    async def who_am_i(self, token: str) -> Profile:
        """See the port."""
        call = self._registry.WhoAmI(registry_pb2.WhoAmIRequest(), metadata=bearer(token), timeout=_PROFILE_S)
        told = await answered(call)
        return Profile(
            role=known(Role, told.role),
            party_id=told.party_id,
            name=text(told.name),
            area_codes=tuple(told.area_codes),
            platform_ids=tuple(told.platform_ids),
            person_name=told.person_name,
            may_approve=told.may_approve,
            expire_ms=optional_ms(told, "expire_time"),
        )

    async def holders(self, token: str) -> list[Holder]:
        """See the port."""
        request = registry_pb2.ListPartiesRequest(page_size=MOST)
        found = [
            _holder(each)
            async for answer in pages(self._registry.ListParties, request, token)
            for each in answer.parties
        ]
        may = (each for each in found if each.role not in WITHOUT_ACCOUNTS)
        return sorted(may, key=lambda each: (each.role, each.party_id))

    async def accounts(self, token: str) -> list[Account]:
        """See the port."""
        request = accounts_pb2.ListAccountsRequest(page_size=MOST)
        return [
            _account(each)
            async for answer in pages(self._accounts.ListAccounts, request, token)
            for each in answer.accounts
        ]

    async def register_account(
        self, token: str, account_id: str, party_id: str, person_name: str, request_id: str
    ) -> Opened:
        """See the port."""
        request = accounts_pb2.RegisterAccountRequest(
            request_id=request_id, account_id=account_id, party_id=party_id, person_name=person_name
        )
        answer = await asked(self._accounts.RegisterAccount, request, token)
        return Opened(_account(answer.account), _enrolment(answer))

    async def reset_account(self, token: str, account_id: str, request_id: str) -> Opened:
        """See the port."""
        request = accounts_pb2.ResetAccountRequest(request_id=request_id, account_id=account_id)
        answer = await asked(self._accounts.ResetAccount, request, token)
        return Opened(_account(answer.account), _enrolment(answer))

    async def disable_account(self, token: str, account_id: str, request_id: str) -> None:
        """See the port."""
        request = accounts_pb2.DisableAccountRequest(request_id=request_id, account_id=account_id)
        await asked(self._accounts.DisableAccount, request, token)

    async def amend_account(
        self, token: str, account_id: str, party_id: str, person_name: str, request_id: str
    ) -> None:
        """See the port."""
        request = accounts_pb2.AmendAccountRequest(
            request_id=request_id, account_id=account_id, party_id=party_id, person_name=person_name
        )
        await asked(self._accounts.AmendAccount, request, token)


def _holder(message: registry_pb2.Party) -> Holder:
    return Holder(message.party_id, text(message.name), known(Role, message.role), tuple(message.area_codes))


def _account(message: accounts_pb2.Account) -> Account:
    return Account(
        message.account_id,
        message.party_id,
        message.person_name,
        known(AccountState, message.state),
        ms(message.create_time),
        ms(message.update_time),
    )


def _enrolment(
    answer: accounts_pb2.RegisterAccountResponse | accounts_pb2.ResetAccountResponse,
) -> Enrolment | None:
    if not answer.enrolment.enrolment_code:
        return None
    given = answer.enrolment
    return Enrolment(given.enrolment_code, given.otpauth_uri, ms(given.expire_time))
