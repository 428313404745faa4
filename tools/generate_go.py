"""Generate ``sdk/go/api`` from ``proto/``: the stubs of the Go client.

``python -m tools.generate_go`` writes; ``--check`` exits with 1 and names what is stale. Needs Go.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from importlib import resources
from pathlib import Path

from grpc_tools import protoc

from tools.committed_stubs import keep

ROOT = Path(__file__).resolve().parent.parent
PROTO = ROOT / "proto"
THIRD_PARTY = ROOT / "third_party" / "googleapis"
MODULE = "quzhong.example/sdk/go"
"""As in ``sdk/go/go.mod``."""
TARGET = ROOT / "sdk" / "go" / "api"
PLUGINS = ROOT / "sdk" / "go" / "tools"
"""A module of its own that pins the generators: who uses the client does not need them."""


def packages() -> list[str]:
    """The contract names no Go package, so that no language has a place in it: which one a file gets."""
    mappings = []
    for file in sorted(PROTO.rglob("*.proto")):
        path = file.relative_to(PROTO)
        service, version = path.parts[-3:-1]
        package = f"{MODULE}/api/{service}/{version};{service.replace('_', '')}{version}"
        mappings.append(f"M{path.as_posix()}={package}")
    return mappings


def generate(into: Path) -> None:
    """Write the generated packages below ``into``."""
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as plugins:
        subprocess.run(["go", "build", "-o", plugins + "/", "tool"], cwd=PLUGINS, check=True)
        options = ",".join([f"module={MODULE}/api", *packages()])
        well_known = resources.files("grpc_tools") / "_proto"
        arguments = [
            "protoc",
            *(f"--plugin={name}={plugins}/{name}" for name in ("protoc-gen-go", "protoc-gen-go-grpc")),
            f"-I{PROTO}",
            f"-I{THIRD_PARTY}",
            f"-I{well_known}",
            f"--go_out={into}",
            f"--go_opt={options}",
            f"--go-grpc_out={into}",
            f"--go-grpc_opt={options}",
            *map(str, sorted(PROTO.rglob("*.proto"))),
        ]
        if protoc.main(arguments) != 0:
            sys.exit("protoc failed; its message stands above")


if __name__ == "__main__":
    keep(TARGET, "*.go", generate, __doc__)
