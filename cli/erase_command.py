"""What ``quzhong erase`` does, over gRPC as anybody does."""

from __future__ import annotations

import sys

from cli.connection import Connection, fresh_request_id
from cli.output import Output
from kit.clock import show
from quzhong.api.registry.v1 import erasures_pb2 as pb

FROM_STDIN = "-"

LONGEST_LINE = 4096
"""What is read of stdin: a pseudonym has 64 characters at most."""


def erase(worker: str, reason: str, address: str, token: str, output: Output) -> None:
    """Have a worker's data removed, and say what went and until when logs keep it.

    Raises:
        quzhong.ApiError: what the registry said.
    """
    worker_id = sys.stdin.readline(LONGEST_LINE).strip() if worker == FROM_STDIN else worker
    request = pb.EraseWorkerRequest(request_id=fresh_request_id(), worker_id=worker_id, reason=reason)
    with Connection(address, token) as registry:
        erasure = registry.call(registry.erasures.EraseWorker, request).erasure
    count = len(erasure.worker_sha256)
    erased, gone = (show(moment.ToMilliseconds()) for moment in (erasure.erase_time, erasure.gone_time))
    output.result(
        {
            "erasure_id": erasure.erasure_id,
            "pseudonyms": count,
            "erase_time": erased,
            "gone_time": gone,
        },
        output.pick(
            f"已登记删除 {erasure.erasure_id}：{erased} 之前的数据，涉及 {count} 个化名。\n"
            "各服务正从其数据库与归档中删除该劳动者的事件、认定、提示与申诉理由，以及一次性码和化名关联；"
            "已有案件、统计与审计不变，不再指向任何人。\n"
            f"日志按保存期限最迟于 {gone} 不再含有这些数据，在此之前读取日志时一律略过。"
            "备份与已导出的文件不在此列，须另行处理。",
            f"Erasure {erasure.erasure_id} is entered: what is from before {erased}, of {count} pseudonyms.\n"
            "Every service is removing the worker's events, findings, advice and grounds of appeals from its "
            "store and the archive, one-time codes and links too; cases, counts and audits stand, and say of "
            "nobody.\n"
            f"Logs keep it until {gone} at the latest, and are read without it until then. "
            "Backups and exported files are not reached: see to them.",
        ),
    )
