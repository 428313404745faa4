"""``quzhong policy show``: a policy in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from rich.console import RenderableType
from rich.text import Text as Line

from cli.output import Output
from cli.policy_check import policy_or_fail
from services.notify.adapters.policy_file import SHIPPED
from services.notify.core.policy import AtOnce, EscalationRule, Ladder, Policy
from services.notify.core.text import Text

_LADDER = {
    "answer_working_days": Text("警示函答复期限（工作日）", "working days to answer a warning"),
    "observe_days": Text("观察期（日）", "days observed before a recheck"),
    "summons_notice_working_days": Text("约谈提前通知（工作日）", "working days' notice of a talk"),
    "rectify_working_days": Text("限期整改（工作日）", "working days to rectify"),
    "extension_working_days": Text("延期上限（工作日）", "working days of extension at most"),
    "summonses_before_escalation": Text("未到场几次后联合处置", "summonses in vain before joint action"),
    "repeat_within_days": Text("重复警示的计算期间（日）", "days in which warnings count as repeated"),
    "repeats_to_summons": Text("警示几次即提请约谈", "warnings that are followed by a summons"),
    "summons_workers_per_thousand": Text(
        "每千人超过多少名即提请约谈", "per thousand that is summoned at once"
    ),
    "recheck_confidence": Text("复查置信水平", "confidence of a recheck"),
}


def show_policy(file: Path | None, output: Output) -> None:
    """Rules first, then deadlines and where each number comes from.

    Raises:
        CommandError: BAD_POLICY.
    """
    policy = policy_or_fail(file or SHIPPED)
    output.result(document_of(policy), *_pages(policy, output))


def document_of(policy: Policy) -> dict[str, Any]:
    """With ``--json``."""
    return {
        "id": policy.id,
        "version": policy.version,
        "title": _both(policy.title),
        "rules": [_rule(rule, policy) for rule in policy.rules],
        "ladder": {
            field.name: {
                "value": getattr(policy.ladder, field.name),
                "origin": _both(policy.ladder_origins[field.name]),
            }
            for field in fields(Ladder)
        },
        "good_conduct": asdict(policy.good_conduct),
    }


def standard_of(rule: EscalationRule) -> Text:
    """When a warning goes out."""
    trigger = rule.trigger
    if isinstance(trigger, AtOnce):
        return Text("一经认定即警示", "a warning at once")
    rate = f"{trigger.workers_per_thousand:g}"
    return Text(
        f"{trigger.window_days} 日内每千人超过 {rate} 名，且不少于 {trigger.least_workers} 名",
        f"more than {rate} per thousand within {trigger.window_days} days, at least {trigger.least_workers}",
    )


def _rule(rule: EscalationRule, policy: Policy) -> dict[str, Any]:
    own = {
        name: value for name, value in asdict(rule.ladder).items() if value != getattr(policy.ladder, name)
    }
    trigger = asdict(rule.trigger)
    return {
        "id": rule.id,
        "applies_to": list(rule.patterns),
        "title": _both(rule.title),
        "warning": {
            "when": "at_once" if isinstance(rule.trigger, AtOnce) else "rate",
            **trigger,
            "least_severity": rule.trigger.least_severity.name.lower(),
        },
        "articles": list(rule.articles),
        **({"ladder": own} if own else {}),
    }


def _pages(policy: Policy, output: Output) -> Iterator[RenderableType]:
    yield Line(
        f"{output.pick(policy.title.zh, policy.title.en)} · {policy.id} {policy.version}", style="bold"
    )
    table = output.table(
        ("规则（首个匹配的适用）", "Rules (the first that applies)"),
        ("条目", "row"),
        ("适用", "applies to"),
        ("问题", "matter"),
        ("警示标准", "warning"),
        ("条款", "articles"),
        text_columns=5,
    )
    for rule in policy.rules:
        standard = standard_of(rule)
        table.add_row(
            rule.id,
            ", ".join(rule.patterns),
            output.pick(rule.title.zh, rule.title.en),
            output.pick(standard.zh, standard.en),
            "、".join(rule.articles),
        )
    yield table
    numbers = output.table(
        ("期限和次数", "Deadlines and how often"),
        ("项目", "what"),
        ("值", "value"),
        ("来源", "origin"),
        text_columns=3,
    )
    for field in fields(Ladder):
        value, origin = getattr(policy.ladder, field.name), policy.ladder_origins[field.name]
        name = _LADDER[field.name]
        numbers.add_row(
            output.pick(name.zh, name.en),
            output.pick("不适用", "none") if value is None else f"{value:g}",
            output.pick(origin.zh, origin.en),
        )
    yield numbers


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
