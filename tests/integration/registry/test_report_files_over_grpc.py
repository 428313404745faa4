"""``quzhong report submit`` and ``export`` against a running registry."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from typer.testing import CliRunner

from cli.main import app
from cli.report_file import read_reports
from cli.report_form import COLUMNS, write_reports
from quzhong.api.events.v1.findings_pb2 import LocalText
from quzhong.api.registry.v1 import registry_pb2 as pb
from services.registry.core.reporting import start_ms

if TYPE_CHECKING:
    from tests.integration.registry.conftest import Suite

ROW: dict[str, object] = {
    **dict.fromkeys(COLUMNS, 0),
    "platform_id": "platform-a",
    "area_code": "130200",
    "quarter": "2026Q1",
    "explanations": "",
}


def run(*arguments: str, status: int = 0) -> dict[str, Any]:
    result = CliRunner().invoke(app, ["report", *arguments, "--json"])
    assert result.exit_code == status, result.output
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def test_a_file_is_handed_in_row_by_row_and_comes_back(suite: Suite, tmp_path: Path) -> None:
    request = pb.RegisterPlatformRequest(
        request_id="r1", platform_id="platform-a", name=LocalText(zh="平台"), area_codes=["130200"]
    )
    token = suite.call(suite.admin, "RegisterPlatform", request).token
    suite.clock.now_ms = start_ms(date(2026, 4, 2))
    given = tmp_path / "given.xlsx"
    rows = [ROW, ROW | {"area_code": "130203"}, ROW | {"quarter": "2025Q4", "pay_paid_yuan": "0.01"}]
    write_reports(given, [[row[column] for column in COLUMNS] for row in rows])
    to = ("--address", suite.host.address, "--token", token)
    sent = run("submit", str(given), *to, status=1)["reports"]
    assert [one.get("state") or one["error"]["reason"] for one in sent] == [
        "REPORT_STATE_SUBMITTED",
        "NOT_OWED",
        "REPORT_STATE_SUBMITTED",
    ]
    exported = tmp_path / "exported.csv"
    assert run("export", str(exported), *to)["reports"] == 2
    assert [(row.quarter, row.figures["pay_paid_fen"]) for row in read_reports(exported).rows] == [
        ("2025Q4", 1),
        ("2026Q1", 0),
    ]
    assert run("export", str(exported), *to, "--quarter", "2026Q1")["reports"] == 1
    owed = run("due", *to)["due_dates"]
    assert {one["quarter"]: one["state"] for one in owed if one["area_code"] == "130200"} == {
        "2026Q1": "DUE_STATE_SUBMITTED",
        "2026Q2": "DUE_STATE_UPCOMING",
    }
    (this_one,) = run("due", *to, "--quarter", "2026Q2", "--party", "platform-a")["due_dates"]
    assert (this_one["reporter_id"], this_one["state"]) == ("platform-a", "DUE_STATE_UPCOMING")
    # The export, read again, says nothing new.
    (again,) = run("submit", str(exported), *to)["reports"]
    assert (again["version"], again["unchanged"]) == (1, True)
