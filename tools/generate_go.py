"""Generate ``sdk/go/api`` from ``proto/``: the stubs of the Go client.

``python tools/generate_go.py`` writes; ``--check`` exits with 1 and names what is stale. Needs Go.
"""

from __future__ import annotations

import argparse
import filecmp
import shutil
import subprocess
import sys
import tempfile
from importlib import resources
from pathlib import Path

from grpc_tools import protoc

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


def stale(fresh: Path) -> list[str]:
    """Files that differ between the committed packages and fresh ones, or exist in only one."""
    ours = {path.relative_to(TARGET) for path in TARGET.rglob("*.go")}
    theirs = {path.relative_to(fresh) for path in fresh.rglob("*.go")}
    same = {path for path in ours & theirs if filecmp.cmp(TARGET / path, fresh / path, shallow=False)}
    return sorted(map(str, (ours | theirs) - same))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say whether the committed files are fresh")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "api"
        generate(fresh)
        if arguments.check:
            if differing := stale(fresh):
                sys.exit("stale, run `python tools/generate_go.py`: " + ", ".join(differing))
            return
        shutil.rmtree(TARGET, ignore_errors=True)
        shutil.copytree(fresh, TARGET)


if __name__ == "__main__":
    main()
