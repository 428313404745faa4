"""Generate the Java client's stubs, ``example.quzhong.api``, from ``proto/``.

``python -m tools.generate_java`` writes; ``--check`` exits with 1 and names what is stale. Needs Maven, which
has the generators of the versions that ``sdk/java/pom.xml`` names.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

from tools.committed_stubs import keep

ROOT = Path(__file__).resolve().parent.parent
JAVA = ROOT / "sdk" / "java"
PACKAGE = Path("example", "quzhong", "api")
TARGET = JAVA / "client" / "src" / "main" / "java" / PACKAGE
BUF = Path(sys.executable).parent / "buf"


def generators() -> dict[str, str]:
    """Program → Maven coordinates, for this machine."""
    properties = ElementTree.parse(JAVA / "pom.xml").find("{*}properties")
    assert properties is not None
    system = {"Linux": "linux", "Darwin": "osx", "Windows": "windows"}[platform.system()]
    machine = {"arm64": "aarch_64", "aarch64": "aarch_64"}.get(platform.machine(), "x86_64")
    return {
        name: f"{artifact}:{properties.findtext('{*}' + version)}:exe:{system}-{machine}"
        for name, artifact, version in (
            ("protoc", "com.google.protobuf:protoc", "protobuf.version"),
            ("protoc-gen-grpc-java", "io.grpc:protoc-gen-grpc-java", "grpc.version"),
        )
    }


def fetch(artifact: str, program: Path) -> None:
    """Let Maven put an artifact there as a program."""
    folder = program.parent / f"{program.name}.artifact"
    command = ["mvn", "-q", "-B", "dependency:copy", f"-Dartifact={artifact}", f"-DoutputDirectory={folder}"]
    subprocess.run(command, cwd=JAVA, check=True)
    (fetched,) = folder.iterdir()
    shutil.move(fetched, program)
    program.chmod(0o755)


def generate(into: Path) -> None:
    """Write the generated packages as ``into``."""
    with tempfile.TemporaryDirectory() as folder:
        programs = Path(folder, "programs")
        programs.mkdir()
        for name, artifact in generators().items():
            fetch(artifact, programs / name)
        environment = os.environ | {"PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', '')}"}
        template = JAVA / "buf.gen.yaml"
        raw = Path(folder, "raw")
        options: list[str | Path] = ["--template", template, "--path", "proto/quzhong", "--output", raw]
        subprocess.run([BUF, "generate", *options], cwd=ROOT, env=environment, check=True)
        shutil.copytree(raw / PACKAGE, into)


if __name__ == "__main__":
    keep(TARGET, "*.java", generate, __doc__)
