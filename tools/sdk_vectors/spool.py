"""Files of a spool → the batches they are, and the files those are kept in; or the file that is refused."""

from __future__ import annotations

import os
import tempfile
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp

from quzhong.api.events.v1 import events_pb2
from quzhong.batching import Batch, RequestIds, RowKind
from quzhong.errors import SpoolError, Undelivered
from quzhong.spool import Spool

ABOUT = (
    "files of a spool, base64, in the order they were kept, and whose spool it is → the batches a client "
    "takes from it, in that order, and the files in which it keeps them again, by name, once the given ones "
    "are gone; or the name of the file for which it refuses the folder. A batch that is answered leaves no "
    "file"
)

_AT = Timestamp(seconds=1_773_635_460)
_DISPATCH = events_pb2.Dispatch(
    event_id="e-1",
    worker_id="w" * 24,
    order_id="订单-1",
    event_time=_AT,
    kind=events_pb2.DISPATCH_KIND_COMPLETED,
    area_code="130203",
    distance_m=0,
)
_SESSION = events_pb2.WorkSession(
    event_id="s-1",
    worker_id="AbCdEfGhIjKlMnOpQrStUv-_",
    event_time=_AT,
    kind=events_pb2.WORK_SESSION_KIND_ONLINE,
    area_code="130203",
)
_SUFFIXES = {RowKind.DISPATCH: ".dispatches.pb", RowKind.WORK_SESSION: ".work-sessions.pb"}


def _dispatches(request_id: str, rows: int = 1, platform_id: str = "platform-a") -> dict[str, str]:
    return _kept(RowKind.DISPATCH, request_id, [_DISPATCH] * rows, platform_id)


def _sessions(request_id: str, rows: int = 1, platform_id: str = "platform-a") -> dict[str, str]:
    return _kept(RowKind.WORK_SESSION, request_id, [_SESSION] * rows, platform_id)


def _kept(kind: RowKind, request_id: str, rows: list[Any], platform_id: str) -> dict[str, str]:
    content = Batch.of(kind, 1, request_id, rows).to_request(platform_id).SerializeToString()
    return _file(request_id.encode().hex() + _SUFFIXES[kind], content)


def _file(name: str, content: bytes) -> dict[str, str]:
    return {"name": name, "content": b64encode(content).decode()}


def _case(name: str, *files: dict[str, str]) -> dict[str, Any]:
    return {"name": name, "given": {"platform_id": "platform-a", "files": list(files)}}


_WHOLE = b64decode(_dispatches("a1b2-3", rows=2)["content"])

CASES: list[dict[str, Any]] = [
    _case("nothing"),
    _case("dispatches", _dispatches("a1b2-1", rows=3)),
    _case("work sessions", _sessions("a1b2-1", rows=2)),
    _case(
        "the order they were kept in, not that of their names",
        _dispatches("ff-1"),
        _sessions("ff-2"),
        _dispatches("00-10"),
        _dispatches("00-9", rows=2),
    ),
    _case("a request id that is no file name", _dispatches("批次/../1: *"), _sessions("批次/../1: *")),
    _case(
        "what is not whole, or is something else, is not read",
        _file("unfinished-1234", _WHOLE[:9]),
        _file("61.dispatches.pb.unfinished", _WHOLE[:9]),
        _file("README", b"mine"),
        _dispatches("a1b2-1"),
    ),
    _case("no protobuf", _file("00.dispatches.pb", b"no batch at all")),
    _case("torn", _file("00.dispatches.pb", _WHOLE[:-5])),
    _case("torn work sessions", _file("00.work-sessions.pb", b"\x0a\xff")),
    _case("empty", _file("00.dispatches.pb", b"")),
    _case("another platform's", _dispatches("a1b2-1", platform_id="platform-b")),
    _case("one of another platform among one's own", _dispatches("00-1"), _sessions("00-2", 1, "平台乙")),
]


def outcome(given: dict[str, Any]) -> dict[str, Any]:
    """The batches and their files, or what is refused."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for second, file in enumerate(given["files"], start=1):
            (folder / file["name"]).write_bytes(b64decode(file["content"]))
            os.utime(folder / file["name"], (second, second))
        spool = Spool(folder, given["platform_id"])
        try:
            batches = spool.batches(RequestIds())
        except SpoolError as error:
            refused = [each["name"] for each in given["files"] if f"spool: {each['name']}: " in str(error)]
            return {"refused": refused[0]}
        for path in folder.iterdir():
            path.unlink()
        spool.keep([Undelivered(batch, None) for batch in batches])
        kept = {path.name: b64encode(path.read_bytes()).decode() for path in sorted(folder.iterdir())}
        for batch in batches:
            spool.forget(batch)
        if left := [path.name for path in folder.iterdir()]:
            raise AssertionError(f"left behind: {left}")
    return {"batches": [_told(batch) for batch in batches], "files": kept}


def _told(batch: Batch) -> dict[str, Any]:
    return {
        "kind": "dispatch" if batch.kind is RowKind.DISPATCH else "work_session",
        "request_id": batch.request_id,
        "event_ids": [row.event_id for row in batch.rows],
    }
