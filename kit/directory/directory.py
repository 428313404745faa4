"""The read model of topic ``registry``: who may call, which platforms, areas and thresholds there are.

Every process holds one, whole, in memory: some thousand entries for a city.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Mapping
from functools import partial

from kit.clock import Clock
from kit.directory.callers import caller_of, unknown_credential, worker_of
from kit.directory.catch_up import CatchUpGate
from kit.directory.decode import entry_of
from kit.directory.entries import (
    AdmissionEntry,
    AreaEntry,
    CredentialEntry,
    Entry,
    ErasureEntry,
    PartyEntry,
    RuleDocumentEntry,
    SigningKeyEntry,
    ThresholdEntry,
    in_force,
)
from kit.errors import LogUnavailableError, MalformedRecordError, RetryableError
from kit.eventlog.port import EventLog, Reader, Record
from kit.eventlog.topics import REGISTRY
from kit.security import access_tokens, tokens
from kit.security.caller import Caller, Role

_log = logging.getLogger(__name__)

_POLL_S = 0.1
"""How long ``stop`` may have to wait for the reading thread."""

_RETRY_S = 0.5
"""Pause after the log could not give records."""

CATCH_UP_TIMEOUT_S = 5.0
"""A miss waits this long for the log before its caller is told to come back: the usual patience of an RPC."""


class Directory:
    """Reads the topic from its start in a thread of its own, and answers from memory.

    Safe for use by many threads. ``authenticate`` and ``platform`` catch up with the log before they say no,
    so that a credential works everywhere the moment the registry has published it.
    """

    def __init__(self, log: EventLog, clock: Clock) -> None:
        self._event_log = log
        self._clock = clock
        self._changed = threading.Condition()
        self._parties: dict[str, PartyEntry] = {}
        self._credentials: dict[str, CredentialEntry] = {}
        self._standing: defaultdict[str, dict[str, CredentialEntry]] = defaultdict(dict)
        self._signing_keys: dict[str, SigningKeyEntry] = {}
        self._access_tokens = access_tokens.Verifier()
        self._areas: dict[str, AreaEntry] = {}
        self._admissions: dict[str, AdmissionEntry] = {}
        self._thresholds: defaultdict[str, dict[int, ThresholdEntry]] = defaultdict(dict)
        self._rule_documents: defaultdict[str, dict[int, RuleDocumentEntry]] = defaultdict(dict)
        self._erasures: Mapping[bytes, ErasureEntry] = {}
        self._position: dict[int, int] = {}
        self._fresh_ms = 0
        self._gate = CatchUpGate(self.refresh)
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Start reading, and return once everything that stood in the topic is known.

        Raises:
            NotFoundError: if the topic does not exist (``EventLog.ensure_topics`` first).
            LogUnavailableError: (retryable) if the log cannot be read.
        """
        reader = self._event_log.reader(REGISTRY.name)
        self._stopping.clear()
        self._thread = threading.Thread(target=self._read, args=(reader,), name="directory", daemon=True)
        self._thread.start()
        self.refresh()

    def stop(self) -> None:
        """Stop reading. What is known stays answerable."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def refresh(self) -> None:
        """Return once everything the topic held at the time of this call is known.

        For the suite's own use: unlike the misses of ``authenticate`` and ``platform`` it is not rationed.

        Raises:
            LogUnavailableError: (retryable) if the log cannot be read within ``CATCH_UP_TIMEOUT_S``.
        """
        end = self._event_log.end_offsets(REGISTRY.name)
        deadline = time.monotonic() + CATCH_UP_TIMEOUT_S
        with self._changed:
            while any(self._position.get(partition, 0) < offset for partition, offset in end.items()):
                thread, remaining_s = self._thread, deadline - time.monotonic()
                if thread is None or not thread.is_alive() or remaining_s <= 0:
                    raise LogUnavailableError(
                        f"the directory is behind topic {REGISTRY.name} and does not catch up; send again",
                        zh=f"登记目录落后于主题 {REGISTRY.name} 且未能追上；请稍后重发",
                        reason="DIRECTORY_BEHIND",
                    )
                self._changed.wait(min(remaining_s, 1.0))

    def authenticate(self, token: str) -> Caller:
        """Who holds this token, opaque (``kit.security.tokens``) or signed (``kit.security.access_tokens``).

        Raises:
            UnauthenticatedError: CREDENTIAL_MALFORMED, CREDENTIAL_UNKNOWN or CREDENTIAL_REVOKED; of a signed
                one also CREDENTIAL_EXPIRED, CREDENTIAL_NOT_YET_VALID or CREDENTIAL_WRONG_AUDIENCE.
            LogUnavailableError: (retryable) if the token is not known yet and the log cannot be asked.
            OverloadedError: (retryable) if it is not known yet and too many like it are being looked up.
        """
        if access_tokens.has_form(token):
            key_id = access_tokens.key_id_of(token)
            known = partial(self._bearer, token, key_id)
        else:
            known = partial(self._holder, *tokens.split(token))
        caller = known()
        if caller is None:
            self._gate.pass_through()
            caller = known()
        if caller is None:
            raise unknown_credential()
        return caller

    def _holder(self, credential_id: str, secret: str) -> Caller | None:
        """None if it is not known (yet); a wrong secret is refused outright, as reading on cannot mend it."""
        with self._changed:
            credential = self._credentials.get(credential_id)
            party = self._parties.get(credential.party_id) if credential else None
        if credential is None or party is None:
            return None
        if not tokens.matches(secret, credential.secret_sha256):
            raise unknown_credential()
        return caller_of(credential, party)

    def _bearer(self, token: str, key_id: str) -> Caller | None:
        """None if the signing key, or whom the token is of, is not known (yet)."""
        now_ms = self._clock()
        with self._changed:
            key = self._signing_keys.get(key_id)
        if key is None:
            return None
        if now_ms >= key.expire_ms:
            raise access_tokens.expired()
        claims = self._access_tokens.claims(token, key.public_jwk, now_ms / 1000)
        with self._changed:
            credential = self._credentials.get(claims.credential_id)
            party = self._parties.get(claims.party_id)
        if credential is None or party is None or credential.party_id != party.party_id:
            return None
        caller = caller_of(credential, party, claims.certificate_sha256, claims.expire_s * 1000)
        return worker_of(caller, claims.worker_ids) if claims.worker_ids else caller

    def platform(self, platform_id: str) -> PartyEntry | None:
        """A registered platform, else None. On a miss it raises what ``authenticate`` raises on one."""
        party = self._party(platform_id)
        if party is None:
            self._gate.pass_through()
            party = self._party(platform_id)
        return party if party is not None and party.role is Role.PLATFORM else None

    def is_admitted(self, platform_id: str) -> bool:
        """Whether a registered platform may send live events: one of which nothing is said was registered
        before admission was asked for. Before it says no it raises what ``authenticate`` raises on a miss."""
        if not self._admitted(platform_id):
            self._gate.pass_through()
        return self._admitted(platform_id)

    def _admitted(self, platform_id: str) -> bool:
        with self._changed:
            admission = self._admissions.get(platform_id)
        return admission is None or admission.admitted

    def _party(self, party_id: str) -> PartyEntry | None:
        with self._changed:
            return self._parties.get(party_id)

    def holder(self, party_id: str) -> Caller | None:
        """What a party may do now; None if nobody registered it, or none of its credentials stands."""
        with self._changed:
            party = self._parties.get(party_id)
            credential = next(iter(self._standing[party_id].values()), None) if party else None
        return caller_of(credential, party) if credential and party else None

    def parties(self, role: Role | None = None) -> list[PartyEntry]:
        """All parties, or those of a role, by id."""
        with self._changed:
            parties = list(self._parties.values())
        return sorted((p for p in parties if role in (None, p.role)), key=lambda party: party.party_id)

    def knows_area(self, area_code: str) -> bool:
        """Whether the area is registered."""
        with self._changed:
            return area_code in self._areas

    def area_name(self, area_code: str) -> tuple[str, str]:
        """The area's name in Chinese and English; for an area nobody registered its code, twice."""
        with self._changed:
            area = self._areas.get(area_code)
        return (area.name_zh, area.name_en) if area else (area_code, area_code)

    def areas(self) -> list[AreaEntry]:
        """All areas, by code."""
        with self._changed:
            return sorted(self._areas.values(), key=lambda area: area.area_code)

    def thresholds(self, metric_id: str, at_ms: int) -> list[ThresholdEntry]:
        """Of each threshold of the metric the version in force at ``at_ms`` (epoch milliseconds), by id."""
        with self._changed:
            histories = [list(versions.values()) for _, versions in sorted(self._thresholds.items())]
        holding = (in_force(versions, at_ms) for versions in histories if versions[0].metric_id == metric_id)
        return [threshold for threshold in holding if threshold is not None]

    def threshold_history(self) -> list[ThresholdEntry]:
        """Every version of every threshold that was ever declared, by id and version."""
        with self._changed:
            return [
                versions[number]
                for _, versions in sorted(self._thresholds.items())
                for number in sorted(versions)
            ]

    def rule_documents(self) -> list[RuleDocumentEntry]:
        """Every version of every document of rules that was ever declared, by id and version."""
        with self._changed:
            return [
                versions[number]
                for _, versions in sorted(self._rule_documents.items())
                for number in sorted(versions)
            ]

    def erasures(self) -> Mapping[bytes, ErasureEntry]:
        """Whose data are to go, by the SHA-256 of the pseudonym; the same object until there are more."""
        return self._erasures

    def staleness_ms(self) -> int:
        """How long ago the log was last heard of: for health checks. Grows only while the log is away."""
        with self._changed:
            return self._clock() - self._fresh_ms

    def _read(self, reader: Reader) -> None:
        try:
            while not self._stopping.is_set():
                try:
                    records = reader.poll(_POLL_S)
                except RetryableError as error:
                    _log.warning("directory: %s; trying again", error.message)
                    self._stopping.wait(_RETRY_S)
                    continue
                self._take(records, reader.position())
        finally:
            reader.close()

    def _take(self, records: list[Record], position: dict[int, int]) -> None:
        entries = [entry for entry in map(_decoded, records) if entry is not None]
        with self._changed:
            for entry in entries:
                self._put(entry)
            self._position = position
            self._fresh_ms = self._clock()
            self._changed.notify_all()

    def _put(self, entry: Entry) -> None:
        match entry:
            case PartyEntry():
                # As below, an older version may come again.
                last = self._parties.get(entry.party_id)
                if last is None or entry.version >= last.version:
                    self._parties[entry.party_id] = entry
            case CredentialEntry():
                # Records come at least once, so an older one may come again: what was revoked stays revoked.
                known = self._credentials.get(entry.credential_id)
                if known is None or known.revoke_ms is None:
                    self._credentials[entry.credential_id] = entry
                    if entry.revoke_ms is None:
                        self._standing[entry.party_id][entry.credential_id] = entry
                    else:
                        self._standing[entry.party_id].pop(entry.credential_id, None)
            case AdmissionEntry():
                known_admission = self._admissions.get(entry.platform_id)
                if known_admission is None or entry.version >= known_admission.version:
                    self._admissions[entry.platform_id] = entry
            case SigningKeyEntry():
                # As with credentials: what has been retired stays retired.
                standing = self._signing_keys.get(entry.key_id)
                if standing is None or entry.expire_ms < standing.expire_ms:
                    self._signing_keys[entry.key_id] = entry
            case AreaEntry():
                self._areas[entry.area_code] = entry
            case ThresholdEntry():
                self._thresholds[entry.threshold_id][entry.version] = entry
            case ErasureEntry():
                self._erase(entry)
            case RuleDocumentEntry():
                self._rule_documents[entry.document_id][entry.version] = entry

    def _erase(self, entry: ErasureEntry) -> None:
        """Another mapping each time, so that who has the last one sees without a lock that there is more."""
        known = self._erasures
        latest = {
            worker: entry
            for worker in entry.worker_sha256
            if worker not in known or known[worker].erase_ms < entry.erase_ms
        }
        if latest:
            self._erasures = {**known, **latest}


def _decoded(record: Record) -> Entry | None:
    try:
        return entry_of(record.value)
    except MalformedRecordError as error:
        # Only the registry writes here, so this is a newer registry's kind of entry, or damage. Everything
        # else stays answerable; the record itself stays in the topic for whoever looks into it.
        _log.error("%s offset %d: %s", record.topic, record.offset, error.message)
        return None
