"""How many rows each platform may bring, so that one that floods does not take intake from the others.

It goes by platform, over all its credentials, and each process counts by itself. All rows count that are
read: repeats, rows that are rejected, and rows that are only checked cost this process the same.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from kit.errors import OverloadedError
from kit.security.quotas import Quota
from kit.security.rate_limits import in_chinese, parsed
from services.intake.settings import ROWS_LIMIT

LOOK_S = 0.5
"""How often a caller that is kept waiting is looked at: one that has gone, or is being sent away because this
process stops, does not keep its thread for longer."""


class RowQuota:
    """Counts rows, or does not where there is no limit. Safe for use by many threads."""

    def __init__(self, notation: str) -> None:
        """``notation`` as ``QUZHONG_INTAKE_ROWS_LIMIT`` has it; empty: any number is taken.

        Raises:
            InvalidArgumentError: if it is no limit.
        """
        self._quota = Quota(parsed(ROWS_LIMIT, notation)) if notation else None

    def take(
        self,
        platform_id: str,
        rows: int,
        *,
        patience_s: float = 0.0,
        still_there: Callable[[], bool] = lambda: True,
    ) -> None:
        """Count the rows of a batch, or of what is checked. The platform is a registered one.

        ``patience_s``: how long the caller's thread may be kept until there is room, while ``still_there``.

        Raises:
            OverloadedError: (retryable) ROWS_QUOTA, with the time until there is room for them.
        """
        if self._quota is None:
            return
        give_up_s = time.monotonic() + patience_s
        while wait_s := self._quota.take(platform_id, rows):
            if time.monotonic() + wait_s > give_up_s or not still_there():
                raise self._refusal(self._quota, platform_id, rows, wait_s)
            time.sleep(min(wait_s, LOOK_S))

    def _refusal(self, quota: Quota, platform_id: str, rows: int, wait_s: float) -> OverloadedError:
        error = OverloadedError(
            f"platform_id: {platform_id!r} has no room for {rows} more rows now, its limit is {quota.limit}; "
            f"nothing of them was taken: send the same again in {wait_s:.3f} s, and spread rows over time. "
            f"If the platform has more to say than that, ask the operator to raise {ROWS_LIMIT}",
            zh=f"platform_id：平台 {platform_id!r} 的上报限额为 {in_chinese(quota.limit)}，"
            f"目前容不下本批 {rows} 行，均未接收；请在 {wait_s:.3f} 秒后原样重发，"
            f"并把数据分散到更长的时间上报；如业务量确实超过限额，请联系运维人员调高 {ROWS_LIMIT}",
            field="platform_id",
            reason="ROWS_QUOTA",
            metadata={"platform_id": platform_id, "rows": str(rows), "limit": str(quota.limit)},
        )
        error.retry_after_s = wait_s
        return error
