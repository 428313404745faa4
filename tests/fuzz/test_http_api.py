"""Schemathesis, with all of its checks and some of ours, on the portal's OpenAPI document and a real portal.

The run in ``make test`` tries a little of each operation. ``make fuzz`` covers what each parameter may and
may not be, goes on as every role, and follows answers from one operation to the next, for as long as asked.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from kit.security.caller import Role
from services.portal.app import PortalServer
from services.portal.settings import PortalSettings
from tests.fuzz.running import SECONDS
from tests.integration.authorisation.conftest import City

ROOT: Final = Path(__file__).parents[2]
CONFIG: Final = Path(__file__).with_name("schemathesis.toml")
CHECKS: Final = "tests.fuzz.api_checks"

ROLES: Final = tuple(role for role in Role if role.name != "WORKER") if SECONDS else (Role.PLATFORM,)
"""In short a platform: it reads, and answers notices. A worker has no credential of a program's."""


LEAST_S: Final = 20
"""A role's: on a busy machine the document alone takes some seconds to read."""


@pytest.fixture(scope="module")
def portal(city: City) -> Iterator[str]:
    server = PortalServer(PortalSettings(suite_address=city.suite.host.address, portal_port=0))
    server.start()
    yield server.url
    server.stop()


def run(folder: Path, portal: str, token: str, *more: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "SCHEMATHESIS_HOOKS": CHECKS,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "sdk/python/src")]),
        "NO_PROXY": "*",
    }
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(CONFIG), "run"]
    document = [str(ROOT / "docs/api/openapi.json"), "--url", portal, "--checks", "all", "--no-color"]
    header = ["--header", f"Authorization: Bearer {token}"]
    return subprocess.run(
        [*command, *document, *header, *more],
        cwd=folder,  # where it keeps what it found
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.timeout(0 if SECONDS else 900)  # thousands of requests, on whatever machine
@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name.lower())
def test_the_api_is_what_its_document_says(city: City, portal: str, tmp_path: Path, role: Role) -> None:
    extent = (
        ("--phases", "coverage,fuzzing,stateful", "--max-time", str(max(LEAST_S, SECONDS // len(ROLES))))
        if SECONDS
        else ("--phases", "fuzzing", "--max-examples", "3")
    )
    ran = run(tmp_path, portal, city.as_(role).token, *extent)
    assert ran.returncode == 0, ran.stdout[-20_000:] + ran.stderr
    assert " passed" in ran.stdout
