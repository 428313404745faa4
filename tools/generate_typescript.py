"""Generate ``sdk/typescript/src/api`` from ``proto/``: the stubs of the TypeScript client.

``python -m tools.generate_typescript`` writes; ``--check`` exits with 1 and names what is stale. Needs the
generator that ``sdk/typescript/package-lock.json`` pins: ``npm ci`` there first.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from importlib import resources
from pathlib import Path

from tools.committed_stubs import keep

ROOT = Path(__file__).resolve().parent.parent
PROTO = ROOT / "proto"
THIRD_PARTY = ROOT / "third_party" / "googleapis"
CLIENT = ROOT / "sdk" / "typescript"
TARGET = CLIENT / "src" / "api"
PLUGIN = CLIENT / "node_modules" / ".bin" / "protoc-gen-ts_proto"
DETAILS = Path("google/rpc/error_details.proto")
"""What errors carry. No file of the contract imports it, so it is named; it comes with
``googleapis-common-protos``."""

OPTIONS = (
    "outputServices=grpc-js",
    "importSuffix=.js",
    "esModuleInterop=true",
    # No count or amount of the contract passes 2⁵³; a number that does is refused, not rounded.
    "forceLong=number",
    # DispatchKind.ACCEPTED, as every other language names it.
    "removeEnumPrefix=true",
    "unrecognizedEnum=false",
    # Moments are exact to the microsecond, a Date only to the millisecond.
    "useDate=false",
    "oneof=unions-value",
    "outputJsonMethods=false",
    "outputPartialMethods=true",
    "annotateFilesWithVersion=false",
)


def generate(into: Path) -> None:
    """Write the generated modules below ``into``, in the folders of the contract without ``quzhong/api``."""
    if not PLUGIN.exists():
        sys.exit(f"missing: {PLUGIN.relative_to(ROOT)}; run `npm ci` in {CLIENT.relative_to(ROOT)}")
    well_known = resources.files("grpc_tools") / "_proto"
    with tempfile.TemporaryDirectory() as folder:
        details = Path(folder) / "details" / DETAILS
        details.parent.mkdir(parents=True)
        details.write_bytes((resources.files("google.rpc") / DETAILS.name).read_bytes())
        raw = Path(folder) / "raw"
        raw.mkdir()
        command = [
            sys.executable,
            "-m",
            "grpc_tools.protoc",
            f"--plugin=protoc-gen-ts_proto={PLUGIN}",
            f"-I{PROTO}",
            f"-I{THIRD_PARTY}",
            f"-I{Path(folder) / 'details'}",
            f"-I{well_known}",
            f"--ts_proto_out={raw}",
            f"--ts_proto_opt={','.join(OPTIONS)}",
            *map(str, sorted(PROTO.rglob("*.proto"))),
            str(details),
        ]
        if subprocess.run(command, check=False).returncode != 0:
            sys.exit("protoc failed; its message stands above")
        _shortened(raw, into)


def _shortened(raw: Path, into: Path) -> None:
    """Lift ``quzhong/api/x/v1/y.ts`` to ``x/v1/y.ts`` beside ``google/…``, and its imports with it.

    Two folders fewer for every file of the contract; they import one another by the same relative paths as
    before, and ``google/…`` from two folders less far.
    """
    shutil.copytree(raw / "quzhong" / "api", into)
    shutil.copytree(raw / "google", into / "google")
    for file in into.glob("*/v1/*.ts"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace('"../../../../google/', '"../../google/'), encoding="utf-8")


if __name__ == "__main__":
    keep(TARGET, "*.ts", generate, __doc__)
