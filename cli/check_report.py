"""What ``quzhong check`` has found: one JSON document, or tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from rich.console import RenderableType
from rich.text import Text as Line

from cli.file_times import FileTimes
from cli.language import Language
from cli.output import Output
from cli.worker_files import Rejected
from services.workhours.core.coverage import Coverage
from services.workhours.core.pack_parser import UNITS_EN, UNITS_ZH
from services.workhours.core.param_reader import spelt
from services.workhours.core.rule_pack import Rule, RulePack
from services.workhours.core.verdict import Severity, Verdict

_MOMENTS: Final = ("_from_ms", "_until_ms", "_at_ms", "_start_ms", "_end_ms")
"""How a detail ends that is a moment; others in ms are lengths."""
_TIERS: Final = {Severity.PROMPT: ("提示", "prompt"), Severity.LIMIT_REACHED: ("到限", "limit reached")}


@dataclass(frozen=True, slots=True)
class WorkerReport:
    """One worker's."""

    worker: str
    """Empty where the file speaks of one only."""
    verdicts: tuple[tuple[Rule, Verdict], ...]
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Report:
    """One file's."""

    pack: RulePack
    rules: tuple[Rule, ...]
    """Those judged."""
    workers: tuple[WorkerReport, ...]
    rejected: tuple[Rejected, ...]
    warnings: tuple[tuple[str, str], ...]
    """zh, en"""
    times: FileTimes

    def document(self) -> dict[str, Any]:
        """With ``--json``."""
        return {
            "pack": self.pack.id,
            "version": self.pack.version,
            "options": dict(self.pack.chosen),
            "rules": [rule.code for rule in self.rules],
            "violations": [self._violation(*each) for each in self._sorted(breach=True)],
            "prompts": [self._prompt(*each) for each in self._sorted(breach=False)],
            "coverage": self._coverage(),
            "rejected": [
                {"where": each.where, "field": each.field, "value": each.value, "reason": each.en}
                for each in self.rejected
            ],
            "warnings": [en for _, en in self.warnings],
        }

    def pages(self, output: Output) -> Iterator[RenderableType]:
        """For people."""
        title = output.pick(self.pack.title.zh, self.pack.title.en)
        yield Line(f"{title} · {self.pack.id} {self.pack.version}", style="bold")
        breaches = self._sorted(breach=True)
        if breaches:
            yield self._table(output, breaches, ("超限", "Violations"))
        else:
            yield Line(output.pick("未发现超限。", "No violations."), style="green")
        if notices := self._sorted(breach=False):
            yield self._table(output, notices, ("提示", "Prompts"))
        coverage = self._coverage()
        if coverage["share"] is not None:
            share = f"{coverage['share']:.1%}"
            yield Line(
                output.pick(
                    f"有记录的时间占 {share}；其余未知，未知不等于休息。",
                    f"{share} of the time is on record; the rest is unknown, which is not rest.",
                )
            )

    def _table(
        self, output: Output, found: list[tuple[WorkerReport, Rule, Verdict]], title: tuple[str, str]
    ) -> RenderableType:
        several = any(worker.worker for worker in self.workers)
        headings = [("劳动者", "worker")] if several else []
        headings += [
            ("规则", "rule"),
            ("自", "from"),
            ("至", "until"),
            ("累计", "measured"),
            ("说明", "what"),
        ]
        table = output.table(title, *headings, text_columns=len(headings))
        table.columns[1 if several else 0].no_wrap = True  # the rule's code is to be copied
        for worker, rule, verdict in found:
            text = rule.texts.of(verdict.severity) or rule.title
            names = UNITS_ZH if output.language is Language.ZH else UNITS_EN
            cells = [worker.worker] if several else []
            cells += [
                rule.code,
                self.times.show(verdict.start_ms),
                self.times.show(verdict.end_ms),
                f"{spelt(verdict.measured_ms, names)} / {spelt(verdict.limit_ms, names)}",
                output.pick(text.zh, text.en),
            ]
            table.add_row(*cells)
        return table

    def _sorted(self, *, breach: bool) -> list[tuple[WorkerReport, Rule, Verdict]]:
        found = [
            (worker, rule, verdict)
            for worker in self.workers
            for rule, verdict in worker.verdicts
            if (verdict.severity is Severity.BREACH) == breach
        ]
        return sorted(
            found, key=lambda each: (each[0].worker, each[2].start_ms, each[1].code, each[2].end_ms)
        )

    def _violation(self, worker: WorkerReport, rule: Rule, verdict: Verdict) -> dict[str, Any]:
        return {
            **_named(worker),
            "rule": rule.code,
            "start": self.times.write(verdict.start_ms),
            "end": self.times.write(verdict.end_ms),
            "period_start": self.times.write(verdict.period_start_ms),
            "period_end": self.times.write(verdict.period_end_ms),
            "measured_s": _seconds(verdict.measured_ms),
            "limit_s": _seconds(verdict.limit_ms),
            "open": verdict.open,
            **dict(self._detail(verdict)),
        }

    def _prompt(self, worker: WorkerReport, rule: Rule, verdict: Verdict) -> dict[str, Any]:
        left_ms = verdict.limit_ms - verdict.measured_ms
        return {
            **_named(worker),
            "rule": rule.code,
            "start": self.times.write(verdict.start_ms),
            "severity": verdict.severity.name.lower(),
            **({"minutes_left": round(left_ms / 60_000, 3)} if left_ms >= 0 else {}),
            "open": verdict.open,
            **dict(self._detail(verdict)),
        }

    def _detail(self, verdict: Verdict) -> Iterator[tuple[str, Any]]:
        for name, value in verdict.detail.items():
            if name.endswith(_MOMENTS) and isinstance(value, int):
                yield name.removesuffix("_ms"), self.times.write(value)
            elif name.endswith("_ms") and isinstance(value, int):
                yield f"{name.removesuffix('_ms')}_s", _seconds(value)
            else:
                yield name, value

    def _coverage(self) -> dict[str, Any]:
        """Of all workers together: each one's window begins with their first record."""
        each = [worker.coverage for worker in self.workers]
        observed_ms = sum(coverage.observed_ms for coverage in each)
        unknown_ms = sum(coverage.unknown_ms for coverage in each)
        whole_ms = observed_ms + unknown_ms
        start_ms = min((coverage.window_start_ms for coverage in each), default=None)
        end_ms = max((coverage.window_end_ms for coverage in each), default=None)
        return {
            "observed_s": _seconds(observed_ms),
            "unknown_s": _seconds(unknown_ms),
            "share": round(observed_ms / whole_ms, 6) if whole_ms else None,
            "window_start": None if start_ms is None else self.times.write(start_ms),
            "window_end": None if end_ms is None else self.times.write(end_ms),
        }


def _named(worker: WorkerReport) -> dict[str, str]:
    return {"worker": worker.worker} if worker.worker else {}


def _seconds(length_ms: int) -> int | float:
    """Whole seconds as a whole number."""
    return length_ms / 1000 if length_ms % 1000 else length_ms // 1000
