"""Workers' one-time codes on SQLite and on a real PostgreSQL: each opens once, in time, with a trace."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kit.errors import AlreadyExistsError, InvalidArgumentError, OverloadedError, UnauthenticatedError
from kit.ledger.worker_marks import WorkerMarks
from kit.security import access_tokens
from kit.security.guesses import Guesses
from kit.storage.store import Store
from services.registry.adapters.key_file import SigningKeyFile
from services.registry.adapters.oauth_store import SqlOAuthStore
from services.registry.adapters.pseudonym_links import SqlPseudonymLinks
from services.registry.adapters.store import SqlRegistryStore
from services.registry.adapters.tables import METADATA
from services.registry.adapters.worker_code_store import SqlWorkerCodeStore
from services.registry.core.pages import Page
from services.registry.core.parties import Party, Role
from services.registry.core.party_history import PartyVersion
from services.registry.core.pseudonym_links import Link
from services.registry.core.worker_codes import CODE_MS, KEEP_MS, MOST_OF_A_WORKER, SESSION_S
from services.registry.identity.issuing import TokenIssuer
from services.registry.identity.refused_asks import RefusedAsks
from services.registry.identity.signing import SigningKeys
from services.registry.identity.worker_codes import Issued, WorkerCodes
from services.registry.ports import Request
from tests.integration.registry.told_nobody import Kept, Published

NOW_MS = 4_000_000_000_000
WORKER, SUCCESSOR, OTHER = "pseudonym-of-key-1", "pseudonym-of-key-2", "pseudonym-of-somebody"
MARKS = WorkerMarks([Ed25519PrivateKey.from_private_bytes(bytes(32))])
HERE = "ipv4:127.0.0.1"


@dataclass
class Desk:
    codes: WorkerCodes
    ledger: Kept
    links: SqlPseudonymLinks
    keys: SigningKeys
    now_ms: int = NOW_MS
    asked: int = 0

    def issue(self, worker_id: str = WORKER, party_id: str = "union", request_id: str = "") -> Issued:
        self.asked += 1
        request = Request(party_id, request_id or f"ask-{self.asked}", b"content")
        return self.codes.issue(request, worker_id, "本人在窗口申请")

    def open(self, code: str) -> access_tokens.Claims:
        opened = self.codes.redeem(code, HERE)
        assert opened.expire_ms == self.now_ms // 1000 * 1000 + SESSION_S * 1000
        (jwk,) = self.keys.jwks()["keys"]
        return access_tokens.Verifier().claims(opened.token, json.dumps(jwk), self.now_ms / 1000)


@pytest.fixture
def desk(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    database, ledger = Store.open(database_url, METADATA), Kept()

    def clock() -> int:
        return made.now_ms

    registry = SqlRegistryStore(database, lambda: NOW_MS)
    with registry.write() as transaction:
        for party_id, role in (("union", Role.UNION), ("swift", Role.PLATFORM)):
            party = Party(party_id, role, party_id, party_id, ("130203",), NOW_MS)
            transaction.put_party(PartyVersion(party, "administrator", NOW_MS))
    oauth = SqlOAuthStore(database, clock)
    file = SigningKeyFile(tmp_path_factory.mktemp("keys") / "signing-keys.json")
    keys = SigningKeys(file, oauth, Published(), clock, 30)
    refused = RefusedAsks(SqlOAuthStore(database, clock, ledger), clock)
    issuer = TokenIssuer(oauth, keys, refused, clock)
    store = SqlWorkerCodeStore(database, clock, MARKS.mark, ledger)
    codes = WorkerCodes(
        store, Published(), lambda: (issuer, "registry"), refused, Guesses("40 per hour"), clock
    )
    made = Desk(codes, ledger, SqlPseudonymLinks(database, registry), keys)
    yield made
    database.close()


def refused(desk: Desk, code: str) -> None:
    with pytest.raises(UnauthenticatedError) as error:
        desk.codes.redeem(code, HERE)
    assert error.value.reason == "WORKER_CODE_REFUSED"


def test_a_code_opens_one_worker_s_record_once(desk: Desk) -> None:
    code = desk.issue().code
    claims = desk.open(code)
    assert (claims.party_id, claims.credential_id) == ("union", "workers-union")
    assert claims.worker_ids == (WORKER,)
    refused(desk, code)


def test_a_code_may_be_typed_as_people_type(desk: Desk) -> None:
    code = desk.issue().code
    assert len(code) == 14
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert desk.open(typed).worker_ids == (WORKER,)


def test_a_code_holds_for_half_an_hour(desk: Desk) -> None:
    code = desk.issue().code
    desk.now_ms += CODE_MS
    refused(desk, code)
    fresh = desk.issue().code
    desk.now_ms += CODE_MS - 1
    assert desk.open(fresh).worker_ids == (WORKER,)


def test_a_newer_code_of_the_same_party_replaces_an_unused_one_and_no_other(desk: Desk) -> None:
    first, of_platform, of_other = (
        desk.issue().code,
        desk.issue(party_id="swift").code,
        desk.issue(OTHER).code,
    )
    second = desk.issue().code
    refused(desk, first)
    assert desk.open(second).worker_ids == (WORKER,)
    assert desk.open(of_platform).party_id == "swift"
    assert desk.open(of_other).worker_ids == (OTHER,)


def test_a_repeat_is_answered_without_the_code(desk: Desk) -> None:
    first = desk.issue(request_id="same")
    again = desk.issue(request_id="same")
    assert (again.code, again.kept.code_id) == ("", first.kept.code_id)
    assert desk.open(first.code).worker_ids == (WORKER,)
    with pytest.raises(AlreadyExistsError):
        desk.codes.issue(Request("union", "same", b"other"), OTHER, "why")


def test_a_pseudonym_of_an_earlier_key_opens_what_is_said_under_its_successor_too(desk: Desk) -> None:
    old, new = desk.issue(WORKER).code, desk.issue(SUCCESSOR).code
    with desk.links.write() as transaction:
        transaction.put_links("swift", 1, [Link(WORKER, SUCCESSOR)], NOW_MS, None)
    # The link came after the codes: it is followed when they are used.
    for code in (old, new):
        assert desk.open(code).worker_ids == (SUCCESSOR, WORKER)
    assert desk.open(desk.issue(OTHER).code).worker_ids == (OTHER,)


def test_the_worker_is_told_who_had_codes_issued_and_when_they_were_used(desk: Desk) -> None:
    desk.issue(party_id="swift")
    desk.now_ms += 1_000
    desk.open(desk.issue().code)
    desk.issue(OTHER)
    codes, _ = desk.codes.listed([WORKER], Page(0, ""))
    assert [(each.party_id, each.redeem_ms) for each in codes] == [
        ("union", NOW_MS + 1_000),
        ("swift", None),
    ]
    desk.now_ms += KEEP_MS + 1_001
    assert desk.codes.listed([WORKER], Page(0, "")) == ([], "")


def test_each_issue_and_use_is_in_the_ledger_with_its_reason_and_without_the_pseudonym(desk: Desk) -> None:
    issued = desk.issue()
    desk.open(issued.code)
    refused(desk, issued.code)
    entered = [*desk.ledger.named("worker_code.issued"), *desk.ledger.named("worker_code.redeemed")]
    assert [(act.actor, act.reason) for act in entered] == [
        ("union", "本人在窗口申请"),
        ("worker", "本人在窗口申请"),
    ]
    assert {act.subject for act in entered} == {f"worker-code/{issued.kept.code_id}"}
    assert entered[0].details == {"party_id": "union", "worker_mark": MARKS.mark(WORKER)}
    (refusal,) = desk.ledger.named("token.refused")
    assert refusal.subject == "workers"
    assert not any(
        text in str(desk.ledger.acts) for text in (WORKER, issued.code, issued.code.replace("-", ""))
    )


def test_the_code_is_kept_as_its_hash_only(desk: Desk, database_url: str) -> None:
    code = desk.issue().code
    database = Store.open(database_url, METADATA)
    with database.read() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM worker_code").all()
    database.close()
    assert rows
    assert code.replace("-", "") not in str(rows)


def test_guesses_are_limited(desk: Desk) -> None:
    for _ in range(40):
        refused(desk, "0000-0000-0000")
    with pytest.raises(OverloadedError) as error:
        desk.codes.redeem(desk.issue().code, HERE)
    assert error.value.reason == "TOO_MANY_ATTEMPTS"
    assert desk.codes.redeem(desk.issue().code, "ipv4:192.0.2.7").token


def test_a_party_issues_so_many_codes_a_day_for_a_worker(desk: Desk) -> None:
    for _ in range(MOST_OF_A_WORKER):
        desk.issue()
    with pytest.raises(OverloadedError) as error:
        desk.issue()
    assert error.value.reason == "TOO_MANY_CODES"
    assert desk.issue(party_id="swift").code
    desk.now_ms += 86_400_000
    assert desk.issue().code


@pytest.mark.parametrize(
    "worker_id", ["", "short", "13812345678", "x" * 65, "张伟张伟张伟张伟张伟张伟张伟张伟"]
)
def test_what_is_no_pseudonym_gets_no_code(desk: Desk, worker_id: str) -> None:
    with pytest.raises(InvalidArgumentError) as error:
        desk.issue(worker_id)
    assert error.value.reason == "PSEUDONYM_FORM"


@pytest.mark.parametrize("reason", ["", "   ", "x" * 201, "two\nlines"])
def test_a_code_is_issued_for_a_reason(desk: Desk, reason: str) -> None:
    with pytest.raises(InvalidArgumentError) as error:
        desk.codes.issue(Request("union", "r", b""), WORKER, reason)
    assert error.value.reason == "REASON_LENGTH"


def test_the_reason_does_not_name_the_worker(desk: Desk) -> None:
    with pytest.raises(InvalidArgumentError) as error:
        desk.codes.issue(Request("union", "r", b""), WORKER, f"{WORKER} asked")
    assert error.value.reason == "REASON_NAMES_WORKER"
    assert WORKER not in error.value.message + error.value.zh
