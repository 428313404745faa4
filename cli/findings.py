"""What was found, as the command tells it."""

from __future__ import annotations

import time
from collections.abc import Iterable
from hashlib import sha256

from rich.table import Table

from cli.connection import Connection
from cli.output import Output
from quzhong.api.workhours.v1 import workhours_pb2 as pb

Summary = dict[str, dict[str, int]]
"""By rule id: ``spells`` and ``workers``."""

PAGE = 1_000
"""The most a page holds."""

_POLL_S = 0.5
_STABLE_POLLS = 6
"""Unchanged for three seconds: a suite elsewhere cannot be asked whether it is done."""


def summary_of(suite: Connection, platform_id: str = "") -> Summary:
    """Spells past the limit and the workers in them, by rule; of one platform if it is named."""
    request = pb.SummariseFindingsRequest(filter=pb.FindingFilter(platform_id=platform_id))
    rules = suite.call(suite.workhours.SummariseFindings, request).rules
    return {rule.rule_id: {"spells": rule.spells, "workers": rule.workers} for rule in rules}


def settled_summary(suite: Connection, platform_id: str, timeout_s: float) -> Summary:
    """The summary once it has stopped changing.

    Raises:
        TimeoutError: if it goes on changing for ``timeout_s`` seconds.
    """
    deadline = time.monotonic() + timeout_s
    summary, unchanged = summary_of(suite, platform_id), 0
    while unchanged < _STABLE_POLLS:
        if time.monotonic() > deadline:
            raise TimeoutError(f"findings are still changing after {timeout_s:.0f} s")
        time.sleep(_POLL_S)
        before, summary = summary, summary_of(suite, platform_id)
        unchanged = unchanged + 1 if summary == before else 0
    return summary


def finding_ids(suite: Connection) -> list[str]:
    """Every finding that stands, of every severity."""
    pages = suite.pages(
        suite.workhours.ListFindings,
        lambda token: pb.ListFindingsRequest(page_size=PAGE, page_token=token),
        lambda response: response.next_page_token,
    )
    return [finding.finding_id for page in pages for finding in page.findings]


def digest(ids: Iterable[str]) -> str:
    """Sixteen digits that are equal if and only if (but for 2⁻⁶⁴) the same findings stand."""
    return sha256("\n".join(sorted(ids)).encode()).hexdigest()[:16]


def findings_table(output: Output, summary: Summary) -> Table:
    """By rule."""
    title = ("超限认定（按规则）", "Breaches by rule")
    table = output.table(title, ("规则", "rule"), ("时段", "spells"), ("劳动者", "workers"))
    for rule_id, counts in sorted(summary.items()):
        table.add_row(rule_id, f"{counts['spells']:,}", f"{counts['workers']:,}")
    return table
