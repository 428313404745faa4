"""Generate ``sdk/python/src/quzhong/api`` from ``proto/``; gRPC stubs only where a file declares a service.

``python tools/generate_api.py`` writes; ``--check`` exits with 1 and names what is stale.
"""

from __future__ import annotations

import argparse
import filecmp
import shutil
import sys
import tempfile
from importlib import resources
from pathlib import Path

from grpc_tools import protoc

ROOT = Path(__file__).resolve().parent.parent
PROTO = ROOT / "proto"
THIRD_PARTY = ROOT / "third_party" / "googleapis"
"""What the contract imports from others; its Python modules come with ``googleapis-common-protos``."""
TARGET = ROOT / "sdk" / "python" / "src" / "quzhong" / "api"


def generate(into: Path) -> None:
    """Write the generated package below ``into``."""
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


def stale(fresh: Path) -> list[str]:
    """Files that differ between the committed package and a fresh one, or exist in only one."""
    ours = {path.relative_to(TARGET) for path in TARGET.rglob("*.py*") if "__pycache__" not in path.parts}
    theirs = {path.relative_to(fresh) for path in fresh.rglob("*.py*")}
    same = {path for path in ours & theirs if filecmp.cmp(TARGET / path, fresh / path, shallow=False)}
    return sorted(map(str, (ours | theirs) - same))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say whether the committed files are fresh")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        generate(Path(folder))
        fresh = Path(folder) / "quzhong" / "api"
        if arguments.check:
            if differing := stale(fresh):
                sys.exit("stale, run `make proto`: " + ", ".join(differing))
            return
        shutil.rmtree(TARGET, ignore_errors=True)
        shutil.copytree(fresh, TARGET)


if __name__ == "__main__":
    main()
