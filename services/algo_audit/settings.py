"""What algo_audit is told from outside."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, model_validator

from kit.settings import CommonSettings
from services.algo_audit.core.baseline import MiddleBand
from services.algo_audit.core.feasibility import FloorParams
from services.algo_audit.core.params import AuditParams
from services.algo_audit.core.public_periods import Partition
from services.algo_audit.minimum_wage_file import SHIPPED


class AlgoAuditSettings(CommonSettings):
    """``QUZHONG_…`` of algo_audit. No source fixes a percentile for 取中: the band is declared here."""

    audit_middle_low: float = Field(default=0.40, gt=0, lt=1)
    """Share of the reference that must at least meet a threshold of the middle."""
    audit_middle_high: float = Field(default=0.60, gt=0, lt=1)
    """Share above which a threshold is laxer than the middle."""
    audit_pickup_wait_s: float = Field(default=120.0, ge=0)
    """The wait at pick-up in the floor of feasibility."""
    audit_handover_s: float = Field(default=60.0, ge=0)
    """The hand-over in the floor of feasibility."""
    audit_appeal_days: int = Field(default=15, ge=1)
    """Within how many days a platform has to reply to an appeal. No source fixes it."""
    audit_operation_days: int = Field(default=30, ge=7)
    """How long an operation of StartAudit can be asked for after its end; no shorter than a request_id is
    recognised."""
    audit_keep_days: int = Field(default=92, ge=14, le=4_000)
    """How many days' events are kept for audits, today's among them; of older days there are baselines only.
    A quarter: what a ratchet is looked for in, and time to consult on it."""
    audit_public_periods: Partition = Partition.MONTH
    """Into what periods time is cut for whoever sees aggregates only, and for baselines of platforms: day,
    week or month. Shorter ones hide more cells; what was told of a period is never told of one that overlaps
    it, so after a change there are none that begin within the last of the former ones."""
    audit_minimum_wages: Path = SHIPPED
    """A YAML file of hourly minimum wages by area and date; one for Tangshan comes with the service."""

    @model_validator(mode="after")
    def _band_is_a_band(self) -> AlgoAuditSettings:
        if self.audit_middle_low > self.audit_middle_high:
            raise ValueError("QUZHONG_AUDIT_MIDDLE_LOW is above QUZHONG_AUDIT_MIDDLE_HIGH; swap them")
        return self

    def params(self) -> AuditParams:
        """The declared parameters of every audit."""
        return AuditParams(
            middle=MiddleBand(self.audit_middle_low, self.audit_middle_high),
            floor=FloorParams(pickup_wait_s=self.audit_pickup_wait_s, handover_s=self.audit_handover_s),
        )
