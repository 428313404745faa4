"""What ``quzhong db backup`` and ``quzhong db restore`` do: one folder, with a list of what is in it.

stores/<name>.db or <name>.dump   the services' databases
log.db                            the event log, where it is a file
beside/…                          what else is in the data folder: archive, keys, first tokens
manifest.json                     written last: a folder without it is no backup
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from cli import backup_dumps
from cli.backup_adopting import adopt
from cli.backup_cut import copy_at_one_moment
from cli.output import CommandError, Output
from cli.schemas import SCHEMAS
from kit.clock import SHANGHAI, system_clock
from kit.errors import FailedPreconditionError
from kit.eventlog.open import open_event_log
from kit.settings import CommonSettings
from kit.storage.folder_lock import sole_user

MANIFEST, STORES, BESIDE, LOG = "manifest.json", "stores", "beside", "log.db"
FORMAT = 1
_OF_SQLITE = (".db", ".db-wal", ".db-shm", ".db-journal")
_LINKS = ".backup-"
"""Begins the name of the folder in which files beside the stores are held while they are copied."""

Manifest = TypeAdapter(dict[str, Any])


def backup(output: Output, to: Path) -> None:
    """Copy everything while services run.

    Raises:
        FailedPreconditionError: if the folder is there already.
        CommandError: if there is nothing to back up, or a program of PostgreSQL's is missing.
        StorageUnavailableError: (retryable) if a store cannot be read.
    """
    settings = CommonSettings()
    if to.exists():
        raise FailedPreconditionError(
            f"{to} is there already; name a new folder",
            zh=f"{to} 已存在；请指定新目录",
            field="folder",
            reason="FOLDER_EXISTS",
        )
    if not _sqlite_files(settings) and not _dumped(settings):
        raise CommandError(
            f"{settings.data_dir} 中没有可备份的数据；请设置 QUZHONG_DATA_DIR 或 QUZHONG_STORE",
            f"there is nothing to back up in {settings.data_dir}; set QUZHONG_DATA_DIR or QUZHONG_STORE",
            reason="NOTHING_THERE",
        )
    partial = to.with_name(to.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        document = _written(output, settings, partial)
        partial.rename(to)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    written = document["files"]
    size = sum(each["bytes"] for each in written.values())
    output.result(
        {"backup": str(to), "files": len(written), "bytes": size}
        | {k: document[k] for k in ("begun", "stores", "log")},
        output.pick(
            f"已备份到 {to}：{len(written)} 个文件，{size:,} 字节",
            f"backed up to {to}: {len(written)} files, {size:,} bytes",
        ),
    )


def _written(output: Output, settings: CommonSettings, partial: Path) -> dict[str, Any]:
    """All of a backup; its manifest."""
    (partial / STORES).mkdir(parents=True)
    partial.chmod(0o700)  # keys are in it
    began_ms = system_clock()
    for name in _dumped(settings):
        output.say(f"{name}：导出……", f"{name}: dumping…")
        backup_dumps.dump(settings.store_url(name), partial / STORES / f"{name}.dump")
    files = {file: partial / place for file, place in _sqlite_files(settings).items()}
    with _held(settings.data_dir) as links:
        copy_at_one_moment(files, lambda: _hold(settings.data_dir, links))
        if links.exists():
            shutil.copytree(links, partial / BESIDE)
    document = {
        "format": FORMAT,
        "begun": datetime.fromtimestamp(began_ms / 1000, SHANGHAI).isoformat(timespec="seconds"),
        "stores": "postgresql" if settings.store else "sqlite",
        "log": "kafka" if settings.kafka else "file",
        "files": {
            str(file.relative_to(partial)): _about(file)
            for file in sorted(partial.rglob("*"))
            if file.is_file()
        },
    }
    (partial / MANIFEST).write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    _synced(partial)
    return document


def restore(output: Output, source: Path) -> None:
    """Put everything back where the settings say, into a place that has none of it. Services do not run.

    Raises:
        CommandError: if it is no backup, of other kinds of stores, or a file of it is damaged.
        FailedPreconditionError: if something is there already; nothing was changed then.
        StorageUnavailableError: (retryable) if a database cannot be written.
    """
    settings = CommonSettings()
    document = _checked(source, settings)
    names = [Path(each).stem for each in document["files"] if each.endswith(".dump")]
    for name in names:
        backup_dumps.require_empty(settings.store_url(name))
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with sole_user(settings.data_dir):
        _require_free(settings.data_dir, document)
        for place in sorted(document["files"]):
            if not place.endswith(".dump"):
                target = settings.data_dir / _restored(place)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source / place, target)
        for name in names:
            output.say(f"{name}：恢复……", f"{name}: restoring…")
            backup_dumps.load(settings.store_url(name), source / STORES / f"{name}.dump")
        adopted = _adopted(settings) if settings.kafka else 0
        _synced(settings.data_dir)
    output.result(
        {
            "restored": str(source),
            "begun": document["begun"],
            "files": len(document["files"]),
            "adopted": adopted,
        },
        output.pick(
            f"已从 {source} 恢复（{document['begun']} 的备份）；现在可以启动服务",
            f"restored from {source} (of {document['begun']}); start the services now",
        ),
    )


def _dumped(settings: CommonSettings) -> list[str]:
    """Stores on PostgreSQL, those that read from others first: none knows of what another has forgotten."""
    return list(SCHEMAS)[::-1] if settings.store else []


def _sqlite_files(settings: CommonSettings) -> dict[Path, Path]:
    """Where they are → where they go; the log last."""
    stores = [] if settings.store else [settings.data_dir / f"{name}.db" for name in SCHEMAS]
    files = {file: Path(STORES) / file.name for file in stores if file.exists()}
    log = settings.data_dir / LOG
    if not settings.kafka and log.exists():
        files[log] = Path(LOG)
    return files


@contextmanager
def _held(folder: Path) -> Iterator[Path]:
    """A folder beside the files, on the same disk, for links to them."""
    links = folder / f"{_LINKS}{os.getpid()}"
    try:
        yield links
    finally:
        shutil.rmtree(links, ignore_errors=True)


def _hold(folder: Path, links: Path) -> None:
    """A second name for each file that is not a store: a segment that is merged away meanwhile stays."""
    for file in sorted(folder.rglob("*")):
        inside = file.relative_to(folder)
        if not file.is_file() or inside.parts[0].startswith(_LINKS) or file.name == ".lock":
            continue
        if len(inside.parts) == 1 and file.name.endswith(_OF_SQLITE):
            continue
        place = links / inside
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            os.link(file, place)
        except OSError:  # a file system without them
            shutil.copy2(file, place)


def _checked(source: Path, settings: CommonSettings) -> dict[str, Any]:
    try:
        document = Manifest.validate_json((source / MANIFEST).read_bytes())
    except (OSError, ValidationError) as error:
        raise CommandError(
            f"{source} 不是完整的备份（{MANIFEST}）",
            f"{source} is no whole backup ({MANIFEST})",
            reason="NO_BACKUP",
        ) from error
    if document["format"] != FORMAT:
        raise CommandError(
            f"备份格式为 {document['format']}，本版本只读 {FORMAT}",
            f"the backup has format {document['format']}; this release reads {FORMAT}",
            reason="OTHER_FORMAT",
        )
    here = {
        "stores": "postgresql" if settings.store else "sqlite",
        "log": "kafka" if settings.kafka else "file",
    }
    for what, kind in here.items():
        if document[what] != kind:
            raise CommandError(
                f"备份的 {what} 为 {document[what]}，当前设置为 {kind}；"
                "请相应设置 QUZHONG_STORE 和 QUZHONG_KAFKA",
                f"the backup's {what} are {document[what]}, the settings say {kind}; set QUZHONG_STORE and "
                "QUZHONG_KAFKA as they were",
                reason="OTHER_KIND",
            )
    for place, about in document["files"].items():
        file = source / place
        if not file.is_file() or _about(file) != about:
            raise CommandError(
                f"备份中的 {place} 缺失或已损坏；请使用另一份备份",
                f"{place} of the backup is missing or damaged; take another backup",
                reason="DAMAGED",
            )
    return document


def _require_free(folder: Path, document: dict[str, Any]) -> None:
    for place in document["files"]:
        if not place.endswith(".dump") and (there := folder / _restored(place)).exists():
            raise FailedPreconditionError(
                f"{there} is there; a backup is restored into an empty folder: move this one away",
                zh=f"{there} 已存在；请恢复到空目录，先移走现有目录",
                field="QUZHONG_DATA_DIR",
                reason="NOT_EMPTY",
            )


def _restored(place: str) -> Path:
    path = Path(place)
    return Path(*path.parts[1:]) if path.parts[0] in (STORES, BESIDE) else path


def _adopted(settings: CommonSettings) -> int:
    log = open_event_log(settings.log_url, settings.kafka_security)
    try:
        return adopt(settings.store_url("workhours"), log)
    finally:
        log.close()


def _about(file: Path) -> dict[str, Any]:
    with file.open("rb") as content:
        return {"bytes": file.stat().st_size, "sha256": hashlib.file_digest(content, "sha256").hexdigest()}


def _synced(folder: Path) -> None:
    """On the disk, names too."""
    for each in [folder, *folder.rglob("*")]:
        descriptor = os.open(each, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
