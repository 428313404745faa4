"""Files that people hand in, as the commands and services read them."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from zoneinfo import ZoneInfo

import typer
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cli.audit_figures import figures_of
from cli.audit_rows import AuditColumns, LeftOut, Source, faster_than, read_rows
from cli.bad_input import BadInputError
from cli.check import Wanted, judged
from cli.output import CommandError, Output
from cli.report_file import read_reports
from cli.report_form import COLUMNS, write_reports
from cli.trips import Columns, read_trips
from kit.ledger import jsonl
from kit.ledger.entry import Act
from kit.ledger.jsonl import JsonlSource
from kit.ledger.ledger import Ledger
from kit.ledger.stored import StoreSource
from kit.ledger.verify import verify
from kit.storage.store import Store
from services.algo_audit.core.metrics import DELIVERY_TIME
from services.algo_audit.core.params import AuditParams
from services.workhours.catalogue import SHIPPED, PackFileError, read_pack
from tests.fuzz.mutating import of_json, of_json_lines, of_yaml, of_zip
from tests.fuzz.target import Target, file_of

_CASES = Path(__file__).parents[1] / "conformance" / "cases"
_SHANGHAI = ZoneInfo("Asia/Shanghai")
_OUTPUT = Output(as_json=True, language=None)


def _pack(data: bytes) -> bool:
    try:
        read_pack(file_of(data, "pack.yaml"))
    except PackFileError:
        return False
    return True


def _packs() -> Iterator[bytes]:
    for path in sorted(SHIPPED.glob("*.yaml")):
        yield path.read_bytes()


@cache
def _rules(pack: str) -> Path:
    """A folder of one small pack: reading all of them for each case takes most of the time."""
    path = file_of((SHIPPED / f"{pack}.yaml").read_bytes(), f"{pack}.yaml")
    folder = path.parent / pack
    folder.mkdir()
    return path.rename(folder / path.name).parent


def _check(suffix: str, pack: str, data: bytes) -> bool:
    wanted = Wanted(file_of(data, f"case{suffix}"), pack=pack, rules=_rules(pack))
    try:
        judged(wanted).document()
    except (CommandError, typer.BadParameter, BadInputError, OSError):
        return False
    return True


def _cases() -> Iterator[bytes]:
    for path in sorted(_CASES.glob("cn-road-*.json")):
        yield path.read_bytes()


def _timesheets() -> Iterator[bytes]:
    yield (
        b"worker,start,end,state\n"
        b"a,2026-01-15T08:00:00,2026-01-15T12:30:00+08:00,service\n"
        b"a,2026-01-15T13:00:00Z,2026-01-15T14:00:00Z,service\n"
    )
    yield (
        b"event_id,worker_id,order_id,event_time,kind,platform_id\n"
        b"1,w,o,2026-01-15T08:00:00,accepted,swift\n2,w,o,2026-01-15T09:00:00,3,swift\n"
        b"3,w,o,2026-01-15T09:30:00,completed,swift\n"
    )


_AUDIT = AuditColumns(Source.DURATION, "start", "end", None, None, 1.0, float("inf"), None, None, "group")


def _audit(data: bytes) -> bool:
    try:
        rows = read_rows(file_of(data, "orders.csv"), _AUDIT, _SHANGHAI, _OUTPUT)
    except (BadInputError, OSError):
        return False
    if len(rows):
        faster = faster_than(rows, DELIVERY_TIME, 15.0)
        rows = rows.without(faster & (rows.worker > 3), LeftOut.FASTER_THAN_LAWFUL)
    if len(rows):
        figures_of(rows, DELIVERY_TIME, (1_800.0,), AuditParams())
    return True


def _trips(data: bytes) -> bool:
    try:
        read_trips(file_of(data, "trips.csv"), Columns(), _SHANGHAI)
    except (BadInputError, OSError):
        return False
    return True


def _orders() -> Iterator[bytes]:
    plain = (
        b"driver_id,start,end,distance_m,group,order_id\n"
        b"a,2026-01-15T08:00:00,2026-01-15T08:30:00,1500,x,1\n"
        b'"b ",2026-01-15T08:00:00+08:00,2026-01-15 09:10,"2e3",y,2\n'
    )
    yield plain
    yield gzip.compress(plain, mtime=0)


def _reports(suffix: str, data: bytes) -> bool:
    try:
        read_reports(file_of(data, f"reports{suffix}"))
    except (CommandError, OSError):
        return False
    return True


def _report_files(suffix: str) -> Iterable[bytes]:
    path = file_of(b"", f"template{suffix}")
    row: list[object] = ["swift", "130200", "2026Q1", *("12" for _ in COLUMNS[4:]), "a.b: 说明"]
    write_reports(path, [row])
    yield path.read_bytes()


def _ledger(data: bytes) -> bool:
    path = file_of(data, "ledger.jsonl")
    report = verify(JsonlSource(path))
    if not report.holds:
        return False
    again = path.with_name("again.jsonl")
    with again.open("wb") as file:
        jsonl.write(JsonlSource(path), file)
    assert again.read_bytes() == data, "what holds has another form than its own export"
    return True


@cache
def _ledger_file() -> bytes:
    folder = file_of(b"", "ledger.db").parent
    store = Store.open(f"sqlite:///{folder}/ledger-store.db")
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    ledger = Ledger.open(store, "registry", [key], lambda: 1_773_635_464_000)
    ledger.record_alone(*(Act("a.b", f"主体/{n}", "admin", "why", {"n": n, "l": [None]}) for n in range(3)))
    ledger.close()
    path = folder / "exported.jsonl"
    with path.open("wb") as file:
        jsonl.write(StoreSource(store, "registry"), file)
    store.close()
    return path.read_bytes()


FILES = (
    Target("rule-pack", _pack, _packs, of_yaml, longest=32_768),
    Target("check-case", partial(_check, ".json", "cn-road-transport"), _cases, of_json, longest=4_096),
    Target("check-csv", partial(_check, ".csv", "cn-ride-hailing"), _timesheets, longest=2_048),
    Target("audit-csv", _audit, _orders, longest=2_048),
    Target("trips-csv", _trips, _orders, longest=2_048),
    Target("reports-csv", partial(_reports, ".csv"), partial(_report_files, ".csv")),
    Target("reports-xlsx", partial(_reports, ".xlsx"), partial(_report_files, ".xlsx"), of_zip),
    Target("ledger-file", _ledger, lambda: [_ledger_file()], of_json_lines),
)
