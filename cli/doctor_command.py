"""What ``quzhong doctor`` does: looks at everything an installation needs, changes nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

import typer
from pydantic import ValidationError
from rich.table import Table

from cli.doctor_answers import collector_checks, grpc_checks, page_checks
from cli.doctor_checks import Check, Standing
from cli.doctor_files import certificate_checks, folder_checks, key_checks, scrub_checks
from cli.doctor_places import log_checks, store_checks
from cli.doctor_settings import settings_checks
from cli.output import Output
from kit.settings import CommonSettings
from services.notify.settings import NotifySettings
from services.portal.settings import PortalSettings
from services.registry.settings import RegistrySettings

_SIGN = {Standing.WELL: "✓", Standing.WARNING: "!", Standing.FAULT: "✗"}


def examine(output: Output, *, address: str, portal: str, running: bool, with_portal: bool) -> None:
    """Look, and show what was found.

    Raises:
        typer.Exit: with status 1 if something has to be mended.
    """
    output.say("正在检查……", "Looking…")
    checks = list(_looks(address, portal, running=running, with_portal=with_portal))
    faults = sum(check.standing is Standing.FAULT for check in checks)
    warnings = sum(check.standing is Standing.WARNING for check in checks)
    document = {
        "well": not faults,
        "faults": faults,
        "warnings": warnings,
        "checks": [_document(check) for check in checks],
    }
    output.result(document, _table(checks, output), _sum(faults, warnings, output))
    if faults:
        raise typer.Exit(1)


def _looks(address: str, portal: str, *, running: bool, with_portal: bool) -> Iterator[Check]:
    yield from settings_checks(os.environ)
    try:
        common, registry, notify = CommonSettings(), RegistrySettings(), NotifySettings()
        pages = PortalSettings()
    except ValidationError:
        return  # said above; without settings nobody knows where to look
    yield from folder_checks(common.data_dir)
    yield from scrub_checks(common.data_dir)
    yield from key_checks(registry)
    yield from certificate_checks(notify)
    yield from store_checks(common)
    yield from log_checks(common)
    yield from collector_checks(common)
    if running:
        yield from grpc_checks(common, address or common.address)
        if with_portal:
            yield from page_checks(portal or f"http://{pages.portal_host}:{pages.portal_port}")


def _document(check: Check) -> dict[str, str]:
    document = {
        "check": check.what,
        "standing": check.standing.value,
        "found": check.found.en,
        "found_zh": check.found.zh,
    }
    if check.way_out is not None:
        document |= {"way_out": check.way_out.en, "way_out_zh": check.way_out.zh}
    return document


def _table(checks: Iterable[Check], output: Output) -> Table:
    table = output.table(
        ("体检结果", "What was found"),
        ("", ""),
        ("项目", "of"),
        ("情况", "found"),
        ("处理办法", "the way out"),
        text_columns=4,
    )
    for check in checks:
        way_out = output.pick(check.way_out.zh, check.way_out.en) if check.way_out is not None else ""
        found = output.pick(check.found.zh, check.found.en)
        table.add_row(_SIGN[check.standing], check.what, found, way_out)
    return table


def _sum(faults: int, warnings: int, output: Output) -> str:
    if not faults and not warnings:
        return output.pick("一切正常。", "All is well.")
    return output.pick(
        f"{faults} 项须修复，{warnings} 项须留意。", f"{faults} to be mended, {warnings} to be seen to."
    )
