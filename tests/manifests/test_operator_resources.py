"""Resources of the operators (Strimzi, CloudNativePG, KEDA) are of the types that are published for them.

Each is a literal that TypeScript compares with its interface: a field that the operator does not know is an
error, where its own schema would let Kubernetes drop it without a word.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.support import npm
from tests.support.manifests import OVERLAYS, Manifest, manifests, of_an_operator

ROOT = Path(__file__).parents[2]
PACKAGES = {
    "kafka.strimzi.io": "strimzi-kafka-operator",
    "keda.sh": "keda",
    "postgresql.cnpg.io": "cloudnative-pg",
}
"""Of ``@kubernetes-models``, by API group."""


@pytest.fixture(scope="session")
def types() -> Path:
    """Where the types are, installed."""
    place = ROOT / "build/manifest-types"
    shutil.copytree(Path(__file__).parent / "types", place, dirs_exist_ok=True)
    npm.install(place)
    return place


def wrong_with(types: Path, resources: list[Manifest]) -> str:
    """What the compiler says; empty if it has nothing to say."""
    lines = []
    for number, each in enumerate(resources):
        kind, version = each["kind"], each["apiVersion"]
        module = f"@kubernetes-models/{PACKAGES[version.split('/')[0]]}/{version}/{kind}"
        lines += [
            f'import type {{ I{kind} as T{number} }} from "{module}";',
            f"// {each['metadata']['name']}",
            f"export const resource{number}: T{number} = {json.dumps(each)};",
        ]
    (types / "resources.ts").write_text("\n".join(lines), encoding="utf-8")
    done = subprocess.run(
        ["npx", "tsc", "--pretty", "false"], cwd=types, capture_output=True, text=True, check=False
    )
    assert bool(done.returncode) == bool(done.stdout), done.stderr
    return done.stdout


def test_every_resource_of_an_operator_is_of_its_type(types: Path) -> None:
    resources = [each for overlay in OVERLAYS for each in manifests(overlay) if of_an_operator(each)]
    assert {each["apiVersion"].split("/")[0] for each in resources} == set(PACKAGES)
    assert wrong_with(types, resources) == ""


@pytest.mark.parametrize(
    ("kind", "spec", "named"),
    [
        ("Kafka", {"kafka": {"listeners": [], "config": {}, "replica": 3}}, "replica"),
        ("Database", {"name": "quzhong_intake", "owners": "quzhong"}, "owners"),
        ("ScaledObject", {"scaleTargetRef": {"name": "workhours"}, "maxReplicas": 16}, "maxReplicas"),
    ],
)
def test_a_misspelt_field_is_found(types: Path, kind: str, spec: dict[str, Any], named: str) -> None:
    like = next(each for each in manifests("city") if each["kind"] == kind)
    assert f'"{named}"' in wrong_with(types, [{**like, "spec": spec}])
