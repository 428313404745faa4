"""The Python examples of the documents run, as a reader would run them: in order, against a running suite."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.embedded import EmbeddedSuite

ROOT = Path(__file__).resolve().parents[2]
PAGES = {
    "README.md": ["register.py", "send.py"],
    "README.zh-CN.md": ["register.py", "send.py"],
    "docs/how-to/send-events.md": ["declare.py", "found.py"],
}
"""Page → the scripts in it, in the order of reading."""
ADDRESS_IN_DOCUMENTS = "127.0.0.1:50051"


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[EmbeddedSuite, Path]]:
    """A suite, and the folder a reader would be in."""
    folder = tmp_path_factory.mktemp("reader")
    with EmbeddedSuite(folder / "var", kafka="", portal=False) as running:
        yield running, folder


def _script(page: str, name: str) -> str:
    blocks = re.findall(r"^```python\n(.*?)^```", (ROOT / page).read_text("utf-8"), re.MULTILINE | re.DOTALL)
    found: list[str] = [block for block in blocks if block.startswith(f"# {name}")]
    assert len(found) == 1
    return found[0]


def _run(page: str, name: str, suite: tuple[EmbeddedSuite, Path]) -> str:
    running, folder = suite
    script = _script(page, name)
    assert ADDRESS_IN_DOCUMENTS in script
    run = subprocess.run(
        [sys.executable, "-c", script.replace(ADDRESS_IN_DOCUMENTS, running.address)],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT / "sdk/python/src"), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert run.returncode == 0, run.stderr
    running.drain()
    return run.stdout


def test_the_examples_do_what_the_documents_say(suite: tuple[EmbeddedSuite, Path]) -> None:
    _run("README.md", "register.py", suite)
    assert "accepted=20, duplicate=0, rejected=0" in _run("README.md", "send.py", suite)
    assert "accepted=0, duplicate=20, rejected=0" in _run("README.md", "send.py", suite)
    declared = _run("docs/how-to/send-events.md", "declare.py", suite)
    assert declared == "platform-a.delivery_time.130200.food_delivery.0-3000 1\n"
    (finding,) = _run("docs/how-to/send-events.md", "found.py", suite).splitlines()
    assert finding.endswith(" 4:00:00")  # still open: stated up to the limit


@pytest.mark.parametrize(("page", "name"), [(page, name) for page, names in PAGES.items() for name in names])
def test_every_example_is_valid_python(page: str, name: str) -> None:
    compile(_script(page, name), f"{page}:{name}", "exec")
