"""What both pseudonymisers do between question and answer: no input or output, no time of its own."""

from __future__ import annotations

import secrets
import threading
from base64 import urlsafe_b64encode
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from quzhong import voprf
from quzhong.api.registry.v1 import pseudonyms_pb2 as pb
from quzhong.errors import EvaluationRefusedError, KeyChangedError, PseudonymError

Metadata = tuple[tuple[str, str], ...]
"""Of a call: what carries the credential."""

PSEUDONYM_BYTES = 18
"""Of the 64 of an output: 144 bits are 24 characters without padding; a collision among 10⁹ workers has a
chance below 10⁻²⁵."""

MOST_ELEMENTS = 500
"""Of one request, as the contract says."""

KEYS_FRESH_S = 3_600.0
"""How long what is known of the keys is used: a rotation is announced days ahead."""


@dataclass(frozen=True, slots=True)
class PseudonymKey:
    """A version of the registry's key."""

    version: int
    public_key: bytes
    """32 bytes; what answers are verified with. Keep it, and pin it the next time."""
    not_before: datetime
    """From when on events carry its pseudonyms."""
    retire_time: datetime | None
    """From when on it does not answer; None: no end is planned."""


class KnownKeys:
    """The versions as the registry last told them. A version's key, once seen, may not change."""

    def __init__(self, pins: Mapping[int, bytes]) -> None:
        """``pins``: public keys by version that are known from elsewhere."""
        self._seen = dict(pins)
        self._keys: dict[int, PseudonymKey] = {}
        self._told_s: float | None = None

    @property
    def keys(self) -> tuple[PseudonymKey, ...]:
        """Those that answer, ascending."""
        return tuple(self._keys.values())

    def fresh(self, now_s: float, version: int | None = None) -> bool:
        """Whether they need not be asked for again, at a monotonic time, to use a version."""
        if self._told_s is None or (version is not None and version not in self._keys):
            return False
        return now_s - self._told_s < KEYS_FRESH_S

    @property
    def empty(self) -> bool:
        """Whether nothing was told yet."""
        return not self._keys

    def forget(self) -> None:
        """Have them asked for again; what is pinned stays so."""
        self._told_s = None

    def learn(self, answer: pb.GetPseudonymKeysResponse, now_s: float) -> None:
        """Take in what the registry told.

        Raises:
            KeyChangedError: if a version has another key than before; nothing is taken in then.
            EvaluationRefusedError: if it told no version, or no key.
        """
        keys = {}
        for message in sorted(answer.keys, key=lambda key: key.key_version):
            self._check(message.key_version, message.public_key)
            retire = message.retire_time.ToDatetime(UTC) if message.HasField("retire_time") else None
            keys[message.key_version] = PseudonymKey(
                message.key_version, message.public_key, message.not_before.ToDatetime(UTC), retire
            )
        if not keys:
            raise EvaluationRefusedError("the registry told no version of its key")
        self._seen |= {version: key.public_key for version, key in keys.items()}
        self._keys, self._told_s = keys, now_s

    def version(self, asked: int | None, now: datetime) -> int:
        """The version asked for, or the one events carry at ``now``.

        Raises:
            PseudonymError: for a version that does not answer.
        """
        if asked is not None:
            if asked not in self._keys:
                numbers = ", ".join(map(str, self._keys))
                raise PseudonymError(f"key_version: {asked} does not answer; {numbers} do")
            return asked
        begun = [key.version for key in self._keys.values() if key.not_before <= now]
        return begun[-1] if begun else min(self._keys)

    def public_key(self, version: int) -> bytes:
        """Of a version that answers."""
        return self._keys[version].public_key

    def _check(self, version: int, public_key: bytes) -> None:
        if self._seen.get(version, public_key) != public_key:
            raise KeyChangedError(
                f"version {version} of the registry's key has another public key than before; ask the "
                "registry, by another way, which one is right"
            )


class Round:
    """Some identities, on their way to the registry and back. Used once."""

    def __init__(self, version: int, public_key: bytes, texts: Sequence[str]) -> None:
        """``texts`` as of ``identities.canonical``; 1–500."""
        self._version = version
        self._public_key = public_key
        self._texts = texts
        self._blindings = [voprf.blind(text.encode()) for text in texts]

    def request(self) -> pb.EvaluatePseudonymsRequest:
        """What is sent: nothing in it depends on who the workers are."""
        return pb.EvaluatePseudonymsRequest(
            key_version=self._version, blinded_elements=[each.element for each in self._blindings]
        )

    def pseudonyms(self, answer: pb.EvaluatePseudonymsResponse) -> dict[str, str]:
        """Text → pseudonym, verified.

        Raises:
            EvaluationRefusedError: if the answer was not made with this version's key.
        """
        if (answer.key_version, answer.public_key) != (self._version, self._public_key):
            raise EvaluationRefusedError(
                f"the registry answered under another key than version {self._version}"
            )
        try:
            outputs = voprf.finalize(
                self._blindings, answer.evaluated_elements, answer.proof, self._public_key
            )
        except voprf.ProofError as error:
            raise EvaluationRefusedError(f"the registry's answer: {error}; nothing of it was used") from None
        return {
            text: urlsafe_b64encode(output[:PSEUDONYM_BYTES]).decode()
            for text, output in zip(self._texts, outputs, strict=True)
        }


class PseudonymCache:
    """The pseudonyms used last, by version and text. Threads may share it."""

    def __init__(self, size: int) -> None:
        """``size``: how many are kept at hand."""
        self._size = size
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[int, str], str] = OrderedDict()

    def found(self, version: int, texts: Iterable[str]) -> dict[str, str]:
        """What is there of them."""
        found = {}
        with self._lock:
            for text in texts:
                if (pseudonym := self._kept.get((version, text))) is not None:
                    self._kept.move_to_end((version, text))
                    found[text] = pseudonym
        return found

    def keep(self, version: int, pseudonyms: Mapping[str, str]) -> None:
        """Keep them, and let go of those not used for longest."""
        with self._lock:
            for text, pseudonym in pseudonyms.items():
                self._kept[version, text] = pseudonym
                self._kept.move_to_end((version, text))
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)


def wall_clock() -> datetime:
    """The present, with its zone: what decides which version events carry."""
    return datetime.now(UTC)  # noqa: TID251 - this is the clock; callers take it as an argument


def link_requests(
    old_version: int, new_version: int, old: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[int, pb.LinkPseudonymsRequest]]:
    """Pairs as requests, each with the place of its first pair."""
    pairs = list(zip(old, new, strict=True))
    for start in range(0, len(pairs), MOST_ELEMENTS):
        links = [
            pb.PseudonymLink(old_pseudonym=before, new_pseudonym=after)
            for before, after in pairs[start : start + MOST_ELEMENTS]
        ]
        yield (
            start,
            pb.LinkPseudonymsRequest(
                request_id=secrets.token_hex(16),
                old_key_version=old_version,
                new_key_version=new_version,
                links=links,
            ),
        )


def batches(texts: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """Cut into requests."""
    return (texts[start : start + size] for start in range(0, len(texts), size))


def checked_size(batch_size: int, cache_size: int) -> None:
    """Raises ValueError naming the argument that makes no sense."""
    if not 1 <= batch_size <= MOST_ELEMENTS:
        raise ValueError(f"batch_size: {batch_size}; 1–{MOST_ELEMENTS} are taken")
    if cache_size < 1:
        raise ValueError(f"cache_size: {cache_size}; at least 1 is needed")
