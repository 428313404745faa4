"""The environment: whether every service takes its settings, and every ``QUZHONG_…`` is somebody's."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

from pydantic import ValidationError

from cli.doctor_checks import Check, Text, fault, warning, well
from kit.settings import CommonSettings
from services.algo_audit.settings import AlgoAuditSettings
from services.intake.settings import IntakeSettings
from services.notify.settings import NotifySettings
from services.portal.settings import PortalSettings
from services.registry.settings import RegistrySettings
from services.workhours.settings import WorkhoursSettings

SETTINGS: tuple[type[CommonSettings], ...] = (
    RegistrySettings, IntakeSettings, WorkhoursSettings, AlgoAuditSettings, NotifySettings, PortalSettings,
)  # fmt: skip

OTHERS = frozenset({"QUZHONG_LANG", "QUZHONG_TOKEN"})
"""Read by the command alone."""

TESTS = ("QUZHONG_TEST_", "QUZHONG_BENCH_", "QUZHONG_LONG_RUN", "QUZHONG_FUZZ_")


def settings_checks(environment: Mapping[str, str]) -> Iterator[Check]:
    """One a setting that is refused, one a variable nobody reads, or one that says that all are read."""
    checks = [*_refused(), *_unread(environment)]
    if not checks:
        given = sum(name.startswith("QUZHONG_") for name in environment)
        checks = [
            well(
                "settings", f"{given} 个 QUZHONG_ 变量均有效", f"{given} QUZHONG_ variables, all of them read"
            )
        ]
    yield from checks


def _refused() -> Iterator[Check]:
    told: set[str] = set()
    for each in SETTINGS:
        try:
            each()
        except ValidationError as error:
            for wrong in error.errors():
                name = f"QUZHONG_{wrong['loc'][0]}".upper() if wrong["loc"] else wrong["msg"]
                if name in told:
                    continue
                told.add(name)
                yield fault(
                    name,
                    Text(f"取值无效：{wrong['msg']}", f"not taken: {wrong['msg']}"),
                    Text(
                        "请按 README“配置”一节更正；更正前服务无法启动",
                        "correct it, see Configuration in the README; until then no service starts",
                    ),
                )


def _unread(environment: Mapping[str, str]) -> Iterator[Check]:
    known = {f"QUZHONG_{name.upper()}" for each in SETTINGS for name in each.model_fields} | OTHERS
    for name in sorted(environment):
        if not name.startswith("QUZHONG_") or name in known or name.startswith(TESTS):
            continue
        near = difflib.get_close_matches(name, known, 1)
        yield warning(
            name,
            Text("没有任何服务读取此变量", "no service reads this variable"),
            Text(f"是否应为 {near[0]}？", f"is {near[0]} meant?")
            if near
            else Text("如无用处请删除", "remove it, unless it is for something else"),
        )
