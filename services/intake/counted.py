"""What became of rows, for whoever watches intake."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np

from kit.telemetry import metrics
from services.intake.lot import EventKind, Verdict
from services.intake.ports import Answer


def count_rows(answered: Iterable[tuple[EventKind, Answer]]) -> None:
    """Count the rows of new answers by verdict, the rejected ones by their faults' reasons."""
    if not metrics.on():
        return
    for kind, answer in answered:
        topic = {metrics.TOPIC: kind.topic.name}
        rows = np.bincount(answer.verdicts, minlength=len(Verdict) + 1).tolist()
        metrics.count(metrics.ACCEPTED, rows[Verdict.ACCEPTED], topic)
        metrics.count(metrics.DUPLICATE, rows[Verdict.DUPLICATE], topic)
        for reason, number in Counter(fault.reason for fault in answer.faults).items():
            metrics.count(metrics.REJECTED, number, {**topic, metrics.REASON: reason})
