"""``quzhong ledger``: verify, export, show, rotate-key, mark."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer
from rich.console import RenderableType
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from cli.ledger_places import Found, Place, kept_checkpoints, ledgers_at, trusted_keys
from cli.output import Output
from kit import clock
from kit.errors import NotFoundError
from kit.ledger import jsonl
from kit.ledger.entry import Entry
from kit.ledger.keys import ledger_keys, rotate
from kit.ledger.notes import parse
from kit.ledger.stored import tail as tail_of
from kit.ledger.verify import Report, verify
from kit.ledger.worker_marks import WorkerMarks
from kit.settings import CommonSettings

DETAILS_SHOWN = 80
"""Characters of an entry's details in the table; --json has them whole."""


def verify_ledgers(place: Place, *, trusted: list[str], kept: list[Path], output: Output) -> None:
    """Verify each ledger of a place; exit status 1 if one does not hold."""
    keys = trusted_keys(place, trusted)
    documents, pages = [], []
    holds = True
    with ledgers_at(place) as found:
        for each, own in zip(found, kept_checkpoints(kept, found), strict=True):
            began_s = time.monotonic()
            with _progress(output, each.ledger_id) as walked:
                report = verify(each.source, trusted=keys, kept=own, progress=walked)
            seconds = max(time.monotonic() - began_s, 1e-6)
            rate = report.entries / seconds
            output.say(
                f"{each.ledger_id}：{report.entries:,} 条，{seconds:.1f} 秒，每秒 {rate:,.0f} 条",
                f"{each.ledger_id}: {report.entries:,} entries in {seconds:.1f} s, {rate:,.0f} a second",
            )
            holds = holds and report.holds
            documents.append(_document(report))
            pages.append(_page(report, output))
    output.result({"holds": holds, "ledgers": documents}, *pages)
    if not holds:
        raise typer.Exit(1)


def export_ledger(place: Place, file: Path, output: Output) -> None:
    """Write a ledger to a file, or to stdout."""
    with ledgers_at(place) as (found,):
        if str(file) == "-":
            jsonl.write(found.source, sys.stdout.buffer)
            sys.stdout.buffer.flush()
            return
        with file.open("wb") as opened:
            footer = jsonl.write(found.source, opened)
    output.result(
        {"ledger": found.ledger_id, "file": str(file), **footer._asdict()},
        output.pick(
            f"{found.ledger_id}：{footer.entries:,} 条记录、{footer.checkpoints:,} 个检查点，已写入 {file}",
            f"{found.ledger_id}: {footer.entries:,} entries and {footer.checkpoints:,} checkpoints in {file}",
        ),
    )


def show_ledgers(place: Place, count: int, output: Output) -> None:
    """Print the last entries of each ledger of a place."""
    documents: list[dict[str, Any]] = []
    pages: list[RenderableType] = []
    with ledgers_at(place) as found:
        for each in found:
            document, page = _tail(each, count, output)
            documents.append(document)
            pages.append(page)
    output.result({"ledgers": documents}, *pages)


def rotate_ledger_key(data_dir: Path, output: Output) -> None:
    """Add a key to the folder's key file."""
    path = CommonSettings(data_dir=data_dir).ledger_key_file
    keys = rotate(path)
    output.result(
        {"file": str(path), "keys": len(keys)},
        output.pick(
            f"{path}：现有 {len(keys)} 个密钥，重启服务后由最新的一个签名",
            f"{path}: {len(keys)} keys; once the services are restarted, the newest signs",
        ),
    )


def show_marks(worker_id: str, data_dir: Path, output: Output) -> None:
    """Print what the ledgers of a folder call a worker, a line a key."""
    settings = CommonSettings(data_dir=data_dir)
    if not settings.ledger_key.get_secret_value() and not settings.ledger_key_file.exists():
        raise NotFoundError(
            f"--data-dir: {data_dir} has no ledger.key; name the folder of the services",
            zh=f"--data-dir：{data_dir} 中没有 ledger.key；请指明账本所属服务的数据目录",
            field="--data-dir",
        )
    marks = WorkerMarks(ledger_keys(settings)).all(worker_id)
    output.result({"marks": marks}, *marks)


@contextmanager
def _progress(output: Output, ledger_id: str) -> Iterator[Any]:
    """Entries walked so far, on stderr."""
    text = TextColumn("{task.description} {task.completed:,.0f}")
    with Progress(SpinnerColumn(), text, TimeElapsedColumn(), console=output.err, transient=True) as bars:
        task = bars.add_task(ledger_id, total=None)
        yield lambda entries: bars.update(task, completed=entries)


