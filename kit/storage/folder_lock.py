"""One process a data folder: two would each keep their own memory of what was accepted."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kit.errors import FailedPreconditionError


@contextmanager
def sole_user(folder: Path) -> Iterator[None]:
    """Hold the folder for the block. The system lets go of it however the process ends.

    Raises:
        FailedPreconditionError: if another process holds it.
    """
    with (folder / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise FailedPreconditionError(
                f"QUZHONG_DATA_DIR: {folder} is in use by another process; stop it, or name another folder",
                zh=f"QUZHONG_DATA_DIR：{folder} 正被另一进程使用；请先停止该进程，或指定其他目录",
                field="QUZHONG_DATA_DIR",
                reason="DATA_DIR_IN_USE",
            ) from error
        yield
