"""What ``quzhong conformance`` does: run the kit, write the report, say what it came to."""

from __future__ import annotations

import logging
from pathlib import Path

import typer
from rich.table import Table

from cli.conformance import documents
from cli.conformance.judges.nobody import nobody_connected
from cli.conformance.session import Plan, plan_of_reference, run
from cli.output import CommandError, Output
from kit.conformance import Report, scenario_of, signed, signing_key
from kit.conformance.signing import public_key

SELF_TEST_OUTAGE_S = 3.0
"""Long enough that batches fall into it, short enough to wait for."""


def conformance(
    output: Output,
    *,
    platform: str,
    folder: Path,
    address: str,
    public_host: str,
    token_port: int,
    key_file: Path | None,
    own_driver: bool,
    outage_s: float | None,
    wait_s: float,
) -> None:
    """Run the kit and write its report; ends with status 1 if a scenario did not pass.

    Raises:
        CommandError: KEY_UNREADABLE, before anything is run.
    """
    try:
        key = None if key_file is None else signing_key(key_file)
    except OSError as error:
        raise CommandError(
            f"--key：无法读取 {key_file}：{error}；可用 openssl genpkey -algorithm ed25519 生成，"
            "并以 chmod 600 保护",
            f"--key: {key_file} cannot be read: {error}; openssl genpkey -algorithm ed25519 makes one, "
            "chmod 600 protects it",
            reason="KEY_UNREADABLE",
        ) from error
    if own_driver:
        logging.getLogger("quzhong.retry").setLevel(logging.ERROR)  # the outage is meant
        plan = plan_of_reference(platform, folder, outage_s=outage_s or SELF_TEST_OUTAGE_S)
    else:
        defaults = Plan(platform, folder)
        plan = Plan(
            platform,
            folder,
            address=address,
            public_host=public_host,
            token_port=token_port,
            outage_s=outage_s or defaults.outage_s,
            wait_s=wait_s,
        )
    report = run(plan, output)
    document = signed(report, key)
    files = documents.write(report, document, folder)
    output.result(
        {**document, "files": [str(path) for path in files]},
        _table(report, output),
        output.pick("报告：", "The report: ") + ", ".join(map(str, files)),
    )
    if key is not None:
        output.say(f"签名公钥：{public_key(key).vkey}", f"Signed by {public_key(key).vkey}")
    elif not own_driver:
        output.say(
            "未签名：登记处只接受以 --key 签名的报告。",
            "It is not signed: the registry takes reports that were signed, with --key.",
        )
    if not report.passed:
        raise typer.Exit(1)


def _table(report: Report, output: Output) -> Table:
    table = output.table(
        ("场景判定", "What the scenarios came to"),
        ("场景", "Scenario"),
        ("判定", "Verdict"),
        ("整改", "What to mend"),
        text_columns=3,
    )
    said_already = nobody_connected(report)
    for verdict in report.verdicts:
        scenario = scenario_of(verdict.scenario_id)
        assert scenario is not None  # the kit has judged it
        table.add_row(
            output.pick(scenario.title_zh, scenario.title_en),
            output.pick("通过", "passed") if verdict.passed else output.pick("未通过", "not passed"),
            "\n".join(
                output.pick(f"{one.zh}。{one.mend_zh}", f"{one.en}. {one.mend_en}")
                for one in (() if said_already else verdict.findings)
            ),
        )
    return table
