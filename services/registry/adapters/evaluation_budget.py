"""How much a party may have evaluated, counted by ``limits`` in the registry's own database, so that a
restart, or another process of the registry, goes on counting where it was."""

from __future__ import annotations

import sqlalchemy as sa
from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerSecond
from limits.strategies import FixedWindowRateLimiter

from kit.clock import Clock, show
from kit.errors import OverloadedError
from kit.security.quotas import CountedWindows
from kit.storage.dialects import take_turn
from kit.storage.store import Store
from services.registry.adapters.pseudonym_tables import EVALUATION_COUNT


class WindowStore(CountedWindows):
    """``limits``' counters as rows, by our clock. ``limits`` brings the rules, not a storage in SQL."""

    def __init__(self, store: Store, clock: Clock) -> None:
        super().__init__()
        self._store = store
        self._clock = clock

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count ``amount`` more within a window of ``expiry`` seconds, a new one if the last is over."""
        now_ms = self._clock()
        table = EVALUATION_COUNT
        with self._store.transaction() as connection:
            take_turn(connection, "quzhong." + key)
            row = connection.execute(sa.select(table).where(table.c.window_key == key)).one_or_none()
            if row is None:
                values = {"window_key": key, "used": amount, "expire_ms": now_ms + expiry * 1000}
                connection.execute(sa.insert(table), values)
                return amount
            running = now_ms < row.expire_ms
            used = row.used + amount if running else amount
            connection.execute(
                sa.update(table)
                .where(table.c.window_key == key)
                .values(used=used, expire_ms=row.expire_ms if running else now_ms + expiry * 1000)
            )
        return int(used)

    def get(self, key: str) -> int:
        """What is used in the window that runs."""
        used, expire_ms = self._read(key)
        return used if self._clock() < expire_ms else 0

    def get_expiry(self, key: str) -> float:
        """When the window ends, epoch seconds; now if none runs."""
        _, expire_ms = self._read(key)
        return max(expire_ms, self._clock()) / 1000

    def check(self) -> bool:
        """Whether the database can be read."""
        self._read("")
        return True

    def reset(self) -> int | None:
        """Forget everything; nobody calls it."""
        with self._store.transaction() as connection:
            return connection.execute(sa.delete(EVALUATION_COUNT)).rowcount

    def clear(self, key: str) -> None:
        """Forget one counter; for an operator who grants a party another day's budget."""
        with self._store.transaction() as connection:
            connection.execute(sa.delete(EVALUATION_COUNT).where(EVALUATION_COUNT.c.window_key == key))

    def _read(self, key: str) -> tuple[int, int]:
        table = EVALUATION_COUNT
        with self._store.read() as connection:
            row = connection.execute(sa.select(table).where(table.c.window_key == key)).one_or_none()
        return (0, 0) if row is None else (int(row.used), int(row.expire_ms))


class LimitedEvaluations:
    """Implements ``pseudonyms.ports.EvaluationBudget``."""

    def __init__(self, store: Store, clock: Clock, *, per_day: int, requests_per_second: int) -> None:
        """``per_day``: evaluations of a party; ``requests_per_second``: its calls, whatever their size."""
        self._windows = WindowStore(store, clock)
        self._limiter = FixedWindowRateLimiter(self._windows)
        self._clock = clock
        self._day = RateLimitItemPerDay(per_day, namespace="evaluations")
        self._second = RateLimitItemPerSecond(requests_per_second, namespace="evaluation-requests")

    def charge(self, party_id: str, evaluations: int) -> None:
        """See the port."""
        if not self._limiter.test(self._day, party_id, cost=evaluations):
            raise self._spent(party_id, evaluations)
        if not self._limiter.hit(self._second, party_id):
            raise self._too_fast(party_id)
        # Asked again while counting: of two requests at the same moment only one may get the rest.
        if not self._limiter.hit(self._day, party_id, cost=evaluations):
            raise self._spent(party_id, evaluations)

    def _spent(self, party_id: str, evaluations: int) -> OverloadedError:
        until_s, left = self._limiter.get_window_stats(self._day, party_id)
        most = self._day.amount
        until = show(int(until_s * 1000))
        return self._refusal(
            OverloadedError(
                f"blinded_elements: {evaluations}, but {party_id!r} has {left} of its {most} evaluations "
                f"within 24 h left, until {until}; keep pseudonyms instead of computing them again",
                zh=f"blinded_elements：请求 {evaluations} 个，而 {party_id} 在 24 小时内的 {most} 次额度只剩 "
                f"{left} 次，{until} 恢复；请保存已算出的化名，不要重复计算",
                reason="DAILY_BUDGET_SPENT",
                field="blinded_elements",
                metadata={"limit": str(most), "left": str(left)},
            ),
            self._day,
            party_id,
        )

    def _too_fast(self, party_id: str) -> OverloadedError:
        most = self._second.amount
        return self._refusal(
            OverloadedError(
                f"{party_id!r} sent more than {most} requests within a second; send larger batches",
                zh=f"{party_id} 一秒内的请求超过 {most} 次；请合并为较大的批次",
                reason="RATE_LIMITED",
                metadata={"limit": str(most)},
            ),
            self._second,
            party_id,
        )

    def _refusal(self, error: OverloadedError, item: RateLimitItem, party_id: str) -> OverloadedError:
        until_s = self._windows.get_expiry(item.key_for(party_id))
        error.retry_after_s = max(0.001, until_s - self._clock() / 1000)
        return error
