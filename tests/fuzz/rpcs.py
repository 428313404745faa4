"""Every RPC that there is, by the tables of permissions: what is not in there is refused to everybody."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from google.longrunning import operations_pb2
from google.protobuf import descriptor_pool
from google.protobuf.descriptor import MethodDescriptor

import quzhong.api
from kit.security.permissions import OPEN_RPCS, PERMISSIONS


def every_rpc() -> Mapping[str, MethodDescriptor]:
    """Path → method, by path."""
    (root,) = quzhong.api.__path__
    for path in sorted(Path(root).glob("*/v1/*_pb2.py")):
        import_module(".".join(["quzhong.api", *path.relative_to(root).with_suffix("").parts]))
    pool = descriptor_pool.Default()
    assert operations_pb2.DESCRIPTOR.name  # the long-running operations are of another package
    paths = sorted({*PERMISSIONS, *OPEN_RPCS})
    return {path: pool.FindMethodByName(path[1:].replace("/", ".")) for path in paths}