def _document(report: Report) -> dict[str, Any]:
    return {
        "ledger": report.ledger_id,
        "holds": report.holds,
        "entries": report.entries,
        "head": report.head.hex(),
        "checkpoints": report.checkpoints,
        "covered_entries": report.covered,
        "last_checkpoint": report.last_note or None,
        "keys": [{"key": key.vkey, "entry": key.entry, "trusted": key.trusted} for key in report.keys],
        "keys_given": report.keys_given,
        "problems_total": report.problems_total,
        "problems": [
            {
                "kind": problem.kind.value,
                "entry": problem.entry,
                "last_entry": problem.last_entry,
                "checkpoint": problem.checkpoint,
                "field": problem.field or None,
                "line": problem.line or None,
                "message": problem.en,
                "message_zh": problem.zh,
            }
            for problem in report.problems
        ],
    }


def _page(report: Report, output: Output) -> Text:
    page = Text()
    verdict = output.pick("完好", "holds") if report.holds else output.pick("不成立", "DOES NOT HOLD")
    page.append(f"{report.ledger_id}: {verdict}\n", style="bold green" if report.holds else "bold red")
    for problem in report.problems:
        page.append(f"  ✗ {output.pick(problem.zh, problem.en)}\n", style="red")
    if (more := report.problems_total - len(report.problems)) > 0:
        page.append(output.pick(f"  另有 {more:,} 处\n", f"  and {more:,} more\n"), style="red")
    loose = report.entries - report.covered
    page.append(
        output.pick(
            f"  {report.entries:,} 条记录；{report.checkpoints:,} 个检查点，涵盖前 {report.covered:,} 条"
            + (f"，其后 {loose:,} 条尚未签名\n" if loose > 0 else "\n"),
            f"  {report.entries:,} entries; {report.checkpoints:,} checkpoints cover the first "
            f"{report.covered:,}" + (f"; {loose:,} behind them are not signed yet\n" if loose > 0 else "\n"),
        )
    )
    if report.last_note:
        signed = clock.show(parse(report.last_note).time_ms)
        page.append(output.pick(f"  最后签名：{signed}\n", f"  last signed {signed}\n"))
    for key in report.keys:
        trust = (
            output.pick("可信", "trusted") if key.trusted else output.pick("无担保", "vouched for by nobody")
        )
        page.append(
            output.pick(f"  公钥（第 {key.entry} 条）", f"  key (entry {key.entry})")
            + f" {key.vkey} {trust}\n"
        )
    if not report.keys_given:
        page.append(
            output.pick(
                "  未指明可信公钥，以账本自述的第一个公钥为准；请向登记机关核对后以 --public-key 指明\n",
                "  no key was named, so the first one in the ledger was believed; ask its owner for the key "
                "and name it with --public-key\n",
            ),
            style="yellow",
        )
    return page


def _tail(found: Found, count: int, output: Output) -> tuple[dict[str, Any], Table]:
    assert found.store is not None  # places without a file are stores
    entries, note = tail_of(found.store, found.ledger_id, count)
    table = output.table(
        (
            f"账本 {found.ledger_id}（末 {len(entries)} 条）",
            f"Ledger {found.ledger_id} (last {len(entries)})",
        ),
        ("序号", "no."),
        ("时间", "time"),
        ("行为人", "actor"),
        ("行为", "action"),
        ("对象", "subject"),
        ("理由", "reason"),
        ("详情", "details"),
        text_columns=7,
    )
    documents = []
    for each in entries:
        if not isinstance(each, Entry):
            table.add_row(str(each.number), output.pick("无法读取", "unreadable"), each.field, "", "", "", "")
            documents.append({"sequence": each.number, "unreadable": each.field})
            continue
        cut = each.details if len(each.details) <= DETAILS_SHOWN else each.details[:DETAILS_SHOWN] + "…"
        when = _shown(each.time_ms)
        cells = (str(each.sequence), when, each.actor, each.action, each.subject, each.reason, cut)
        table.add_row(*(Text(cell) for cell in cells))
        documents.append({**jsonl.document_of(each), "time": when})
    return {"ledger": found.ledger_id, "entries": documents, "last_checkpoint": note or None}, table


def _shown(time_ms: int) -> str:
    try:
        return clock.show(time_ms)
    except (ValueError, OverflowError, OSError):  # a time somebody altered may be no time at all
        return str(time_ms)
