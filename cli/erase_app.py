"""``quzhong erase``: its options; what it does is in ``erase_command``."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.options import Json, Lang, output_of


def erase(
    worker: Annotated[
        str,
        typer.Argument(
            metavar="WORKER",
            help="The pseudonym; - reads it from stdin, which leaves none in the shell's history. "
            "劳动者化名；- 表示从标准输入读取。",
        ),
    ],
    reason: Annotated[
        str, typer.Option(help="Who asked and how, without the pseudonym; it stands in the ledger. 理由。")
    ],
    address: Annotated[str, typer.Option(help="host:port of the registry. 登记服务地址。")],
    token: Annotated[
        str,
        typer.Option(
            envvar="QUZHONG_TOKEN", help="The administrator's credential. 管理员凭证。", show_default=False
        ),
    ],
    json_: Json = False,
    lang: Lang = None,
) -> None:
    """Remove a worker's data on request, in every service; it cannot be undone. 按本人请求删除劳动者数据。

    Pseudonyms linked with this one go with it. Make sure first that it is the worker who asks
    (个人信息保护法第四十七条).

    Examples:

    - `quzhong erase w-7f3a… --reason "本人书面申请" --address registry:50051`
    - `quzhong erase - --reason "asked in writing, file 12" --address registry:50051 < worker.txt`
    """
    from cli.erase_command import erase as send

    with output_of(json_, lang) as output:
        send(worker, reason, address, token, output)
