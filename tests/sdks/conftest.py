"""Other languages' clients against the suite: run by ``make test-sdks``, which sets up what they need."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from cli.embedded import EmbeddedSuite
from kit.clock import system_clock
from tests.sdks.same_day import Day, outcome
from tests.sdks.scripted_day import admitted, day, send_with_python
from tests.support import npm

ROOT = Path(__file__).parents[2]
GO = ROOT / "sdk" / "go"
TYPESCRIPT = ROOT / "sdk" / "typescript"
JAVA = ROOT / "sdk" / "java"


@pytest.fixture(scope="session")
def with_sdks() -> None:
    """Skips what is too long for ``make test``."""
    if not os.environ.get("QUZHONG_TEST_SDKS"):
        pytest.skip("clients of all languages are tested by make test-sdks")


@pytest.fixture(scope="session")
def go() -> Path:
    """Where the Go client is; the test is skipped outside of ``make test-sdks``."""
    if not os.environ.get("QUZHONG_TEST_SDKS"):
        pytest.skip("clients of other languages are tested by make test-sdks")
    assert shutil.which("go"), "missing: Go 1.25 or newer (Debian, Ubuntu: apt-get install golang)"
    return GO


@pytest.fixture(scope="session")
def go_programs(go: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the Go client's programs, built: ``scriptedday`` and every example."""
    folder = tmp_path_factory.mktemp("go")
    packages = ["./internal/scriptedday", "./examples/..."]
    subprocess.run(["go", "build", "-o", f"{folder}/", *packages], cwd=go, check=True, timeout=600)
    return folder


@pytest.fixture(scope="session")
def typescript() -> Path:
    """Where the TypeScript client is, its packages installed; skipped outside of ``make test-sdks``."""
    if not os.environ.get("QUZHONG_TEST_SDKS"):
        pytest.skip("clients of other languages are tested by make test-sdks")
    assert shutil.which("npm"), "missing: Node 20.19 or newer with npm"
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    numbers = tuple(map(int, version.removeprefix("v").split(".")))
    assert numbers >= (20, 19), f"Node {version} is too old; 20.19 or newer is needed"
    npm.install(TYPESCRIPT)
    return TYPESCRIPT


@pytest.fixture(scope="session")
def typescript_programs(typescript: Path) -> Path:
    """The folder of the TypeScript client's programs and examples, built."""
    for script in ("build", "check"):
        subprocess.run(["npm", "run", script], cwd=typescript, check=True, timeout=600)
    return typescript / "build"


@pytest.fixture(scope="session")
def java_build() -> str:
    """What Maven said while it built the Java client and its examples and ran the client's tests; skipped
    outside of ``make test-sdks``."""
    if not os.environ.get("QUZHONG_TEST_SDKS"):
        pytest.skip("clients of other languages are tested by make test-sdks")
    assert shutil.which("mvn"), "missing: Java 17 or newer with Maven (Debian, Ubuntu: apt-get install maven)"
    command = ["mvn", "-B", "-ntp", "package"]
    done = subprocess.run(command, cwd=JAVA, capture_output=True, text=True, timeout=1_500)
    assert done.returncode == 0, done.stdout[-6_000:]
    return done.stdout


@pytest.fixture(scope="session")
def java_day(java_build: str) -> list[str]:
    """The command that sends a scripted day with the Java client."""
    target = JAVA / "client" / "target"
    libraries = (target / "classpath.txt").read_text("utf-8").strip()
    classpath = os.pathsep.join([str(target / "test-classes"), str(target / "classes"), libraries])
    return ["java", "-Xmx64m", "-cp", classpath, "example.quzhong.ScriptedDay"]


@pytest.fixture(scope="session")
def day_by_python(tmp_path_factory: pytest.TempPathFactory) -> Day:
    """The scripted day, and what becomes of it when Python sends it."""
    folder = tmp_path_factory.mktemp("day")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("QUZHONG_OAUTH_PORT", "0")
        with EmbeddedSuite(folder / "before", kafka="", portal=False) as suite:
            access = admitted(suite, folder)
        rows = day(system_clock())
        copy = shutil.copytree(folder / "before", folder / "python")
        return Day(folder / "before", access, rows, outcome(copy, access, rows, send_with_python))
