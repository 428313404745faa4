"""Plan the next version of the pseudonyms' key, or destroy one: changes the key file of the data folder.

    python -m services.registry.rotate_key add --not-before 2027-01-01T00:00+08:00 \
        --retire 2027-02-01T00:00+08:00
    python -m services.registry.rotate_key destroy 1

``add`` gives the version that is the last now its end (``--retire``) and appends one with a fresh seed.
``destroy`` takes out a version that is retired. Restart the registry afterwards. Keys from a secret store
(QUZHONG_PSEUDONYM_KEYS) are changed there. What a rotation means: docs/adr/0020-rotation-of-pseudonyms.md.
"""

from __future__ import annotations

import argparse
import secrets
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from kit.clock import Clock, system_clock
from kit.errors import InvalidArgumentError
from services.registry.adapters.pseudonym_key_file import SEED_BYTES, KeyEntry, opened, read, write
from services.registry.settings import RegistrySettings


def add(path: Path, not_before_ms: int, retire_ms: int) -> int:
    """Append a version from ``not_before_ms`` on and end the last one at ``retire_ms``; answers its number.

    Raises:
        InvalidArgumentError: KEY_SCHEDULE, if that makes no sense; nothing is changed then.
        OSError: if there is no key file; the registry's first start writes one.
    """
    entries = read(path)
    last = entries[-1]
    following = KeyEntry(last.version + 1, not_before_ms, None, secrets.token_bytes(SEED_BYTES))
    _put(path, [*entries[:-1], replace(last, retire_ms=retire_ms), following])
    return following.version


def destroy(path: Path, version: int, now_ms: int) -> None:
    """Take out a version.

    Raises:
        InvalidArgumentError: KEY_NOT_RETIRED, unless it is there and retired.
    """
    entries = read(path)
    retired = [entry for entry in entries if entry.retire_ms is not None and entry.retire_ms <= now_ms]
    if version not in [entry.version for entry in retired]:
        numbers = ", ".join(str(entry.version) for entry in retired) or "none"
        numbers_zh = "、".join(str(entry.version) for entry in retired) or "无"
        raise InvalidArgumentError(
            f"version: {version} is not retired; {numbers} could be destroyed",
            zh=f"version：版本 {version} 尚未停用；可销毁的版本：{numbers_zh}",
            field="version",
            reason="KEY_NOT_RETIRED",
        )
    _put(path, [entry for entry in entries if entry.version != version])


def _put(path: Path, entries: list[KeyEntry]) -> None:
    opened(entries, str(path))
    write(path, entries)


def main(arguments: list[str] | None = None, clock: Clock = system_clock) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    adding = commands.add_parser("add", help="append a version and plan the end of the last one")
    adding.add_argument("--not-before", type=_moment_ms, required=True, help="from when on events carry it")
    adding.add_argument("--retire", type=_moment_ms, required=True, help="end of the one before")
    destroying = commands.add_parser("destroy", help="take out a version that is retired")
    destroying.add_argument("version", type=int)
    given = parser.parse_args(arguments)
    path = RegistrySettings().pseudonym_key_file
    try:
        if given.command == "add":
            print(f"version {add(path, given.not_before, given.retire)} added; restart the registry")
        else:
            destroy(path, given.version, clock())
            print(f"version {given.version} destroyed; destroy backups of {path} too; restart the registry")
    except (InvalidArgumentError, OSError) as error:
        sys.exit(str(error))


def _moment_ms(text: str) -> int:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no time in ISO 8601 with a zone; write e.g. 2027-01-01T00:00+08:00"
        ) from None
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text!r} has no zone; write e.g. 2027-01-01T00:00+08:00")
    return int(moment.timestamp() * 1000)


if __name__ == "__main__":
    main()
