"""The directory over the memory log: what it knows, when it knows it, and what it refuses."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from kit.directory.directory import Directory
from kit.errors import NotFoundError, UnauthenticatedError
from kit.eventlog.memory import MemoryEventLog
from kit.eventlog.port import NewRecord
from kit.eventlog.topics import REGISTRY
from kit.security import tokens
from kit.security.caller import Role
from quzhong.api.events.v1.findings_pb2 import LocalText
from quzhong.api.registry.v1 import registry_pb2 as pb


@pytest.fixture
def log() -> MemoryEventLog:
    log = MemoryEventLog()
    log.ensure_topics([REGISTRY], 8)
    return log


@pytest.fixture
def directory(log: MemoryEventLog) -> Iterator[Directory]:
    directory = Directory(log, clock=lambda: 1_000)
    directory.start()
    yield directory
    directory.stop()


def publish(log: MemoryEventLog, entry: pb.Party | pb.Credential | pb.Area | pb.Threshold) -> None:
    record = pb.DirectoryEntry()
    getattr(record, type(entry).__name__.lower()).CopyFrom(entry)
    log.append([NewRecord(REGISTRY.name, record.SerializeToString(), key=b"entity")])


def party(party_id: str, role: Role, areas: tuple[str, ...] = ("130200",)) -> pb.Party:
    name = LocalText(zh="平台", en="Platform")
    return pb.Party(party_id=party_id, role=pb.Role.ValueType(role), name=name, area_codes=areas)


def credential(token: tokens.NewToken, party_id: str, *, revoked: bool = False) -> pb.Credential:
    entry = pb.Credential(
        credential_id=token.credential_id, party_id=party_id, secret_sha256=token.secret_sha256
    )
    if revoked:
        entry.revoke_time.FromMilliseconds(900)
    return entry


def threshold(
    version: int, value: float, effective_ms: int, metric_id: str = "delivery_time"
) -> pb.Threshold:
    entry = pb.Threshold(
        threshold_id=f"p.{metric_id}", version=version, platform_id="p", metric_id=metric_id, value=value
    )
    entry.effective_time.FromMilliseconds(effective_ms)
    return entry


def reason_of(call: Callable[[], object]) -> str:
    with pytest.raises(UnauthenticatedError) as refused:
        call()
    assert refused.value.zh != refused.value.message
    return refused.value.reason


def test_what_stood_in_the_topic_is_known_once_started(log: MemoryEventLog) -> None:
    publish(log, pb.Area(area_code="130203", parent_code="130200", name=LocalText(zh="路北区", en="Lubei")))
    directory = Directory(log, clock=lambda: 1_000)
    directory.start()
    try:
        assert directory.knows_area("130203")
        assert directory.area_name("130203") == ("路北区", "Lubei")
        assert [area.area_code for area in directory.areas()] == ["130203"]
    finally:
        directory.stop()


def test_an_area_nobody_registered_is_named_by_its_code(directory: Directory) -> None:
    assert not directory.knows_area("999999")
    assert directory.area_name("999999") == ("999999", "999999")


def test_a_credential_works_at_once_after_it_was_published(directory: Directory, log: MemoryEventLog) -> None:
    for number in range(20):
        token = tokens.issue()
        publish(log, party(f"platform-{number}", Role.PLATFORM))
        publish(log, credential(token, f"platform-{number}"))
        caller = directory.authenticate(token.token)
        assert (caller.party_id, caller.role, caller.area_codes) == (
            f"platform-{number}",
            Role.PLATFORM,
            ("130200",),
        )


def test_an_unknown_credential_is_refused_after_catching_up(directory: Directory) -> None:
    assert reason_of(lambda: directory.authenticate(tokens.issue().token)) == "CREDENTIAL_UNKNOWN"


def test_a_wrong_secret_of_a_known_credential_is_refused(directory: Directory, log: MemoryEventLog) -> None:
    token = tokens.issue()
    publish(log, party("p", Role.PLATFORM))
    publish(log, credential(token, "p"))
    assert reason_of(lambda: directory.authenticate(f"qz_{token.credential_id}_00")) == "CREDENTIAL_UNKNOWN"


def test_a_text_that_is_no_token_is_refused(directory: Directory) -> None:
    assert reason_of(lambda: directory.authenticate("hello")) == "CREDENTIAL_MALFORMED"


def test_a_revoked_credential_is_refused_with_its_reason(directory: Directory, log: MemoryEventLog) -> None:
    token = tokens.issue()
    publish(log, party("p", Role.PLATFORM))
    publish(log, credential(token, "p"))
    assert directory.authenticate(token.token).party_id == "p"
    publish(log, credential(token, "p", revoked=True))
    directory.refresh()
    assert reason_of(lambda: directory.authenticate(token.token)) == "CREDENTIAL_REVOKED"


def test_a_record_delivered_again_does_not_undo_a_revocation(
    directory: Directory, log: MemoryEventLog
) -> None:
    token = tokens.issue()
    publish(log, party("p", Role.PLATFORM))
    publish(log, credential(token, "p", revoked=True))
    publish(log, credential(token, "p"))
    assert reason_of(lambda: directory.authenticate(token.token)) == "CREDENTIAL_REVOKED"


def test_platform_finds_platforms_only(directory: Directory, log: MemoryEventLog) -> None:
    publish(log, party("p", Role.PLATFORM))
    publish(log, party("hrss", Role.REGULATOR))
    found = directory.platform("p")
    assert found is not None
    assert found.name_zh == "平台"
    assert directory.platform("hrss") is None
    assert directory.platform("nobody") is None
    assert [entry.party_id for entry in directory.parties()] == ["hrss", "p"]
    assert [entry.party_id for entry in directory.parties(Role.REGULATOR)] == ["hrss"]


def test_a_later_record_of_an_entity_replaces_the_earlier(directory: Directory, log: MemoryEventLog) -> None:
    publish(log, party("p", Role.PLATFORM, areas=("130203",)))
    publish(log, party("p", Role.PLATFORM, areas=("130200", "130300")))
    directory.refresh()
    found = directory.platform("p")
    assert found is not None
    assert found.area_codes == ("130200", "130300")


def test_an_earlier_version_of_a_party_that_comes_again_changes_nothing(
    directory: Directory, log: MemoryEventLog
) -> None:
    first = party("union", Role.UNION)
    first.version = 1
    second = party("union", Role.UNION, areas=("130203",))
    second.version, second.department_id = 2, "d"
    second.platform_ids.append("platform-a")
    for each in (first, second, first):
        publish(log, each)
    directory.refresh()
    (known,) = directory.parties()
    assert (known.version, known.area_codes, known.platform_ids) == (2, ("130203",), ("platform-a",))
    assert known.department_id == "d"


def test_thresholds_are_those_in_force_at_the_time_asked(directory: Directory, log: MemoryEventLog) -> None:
    publish(log, threshold(1, 1800.0, effective_ms=100))
    publish(log, threshold(2, 1500.0, effective_ms=300))
    publish(log, threshold(1, 0.9, effective_ms=0, metric_id="on_time_rate"))
    directory.refresh()
    values = {
        at: [entry.value for entry in directory.thresholds("delivery_time", at)] for at in (99, 100, 300)
    }
    assert values == {99: [], 100: [1800.0], 300: [1500.0]}


def test_a_damaged_record_hides_nothing_else(
    directory: Directory, log: MemoryEventLog, caplog: pytest.LogCaptureFixture
) -> None:
    log.append([NewRecord(REGISTRY.name, b"\xff\xff", key=b"x"), NewRecord(REGISTRY.name, b"", key=b"x")])
    publish(log, party("p", Role.PLATFORM))
    assert directory.platform("p") is not None
    assert [record.levelname for record in caplog.records] == ["ERROR", "ERROR"]


def test_without_the_topic_the_start_fails(log: MemoryEventLog) -> None:
    with pytest.raises(NotFoundError):
        Directory(MemoryEventLog(), clock=lambda: 0).start()


def test_what_is_known_stays_answerable_after_stop(log: MemoryEventLog) -> None:
    publish(log, party("p", Role.PLATFORM))
    directory = Directory(log, clock=lambda: 0)
    directory.start()
    directory.stop()
    assert directory.platform("p") is not None


def test_many_threads_with_bad_tokens_do_not_keep_a_good_one_out(
    directory: Directory, log: MemoryEventLog
) -> None:
    reads = 0
    end_offsets = log.end_offsets

    def counted(topic: str) -> dict[int, int]:
        nonlocal reads
        reads += 1
        return end_offsets(topic)

    log.end_offsets = counted  # type: ignore[method-assign]
    token = tokens.issue()
    flood = [
        threading.Thread(target=lambda: reason_of(lambda: directory.authenticate(tokens.issue().token)))
        for _ in range(30)
    ]
    for thread in flood:
        thread.start()
    publish(log, party("p", Role.PLATFORM))
    publish(log, credential(token, "p"))
    assert directory.authenticate(token.token).party_id == "p"
    for thread in flood:
        thread.join()
    assert reads <= 4
