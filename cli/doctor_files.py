"""What lies in files: the data folder and the room there is, keys and who may read them, certificates."""

from __future__ import annotations

import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from cli.doctor_checks import Check, Text, fault, warning, well
from kit.clock import show, system_clock
from kit.storage.scrubbing import UNSCRUBBED
from services.notify.settings import NotifySettings
from services.registry.settings import RegistrySettings

GB = 1_000_000_000

LEAST_FREE, LOW_FREE = 1 * GB, 10 * GB
"""Ten thousand events a second are 0.8 GB an hour on the log and a third of it in the archive: with less than
the first an evening's peak may fill the disk, with less than the second a week's end does."""

SCRUBBED_WITHIN = timedelta(hours=1)
"""A store is tried each minute; who reads it for so long does not read, but hangs."""

EXPIRY_WARNING = timedelta(days=30)
"""Time to have a certificate made by an authority that takes two weeks."""


def _free(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def folder_checks(folder: Path, free_of: Callable[[Path], int] = _free) -> Iterator[Check]:
    """Whether the folder can be written to, and how much room it has, bytes by ``free_of``."""
    what = "QUZHONG_DATA_DIR"
    home = next(each for each in (folder.absolute(), *folder.absolute().parents) if each.exists())
    try:
        with tempfile.TemporaryFile(dir=home):
            pass
    except OSError as error:
        yield fault(
            what,
            Text(f"{home} 不可写：{error.strerror}", f"{home} cannot be written to: {error.strerror}"),
            Text(
                "请将该目录授予运行服务的用户，或把 QUZHONG_DATA_DIR 指向其他目录",
                "give it to the user the services run as, or name another folder by QUZHONG_DATA_DIR",
            ),
        )
        return
    free = free_of(home)
    room = f"{free / GB:.1f} GB"
    grow = Text(
        "请扩容，或把 QUZHONG_DATA_DIR 移到更大的磁盘（先停止服务）",
        "enlarge the disk, or move QUZHONG_DATA_DIR to a larger one (stop the services first)",
    )
    if free < LEAST_FREE:
        yield fault(what, Text(f"{home} 仅剩 {room}", f"{home} has only {room} left"), grow)
    elif free < LOW_FREE:
        yield warning(what, Text(f"{home} 剩余 {room}", f"{home} has {room} left"), grow)
    else:
        yield well(what, f"{home} 可写，剩余 {room}", f"{home} can be written to and has {room} left")


def scrub_checks(folder: Path, now: datetime | None = None) -> Iterator[Check]:
    """Stores whose files still hold what an erasure deleted: for an hour they could not be written anew."""
    now_ms = system_clock() if now is None else int(now.timestamp() * 1000)
    for note in sorted(folder.glob(f"*{UNSCRUBBED}")):
        since_ms = int(note.stat().st_mtime * 1000)
        if now_ms - since_ms < SCRUBBED_WITHIN / timedelta(milliseconds=1):
            continue
        store, since = note.name.removesuffix(UNSCRUBBED), show(since_ms)
        yield warning(
            store,
            Text(
                f"自 {since} 起，{folder / store} 中已删除的劳动者数据尚未从文件中抹去",
                f"since {since} the files of {folder / store} hold what an erasure deleted",
            ),
            Text(
                "请运行该服务，并在数据目录与临时文件目录各留出与文件等大的空间；其日志载明原因",
                "run the service, with room for its file in the data folder and in that for temporary files;"
                " its log says what is in the way",
            ),
        )


def key_checks(settings: RegistrySettings) -> Iterator[Check]:
    """Keys the suite keeps itself: there, and readable by their owner alone."""
    started = any(settings.data_dir.glob("*.db"))
    kept = (
        ("ledger.key", settings.ledger_key_file, bool(settings.ledger_key.get_secret_value())),
        ("admin.token", settings.admin_token_file, bool(settings.admin_token.get_secret_value())),
        (
            "pseudonym-keys.json",
            settings.pseudonym_key_file,
            bool(settings.pseudonym_keys.get_secret_value()),
        ),
    )
    for what, path, elsewhere in kept:
        if elsewhere:
            yield well(what, "由密钥库以环境变量提供", "comes from a secret store, by environment")
        elif path.exists():
            yield _private(what, path)
        elif started:
            yield warning(
                what,
                Text(f"{path} 不存在，而数据已存在", f"{path} is missing, and there are data"),
                Text(
                    "请从备份恢复原文件；新密钥无法衔接原有账本、令牌或化名",
                    "restore it from the backup: a new one does not go on from the old ledgers, tokens or"
                    " pseudonyms",
                ),
            )
        else:
            yield well(what, "首次启动时生成", "is made at the first start")


def certificate_checks(settings: NotifySettings, now: datetime | None = None) -> Iterator[Check]:
    """Every certificate named: in force, and for how long; every private key: its own certificate's."""
    now = now or datetime.fromtimestamp(system_clock() / 1000, UTC)
    for name in ("tls_cert", "tls_client_ca", "tls_ca", "kafka_ca", "kafka_cert", "notify_smtp_ca"):
        path: Path | None = getattr(settings, name)
        if path is not None:
            yield _certificates(f"QUZHONG_{name.upper()}", path, now)
    for name, key, certificate in (
        ("QUZHONG_TLS_KEY", settings.tls_key, settings.tls_cert),
        ("QUZHONG_KAFKA_KEY", settings.kafka_key, settings.kafka_cert),
    ):
        if key is not None and key.exists():
            yield _private(name, key)
            if certificate is not None and certificate.exists() and not _belong(key, certificate):
                yield fault(
                    name,
                    Text(f"{key} 与证书 {certificate} 不匹配", f"{key} is not the key of {certificate}"),
                    Text("请使用同一次签发的证书与私钥", "name the key the certificate was issued for"),
                )


def _private(what: str, path: Path) -> Check:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        return fault(
            what,
            Text(f"{path} 权限为 {mode:04o}，他人可读", f"{path} has mode {mode:04o}: others may read it"),
            Text(
                f"请执行 chmod 600 {path}；如可能已被他人读取，请更换",
                f"chmod 600 {path}; replace what it holds if somebody may have read it",
            ),
        )
    return well(what, f"{path}（{mode:04o}）", f"{path} ({mode:04o})")


def _certificates(what: str, path: Path, now: datetime) -> Check:
    try:
        chain = x509.load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError) as error:
        return fault(
            what,
            Text(f"{path} 无法读取：{error}", f"{path} cannot be read: {error}"),
            Text("请指向未加密的 PEM 证书文件", "name a file of certificates in PEM"),
        )
    first = min(chain, key=lambda each: each.not_valid_after_utc)
    end, renew = first.not_valid_after_utc, Text("请换用新证书并重启服务", "have it renewed, then restart")
    day = f"{end:%Y-%m-%d}"
    if any(each.not_valid_before_utc > now for each in chain):
        return fault(
            what,
            Text(f"{path} 尚未生效", f"{path} is not valid yet"),
            Text("请核对本机时钟与证书的生效日期", "look at this machine's clock, and at its first day"),
        )
    if end <= now:
        return fault(what, Text(f"{path} 已于 {day} 到期", f"{path} expired on {day}"), renew)
    if end - now < EXPIRY_WARNING:
        return warning(what, Text(f"{path} 将于 {day} 到期", f"{path} expires on {day}"), renew)
    return well(what, f"{path} 有效期至 {day}", f"{path} is valid until {day}")


def _belong(key: Path, certificate: Path) -> bool:
    form = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    try:
        ours = load_pem_private_key(key.read_bytes(), password=None).public_key().public_bytes(*form)
        theirs = x509.load_pem_x509_certificates(certificate.read_bytes())[0].public_key()
    except (OSError, ValueError, TypeError):
        return False
    return ours == theirs.public_bytes(*form)
