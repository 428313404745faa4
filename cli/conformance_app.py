"""``quzhong conformance``: its options; what it does is in ``conformance_command``."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cli.options import Json, Lang, output_of

_HOST = re.compile(r"[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]")
"""A name, or an address; of IPv6 in brackets, as a port follows."""


class Driver(StrEnum):
    """Who replays the script instead of a platform."""

    PYTHON = "python"


def conformance(
    platform: Annotated[
        str, typer.Option(help="The platform's id, as it is or will be registered. 平台标识。")
    ],
    out: Annotated[
        Path,
        typer.Option(
            file_okay=False,
            help="Folder of script, credentials and report; made if missing. 输出目录。",
        ),
    ] = Path("conformance"),
    address: Annotated[
        str, typer.Option(help="host:port where the sandbox listens; port 0 takes a free one. 沙箱监听地址。")
    ] = "127.0.0.1:0",
    public_host: Annotated[
        str,
        typer.Option(
            help="Host by which the platform reaches the kit; told by connect.json. Else that of --address. "
            "平台访问本机所用的主机名，写入 connect.json。",
            show_default=False,
        ),
    ] = "",
    token_port: Annotated[
        int,
        typer.Option(
            min=0,
            max=65_535,
            help="Port of the token endpoint; 0 takes a free one. 令牌端点端口，0 为任选空闲端口。",
        ),
    ] = 0,
    key: Annotated[
        Path | None,
        typer.Option(
            dir_okay=False,
            help="Ed25519 key (PEM) that signs the report: the authority's. 主管部门签名密钥。",
            show_default=False,
        ),
    ] = None,
    driver: Annotated[
        Driver | None,
        typer.Option(
            help="Replay with the kit's own reference driver, to see the kit at work. 以参考驱动自检。",
            show_default=False,
        ),
    ] = None,
    self_test: Annotated[
        bool, typer.Option("--self-test", help="The same as --driver python. 同上。")
    ] = False,
    outage: Annotated[
        float | None,
        typer.Option(
            min=1,
            max=600,
            help="Seconds the sandbox goes away for; else 30, or 3 in a self-test. 中断时长（秒）。",
            show_default=False,
        ),
    ] = None,
    wait: Annotated[
        float, typer.Option(min=1, help="Minutes an integration may take. 最长等待（分钟）。")
    ] = 60,
    json_: Json = False,
    lang: Lang = None,
) -> None:
    """Put a platform's integration to the test before its first real event. 平台对接检测。

    Starts a sandbox, writes where to connect (connect.json, platform.token, platform.pem) and what to do
    (script.json), and waits until the platform's own system, through its own SDK, has replayed it: a cut
    answer, late events, corrections, a clock that is ahead, advice, the no-push window, an outage, a warning.
    Then it judges each scenario by what arrived and writes report.json, and pages and PDFs in both languages.
    Status 1 if a scenario did not pass.

    The registry admits a platform by a report that passed and was signed with a key it trusts: run the kit
    where the authority runs its services, with --key. Without it the report is for practice.

    Examples:

    - `quzhong conformance --platform swift --self-test`
    - `quzhong conformance --platform swift --key var/ledger.key`
    - `quzhong conformance --platform swift --address 0.0.0.0:50061 --public-host kit.example --key kit.pem`
    """
    from cli.conformance_command import conformance as run

    if not address.rpartition(":")[2].isdecimal() or not address.rpartition(":")[0]:
        raise typer.BadParameter(
            f"{address!r} is not host:port, e.g. 127.0.0.1:50061", param_hint="--address"
        )
    if public_host and not _HOST.fullmatch(public_host):
        raise typer.BadParameter(
            f"{public_host!r} is no host name or address by itself, e.g. kit.example; the port is that of "
            "--address · 应为主机名或地址，不带协议和端口",
            param_hint="--public-host",
        )
    with output_of(json_, lang) as output:
        run(
            output,
            platform=platform,
            folder=out,
            address=address,
            public_host=public_host,
            token_port=token_port,
            key_file=key,
            own_driver=self_test or driver is not None,
            outage_s=outage,
            wait_s=wait * 60,
        )
