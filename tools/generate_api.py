"""Generate ``sdk/python/src/quzhong/api`` from ``proto/``; gRPC stubs only where a file declares a service.

``python -m tools.generate_api`` writes; ``--check`` exits with 1 and names what is stale.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from importlib import resources
from pathlib import Path

from grpc_tools import protoc

from tools.committed_stubs import keep

ROOT = Path(__file__).resolve().parent.parent
PROTO = ROOT / "proto"
THIRD_PARTY = ROOT / "third_party" / "googleapis"
"""What the contract imports from others; its Python modules come with ``googleapis-common-protos``."""
TARGET = ROOT / "sdk" / "python" / "src" / "quzhong" / "api"


def generate(into: Path) -> None:
    """Write the generated package as ``into``."""
    with tempfile.TemporaryDirectory() as raw:
        _generate(Path(raw))
        shutil.copytree(Path(raw) / "quzhong" / "api", into)


def _generate(into: Path) -> None:
    well_known = resources.files("grpc_tools") / "_proto"
    include = [f"-I{PROTO}", f"-I{THIRD_PARTY}", f"-I{well_known}"]
    files = sorted(PROTO.rglob("*.proto"))
    services = [file for file in files if "\nservice " in file.read_text(encoding="utf-8")]
    beside = Path(sys.executable).parent  # the plugins stand beside the interpreter, on PATH or not
    plugins = [f"--plugin={name}={beside / name}" for name in ("protoc-gen-mypy", "protoc-gen-mypy_grpc")]
    runs = (
        ([f"--python_out={into}", f"--mypy_out=quiet:{into}"], files),
        ([f"--grpc_python_out={into}", f"--mypy_grpc_out=quiet:{into}"], services),
    )
    for outputs, sources in runs:
        if protoc.main(["protoc", *plugins, *include, *outputs, *map(str, sources)]) != 0:
            sys.exit("protoc failed; its message stands above")


if __name__ == "__main__":
    keep(TARGET, "*.py*", generate, __doc__)
