"""A verdict of the past can be computed again: cores read no clock, no file and no chance.

``core/`` may import the standard library (but for its doors to the world), NumPy, SciPy, itself, and the one
module of the kit that is as pure as a core: two services count working days.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "services").glob("*/core/**/*.py"))

ALLOWED = frozenset({"numpy", "scipy"})
PURE_KIT = "kit.working_days"
DOORS = frozenset(
    """
    asyncio builtins concurrent ctypes fcntl getpass glob http importlib io locale logging mmap
    multiprocessing os pathlib pickle platform queue random sched secrets select selectors shelve shutil
    signal socket sqlite3 ssl subprocess sys tempfile threading time uuid webbrowser
    """.split()  # noqa: SIM905 - a list of fifty quoted names says less
)
"""Modules of the standard library that know the present, the machine or chance."""
FORBIDDEN_CALLS = frozenset({"open", "input", "print", "eval", "exec", "compile", "__import__", "globals"})
FORBIDDEN_ATTRIBUTES = frozenset(
    {"now", "utcnow", "today", "default_rng", "RandomState", "fromfile", "loadtxt", "genfromtxt", "urlopen"}
)
"""``datetime.now``, ``date.today``, ``numpy.random.default_rng`` and the like, however they are reached."""


def faults(source: str, own_core: str) -> Iterator[str]:
    """What a core's source must not hold; ``own_core`` is its package, e.g. ``services.intake.core``."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from (
                    f"line {node.lineno}: import {name.name}"
                    for name in names
                    if not _may(name.name, own_core)
                )
            case ast.ImportFrom(module=module, level=level):
                if level or not _may(module or "", own_core):
                    yield f"line {node.lineno}: from {'.' * level}{module or ''} import …"
            case ast.Call(func=ast.Name(id=name)) if name in FORBIDDEN_CALLS:
                yield f"line {node.lineno}: {name}()"
            case ast.Attribute(attr=name) if name in FORBIDDEN_ATTRIBUTES:
                yield f"line {node.lineno}: .{name}"


def _may(module: str, own_core: str) -> bool:
    top = module.partition(".")[0]
    if module in (own_core, PURE_KIT) or module.startswith(own_core + "."):
        return True
    if module.startswith("numpy.random") or module == "urllib.request":
        return False
    return top in ALLOWED or (top in sys.stdlib_module_names and top not in DOORS)


def test_every_service_has_a_core() -> None:
    services = {path.parent.name for path in (ROOT / "services").glob("*/app.py")}
    assert {path.relative_to(ROOT / "services").parts[0] for path in FILES} == services


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT / "services")))
def test_a_core_is_pure(path: Path) -> None:
    service = path.relative_to(ROOT / "services").parts[0]
    assert not list(faults(path.read_text(encoding="utf-8"), f"services.{service}.core"))


def test_what_cores_share_is_pure_itself() -> None:
    path = ROOT.joinpath(*PURE_KIT.split(".")).with_suffix(".py")
    assert not list(faults(path.read_text(encoding="utf-8"), PURE_KIT))


@pytest.mark.parametrize(
    "source",
    [
        "import os",
        "import random",
        "from time import time",
        "import numpy.random",
        "from kit.clock import system_clock",
        "from services.intake.ports import Answer",
        "from services.notify.core.cases import Case",
        "from . import rows",
        "from urllib.request import urlopen",
        "from datetime import datetime\ndatetime.now()",
        "import datetime\ndatetime.date.today()",
        "import numpy as np\nnp.random.default_rng()",
        "open('x')",
    ],
)
def test_impure_code_is_seen(source: str) -> None:
    assert list(faults(source, "services.intake.core"))


@pytest.mark.parametrize(
    "source",
    [
        "import numpy as np",
        "from scipy.stats import binom",
        "from services.intake.core.rows import Rows",
        "import re",
        "from kit.working_days import WorkingDays",
    ],
)
def test_pure_code_passes(source: str) -> None:
    assert not list(faults(source, "services.intake.core"))
