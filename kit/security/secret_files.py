"""Files that hold secrets: read by their owner alone, written whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from kit.errors import InvalidArgumentError


def write(path: Path, content: bytes, *, only_if_missing: bool = False) -> None:
    """Put a file in its place in one step, mode 0600, whatever lies there or beside it.

    Written in place, a file could be found half written; under a name that can be guessed, what lies there
    already would keep its own mode, or be a link to elsewhere.

    Args:
        path: its folder is made if it is missing.
        content: what it is to hold.
        only_if_missing: whoever writes first wins, and the others' content is dropped.

    Raises:
        OSError: if it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)  # mode 0600
    fresh = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        if not only_if_missing:
            fresh.rename(path)
            return
        with suppress(FileExistsError):
            os.link(fresh, path)  # unlike a rename it never puts one secret in another's place
    finally:
        fresh.unlink(missing_ok=True)


def read(path: Path) -> bytes:
    """What a file holds.

    Raises:
        InvalidArgumentError: SECRET_READABLE, if others may read or change it.
        OSError: if it cannot be read, FileNotFoundError among them.
    """
    # Of what is open, not of the name: between two looks another file could stand there.
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise InvalidArgumentError(
                f"{path}: others may read or change it; chmod 600, and replace what it holds if they did",
                zh=f"{path}：其他用户可以读取或修改；请执行 chmod 600，如已泄露请更换其中内容",
                field=str(path),
                reason="SECRET_READABLE",
            )
        return file.read()
