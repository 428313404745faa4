"""What consultations need from outside. ``connection`` is the transaction of whoever calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from kit.security.caller import Caller
from services.algo_audit.core.consultation import Consultation, State
from services.algo_audit.core.proposal import Proposal
from services.algo_audit.pack_documents import Rendered
from services.algo_audit.ports import Scope


@dataclass(frozen=True, slots=True)
class FrozenPack:
    """A pack at the moment it was frozen. It never changes, whatever the orders do."""

    audit_id: str
    data_version: str
    period_start_ms: int
    """Of the orders that were there."""
    period_end_ms: int
    value: bytes
    """``quzhong.api.algo_audit.v1.Pack``. Both sides and the area's supervisors read it: figures of one
    platform beside its reference, nothing of the other platforms by themselves."""
    data: bytes
    """Whatever ``Effects`` needs to answer for later offers. Stays inside the service."""


class Packs(Protocol):
    """Packs; the auditor makes them."""

    def freeze(
        self, scope: Scope, *, detail: int, platform_id: str, union_id: str, topic: int, now_ms: int
    ) -> FrozenPack:
        """Audit the scope and keep what that rests on. Never called within a transaction; may take seconds.

        ``detail``: a value of ``quzhong.api.algo_audit.v1.Detail``, 0 the default.

        Raises:
            QuzhongError: as of an audit.
        """
        ...


@dataclass(frozen=True, slots=True)
class OfferEffect:
    """What one proposed threshold would do in one cohort of the pack."""

    threshold_index: int
    """Which of the proposals, from 0."""
    cohort: str
    floor: float | None
    """Of feasibility, in the metric's unit; None where there is none."""
    below_floor: bool
    value: bytes
    """``quzhong.api.algo_audit.v1.OfferEffect`` without ``threshold_index``."""


class Effects(Protocol):
    """What-ifs on frozen data, and on nothing else."""

    def of(self, data: bytes, proposals: Sequence[Proposal]) -> list[OfferEffect]:
        """One for each proposal and cohort it touches, the proposals in order.

        A cohort that is suppressed has no what-if, but is answered all the same if its floor is known: an
        offer below it is refused.
        """
        ...


class PackRenderer(Protocol):
    """Packs as documents."""

    def render(self, pack: bytes, document: int, language: int) -> Rendered:
        """A pack (``quzhong.api.algo_audit.v1.Pack``) as a ``PackFormat`` in a ``Language``, their values."""
        ...


@dataclass(frozen=True, slots=True)
class Course:
    """How a platform stands with its duty to consult."""

    last_end_ms: int | None
    open: Sequence[Consultation]
    """The first opened first."""


@dataclass(frozen=True, slots=True)
class KeptConsultation:
    """A consultation with its place in lists."""

    consultation: Consultation
    number: int
    """Counts consultations from 1."""


class Consultations(Protocol):
    """Keeps consultations."""

    def transaction(self) -> AbstractContextManager[Any]:
        """One at a time: what is read in it stays true to its end."""
        ...

    def reading(self) -> AbstractContextManager[Any]: ...

    def find(self, connection: Any, consultation_id: str) -> Consultation | None: ...

    def place(self, connection: Any, consultation_id: str) -> int | None:
        """Its number; None: there is no such consultation."""
        ...

    def open_on(
        self, connection: Any, platform_id: str, metric_id: str, area_code: str
    ) -> Consultation | None:
        """The one that is open on this; there is one at most."""
        ...

    def frozen(self, connection: Any, consultation_id: str) -> FrozenPack | None: ...

    def effects(self, connection: Any, consultation_id: str) -> Mapping[int, Sequence[bytes]]:
        """Offer number → effects (``quzhong.api.algo_audit.v1.OfferEffect``)."""
        ...

    def add(self, connection: Any, consultation: Consultation, frozen: FrozenPack) -> None: ...

    def put(self, connection: Any, consultation: Consultation) -> None:
        """One that is there already, after a step; if it is agreed, its Agreement leaves with the commit."""
        ...

    def add_effects(
        self, connection: Any, consultation_id: str, number: int, effects: Sequence[OfferEffect]
    ) -> None: ...

    def page(
        self,
        connection: Any,
        caller: Caller,
        platform_id: str,
        state: State | None,
        before: int | None,
        limit: int,
    ) -> list[KeptConsultation]:
        """Those the caller may see, the last opened first; ``before``: the number of the one they follow."""
        ...

    def courses(self, connection: Any, platform_ids: Sequence[str]) -> Mapping[str, Course]:
        """Of each platform that ever consulted."""
        ...
