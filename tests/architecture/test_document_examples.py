"""The Python examples of the documents run, as a reader would run them: in order, against a running suite."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cli.embedded import EmbeddedSuite
from tests.support.suite import eventually

ROOT = Path(__file__).resolve().parents[2]
PAGES = {
    "README.md": ["register.py", "send.py"],
    "README.zh-CN.md": ["register.py", "send.py"],
    "docs/how-to/send-events.md": ["key.py", "correct.py", "declare.py", "found.py"],
    "docs/how-to/send-events.zh-CN.md": ["key.py"],
    "docs/how-to/pseudonyms.md": ["pseudonyms.py"],
    "docs/how-to/act-on-advisories.md": ["advice.py", "pushed.py", "never_pushed.py"],
    "docs/how-to/receive-alerts.md": ["subscribe.py", "receiver.py"],
}
"""Page → the scripts in it, in the order of reading."""
ADDRESS_IN_DOCUMENTS = "127.0.0.1:50051"
ADVISORIES = "docs/how-to/act-on-advisories.md"


@pytest.fixture
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


def _command(page: str, name: str, suite: EmbeddedSuite) -> list[str]:
    script = _script(page, name)
    assert ADDRESS_IN_DOCUMENTS in script
    return [sys.executable, "-c", script.replace(ADDRESS_IN_DOCUMENTS, suite.address)]


ENVIRONMENT = {"PYTHONPATH": str(ROOT / "sdk/python/src"), "PYTHONUTF8": "1"}


def _run(page: str, name: str, suite: tuple[EmbeddedSuite, Path]) -> str:
    running, folder = suite
    run = subprocess.run(
        _command(page, name, running),
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert run.returncode == 0, run.stderr
    running.drain()
    return run.stdout


@contextmanager
def _running(page: str, name: str, suite: tuple[EmbeddedSuite, Path]) -> Iterator[Callable[[], str]]:
    """An example that never ends; answers its next line, waiting for it."""
    running, folder = suite
    process = subprocess.Popen(
        _command(page, name, running), cwd=folder, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline
        finally:
            process.kill()


def test_the_examples_do_what_the_documents_say(suite: tuple[EmbeddedSuite, Path]) -> None:
    _run("README.md", "register.py", suite)
    assert "accepted=20, duplicate=0, rejected=0" in _run("README.md", "send.py", suite)
    assert "accepted=0, duplicate=20, rejected=0" in _run("README.md", "send.py", suite)
    declared = _run("docs/how-to/send-events.md", "declare.py", suite)
    assert declared == "platform-a.delivery_time.130200.food_delivery.0-3000 1\n"
    (finding,) = _run("docs/how-to/send-events.md", "found.py", suite).splitlines()
    assert finding.endswith(" 4:00:00")  # still open: stated up to the limit
    assert _run("docs/how-to/send-events.md", "correct.py", suite) == "1 2\n2\n"


@pytest.mark.parametrize("page", ["docs/how-to/send-events.md", "docs/how-to/send-events.zh-CN.md"])
def test_a_key_is_made_and_registered_as_the_page_says(page: str, suite: tuple[EmbeddedSuite, Path]) -> None:
    _run("README.md", "register.py", suite)
    (making,) = re.findall(
        r"^```sh\n(openssl .*?)^```", (ROOT / page).read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    subprocess.run(["sh", "-ec", making], cwd=suite[1], check=True, capture_output=True)
    first = _run(page, "key.py", suite)
    assert re.fullmatch(r"[0-9a-f]{16}\n", first)
    assert _run(page, "key.py", suite) == first  # run again, it takes no second key


def test_a_subscription_is_made_as_the_page_says_and_its_secret_kept(
    suite: tuple[EmbeddedSuite, Path],
) -> None:
    _run("README.md", "register.py", suite)
    first = _run("docs/how-to/receive-alerts.md", "subscribe.py", suite)
    assert first.startswith("subscription-")
    assert (suite[1] / "webhook.secret").read_text().startswith("whsec_")
    assert _run("docs/how-to/receive-alerts.md", "subscribe.py", suite) == first


def test_pseudonyms_are_made_as_the_page_says(suite: tuple[EmbeddedSuite, Path]) -> None:
    _run("README.md", "register.py", suite)
    first, second = _run("docs/how-to/pseudonyms.md", "pseudonyms.py", suite).splitlines()
    assert first == "24 True False"
    assert second.startswith("[(1, '")


def test_advice_is_followed_across_restarts_of_its_reader(suite: tuple[EmbeddedSuite, Path]) -> None:
    _run("README.md", "register.py", suite)
    _run("README.md", "send.py", suite)
    with _running(ADVISORIES, "advice.py", suite) as told:
        assert told() == "rider 7: no push until 14:18\n"
        eventually((suite[1] / "advice.json").exists, 20)  # it acts, then stores how far it is
    pushed = _run(ADVISORIES, "pushed.py", suite)
    assert (
        pushed
        == "True 配送员连续接单超限，尚未休息满 20 分钟，平台仍推送订单。这是平台的问题，不是配送员的问题。\n"
    )
    assert _run(ADVISORIES, "never_pushed.py", suite) == "1\n"
    _run("docs/how-to/send-events.md", "correct.py", suite)  # the last order's end is taken back
    with _running(ADVISORIES, "advice.py", suite) as told:
        # The advice of the offer is cleared while that of the four hours holds; then nobody knows its end.
        assert [told(), told()] == [
            "rider 7: no push until 14:18\n",
            "rider 7: no push until further notice\n",
        ]


@pytest.mark.parametrize(("page", "name"), [(page, name) for page, names in PAGES.items() for name in names])
def test_every_example_is_valid_python(page: str, name: str) -> None:
    compile(_script(page, name), f"{page}:{name}", "exec")
