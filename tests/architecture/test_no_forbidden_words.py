"""No file of the repository names somebody's machine, a package registry's host, or an entry of a tracker.

Tracked files are read as git sees them, so that what lies about in the working tree does not count.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

TAKEN_OVER = ("/vendor/", "/axe/", "LICENSE", "NOTICE", "requirements/")
"""Others' text, taken over unchanged, and generated pins."""


def _host(*labels: str) -> str:
    return re.escape(".".join(labels))


PATTERNS = {
    "a path of one machine": re.compile(r"(?<![\w.:/$}-])/(?:work|root|home|Users)/\w"),
    "a package registry's host": re.compile(
        "|".join(
            [
                _host("pypi", "org"),
                _host("pythonhosted", "org"),
                _host("npmjs", "org"),
                _host("npmjs", "com"),
                _host("maven", "org"),
                _host("repo", "maven", "apache", "org"),
                _host("crates", "io"),
                _host("proxy", "golang", "org"),
                _host("ghcr", "io"),
                _host("docker", "io"),
                _host("quay", "io"),
            ]
        )
    ),
    "an entry of a tracker": re.compile(r"(?i)\b(?:session|issue|ticket)\s+#?\d+\b"),
}


def _tracked() -> list[Path]:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a git working tree, so there is no list of tracked files")
    names = subprocess.run(
        [git, "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [ROOT / name for name in names.split("\0") if name]


def test_tracked_files_name_no_machine_registry_or_tracker() -> None:
    found = []
    for path in _tracked():
        name = path.relative_to(ROOT).as_posix()
        if any(part in f"/{name}" for part in TAKEN_OVER) or not path.is_file():
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [
            f"{name}:{text.count(chr(10), 0, match.start()) + 1}: {what}: {match.group()}"
            for what, pattern in PATTERNS.items()
            for match in pattern.finditer(text)
        ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a path of one machine", f"see /{'work'}/x"),
        ("a path of one machine", f'"/{"home"}/li/x"'),
        ("a package registry's host", f"https://{'.'.join(['files', 'pythonhosted', 'org'])}/x"),
        ("an entry of a tracker", f"as {'issue'} #{12} says"),
    ],
)
def test_each_pattern_sees_what_it_is_for(what: str, text: str) -> None:
    assert PATTERNS[what].search(text)


def test_relative_paths_and_addresses_are_no_machine_paths() -> None:
    assert not PATTERNS["a path of one machine"].search("https://example.org/work/x ./work/x a/home/b")
