"""Where ledgers are: in the stores of a data folder, in a service's database, or in a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from cli.output import CommandError
from kit.ledger.entry import check_ledger_id
from kit.ledger.jsonl import JsonlSource
from kit.ledger.keys import parse_keys
from kit.ledger.notes import VerifyingKey, origin_of, parse_vkey, public_key
from kit.ledger.stored import Source, StoreSource, ledgers_in
from kit.settings import CommonSettings
from kit.storage.store import Store


@dataclass(frozen=True, slots=True)
class Place:
    """As the options name it."""

    data_dir: Path
    store_url: str = ""
    ledger: str = ""
    """Empty: all there are."""
    file: Path | None = None


class Found(NamedTuple):
    """A ledger."""

    ledger_id: str
    source: Source
    store: Store | None


@contextmanager
def ledgers_at(place: Place) -> Iterator[list[Found]]:
    """The ledgers of a place, open for the block.

    Raises:
        CommandError: LEDGER_NOT_FOUND, if there is none.
    """
    if place.file is not None:
        source = JsonlSource(place.file)
        name = source.ledger_id()
        yield [Found(name if isinstance(name, str) else place.file.name, source, None)]
        return
    if place.ledger:
        check_ledger_id(place.ledger)
    with ExitStack() as stack:
        found: list[Found] = []
        for url in _store_urls(place):
            store = Store.open_to_read(url)
            stack.callback(store.close)
            found += [
                Found(name, StoreSource(store, name), store)
                for name in ledgers_in(store)
                if place.ledger in ("", name)
            ]
        if not found:
            where = str(place.data_dir)
            if place.store_url:
                where = sa.make_url(place.store_url).render_as_string()  # without its password
            wanted = place.ledger or "any"
            raise CommandError(
                f"{where} 中没有账本 {place.ledger}；请以 --data-dir 指明数据目录",
                f"no ledger ({wanted}) in {where}; name the folder with --data-dir",
                reason="LEDGER_NOT_FOUND",
            )
        yield found


def trusted_keys(place: Place, given: list[str]) -> list[VerifyingKey]:
    """Keys the reader names, else those of the folder's key file; none if there is neither.

    Raises:
        InvalidArgumentError: LEDGER_KEY, for what is no key.
    """
    if given:
        return [_key(each) for each in given]
    path = CommonSettings(data_dir=place.data_dir).ledger_key_file
    if place.file is not None or place.store_url or not path.exists():
        return []
    return [public_key(key, "ledger") for key in parse_keys(path.read_bytes(), str(path))]


def kept_checkpoints(paths: Sequence[Path], found: Sequence[Found]) -> list[list[str]]:
    """Of each ledger that was found, the notes that the reader kept of it. Of a single one: all of them.

    Raises:
        CommandError: CHECKPOINT_UNREADABLE, CHECKPOINT_OF_NO_LEDGER: unseen, it would prove nothing.
    """
    kept: list[list[str]] = [[] for _ in found]
    for path in paths:
        note = _text(path)
        of = [at for at, each in enumerate(found) if note.startswith(f"{origin_of(each.ledger_id)}\n")]
        if not of and len(found) != 1:
            names = ", ".join(each.ledger_id for each in found)
            raise CommandError(
                f"{path.name} 不是这些账本（{names}）的检查点；检查点首行应为 quzhong/账本名称",
                f"{path.name} is a checkpoint of none of {names}; its first line is quzhong/<ledger>",
                reason="CHECKPOINT_OF_NO_LEDGER",
            )
        for at in of or [0]:
            kept[at].append(note)
    return kept


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CommandError(
            f"{path.name} 不是文本文件；请使用 verify --json 给出的 last_checkpoint",
            f"{path.name} is no text; keep last_checkpoint of verify --json as it is told",
            reason="CHECKPOINT_UNREADABLE",
        ) from error


def _key(text: str) -> VerifyingKey:
    path = Path(text)
    if len(text) < 200 and path.is_file():
        text = path.read_bytes().decode("utf-8", "replace").strip()
        if text.startswith("-----BEGIN PUBLIC KEY-----"):
            try:
                key = load_pem_public_key(text.encode())
            except ValueError:
                key = None
            if isinstance(key, Ed25519PublicKey):
                return VerifyingKey(path.name, key.public_bytes_raw())
    return parse_vkey(text)


def _store_urls(place: Place) -> list[str]:
    if place.store_url:
        return [place.store_url]
    return [f"sqlite:///{path}" for path in sorted(place.data_dir.glob("*.db"))]
