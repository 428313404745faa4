"""A folder of batches that wait for a better time: a request a file, as it is sent.

A file is made whole or not at all, and goes once its batch is answered; what is sent twice in between has the
same request_id and counts once. The clients of all languages write and read the same files.

It is read when a client is made and written when one closes, so it may hold up an event loop.
"""

from __future__ import annotations

import contextlib
import logging
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from google.protobuf.message import DecodeError

from quzhong.api.intake.v1 import intake_pb2
from quzhong.batching import Batch, RequestIds, RowKind
from quzhong.errors import SpoolError, Undelivered

_log = logging.getLogger(__name__)

_SUFFIXES = {RowKind.DISPATCH: ".dispatches.pb", RowKind.WORK_SESSION: ".work-sessions.pb"}
"""As every other language names its files."""

_UNFINISHED = "unfinished-"
"""How the name of a file begins that is not whole yet; no client reads it."""


class Spool:
    """The batches of one platform in one folder. One client at a time uses it."""

    def __init__(self, folder: str | os.PathLike[str], platform_id: str) -> None:
        """The folder is made if it is not there.

        Raises:
            SpoolError: if it cannot be made.
        """
        self._folder = Path(folder)
        self._platform_id = platform_id
        try:
            # 0700: the rows tell what pseudonyms did, nobody else's business.
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise SpoolError(f"{error}; give a folder that this process may write to") from error

    def batches(self, ids: RequestIds) -> list[Batch]:
        """Those of earlier clients, in the order they were kept, numbered by the ids of this one.

        Raises:
            SpoolError: if the folder cannot be read, or a file in it is no batch of this platform. All files
                stay as they are.
        """
        try:
            # Files of one moment, where the clock of the disk is coarse: as one client counted them.
            found = sorted(
                (path.stat().st_mtime_ns, len(path.name), path.name)
                for path in self._folder.iterdir()
                if path.name.endswith(".pb")
            )
        except OSError as error:
            raise SpoolError(str(error)) from error
        return [self._read(name, ids) for _, _, name in found]

    def keep(self, undelivered: Sequence[Undelivered]) -> SpoolError | None:
        """Write what could not be delivered, in the order it was added. The rest is tried even if one cannot
        be written; why it cannot is answered, not raised, for ``close`` has more to tell."""
        failed: list[OSError] = []
        for each in sorted(undelivered, key=lambda each: each.batch.number):
            try:
                self._write(each.batch)
            except OSError as error:
                failed.append(error)
        if not failed:
            return None
        refused = SpoolError(
            f"{len(failed)} of {len(undelivered)} batches cannot be written to {self._folder}: {failed[0]}"
        )
        refused.__cause__ = failed[0]
        return refused

    def forget(self, batch: Batch) -> None:
        """A batch was answered. It need not have been kept."""
        try:
            self._path(batch).unlink(missing_ok=True)
        except OSError as error:
            _log.warning("an answered batch stays in the spool and will count as a resent one: %s", error)

    def _path(self, batch: Batch) -> Path:
        # Request ids may have any printable character, file names may not.
        return self._folder / (batch.request_id.encode().hex() + _SUFFIXES[batch.kind])

    def _write(self, batch: Batch) -> None:
        """Steps, of which each may be the last one of this process:

        1. The whole content goes into a file of another name, which nobody reads (0600, as mkstemp makes it).
        2. It reaches the disk before its name does: a crash leaves no file that is there and empty.
        3. It takes its name, in place of the same batch kept before.
        """
        content = batch.to_request(self._platform_id).SerializeToString()
        handle, name = tempfile.mkstemp(prefix=_UNFINISHED, dir=self._folder)
        unfinished = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:  # 1
                file.write(content)
                file.flush()
                os.fsync(file.fileno())  # 2
            unfinished.replace(self._path(batch))  # 3
        except BaseException:
            with contextlib.suppress(OSError):
                unfinished.unlink()
            raise

    def _read(self, name: str, ids: RequestIds) -> Batch:
        work_sessions = name.endswith(_SUFFIXES[RowKind.WORK_SESSION])
        kind = RowKind.WORK_SESSION if work_sessions else RowKind.DISPATCH
        message = (
            intake_pb2.SubmitWorkSessionsRequest if work_sessions else intake_pb2.SubmitDispatchesRequest
        )
        try:
            request = message.FromString((self._folder / name).read_bytes())
        except OSError as error:
            raise SpoolError(str(error)) from error
        except DecodeError as error:
            raise SpoolError(
                f"{name}: no batch ({error}); move it out of {self._folder}, and send its rows anew"
            ) from error
        if request.platform_id != self._platform_id:
            raise SpoolError(
                f"{name}: a batch of {request.platform_id or 'nobody'}, not of {self._platform_id}; "
                "each has a folder of its own"
            )
        number, _ = ids.next()
        return Batch(kind, number, request)
