"""kubeconform finds nothing wrong with what Kubernetes itself is given, by the schemas of its release."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from tests.support.manifests import KUBERNETES, OVERLAYS, manifests, of_an_operator

TOOLS = Path(__file__).parent / "tools"
SCHEMAS = (
    Path(kubernetes_validate.__file__).parent / "kubernetes-json-schema" / f"v{KUBERNETES}.0-local-strict"
)


@pytest.fixture(scope="session")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The schemas as kubeconform can follow them: they name one another as files of one folder."""
    folder = tmp_path_factory.mktemp("schemas")
    for file in SCHEMAS.glob("*.json"):
        schema: dict[str, Any] = json.loads(
            file.read_text().replace('"/api/_definitions.json', '"_definitions.json')
        )
        schema.pop("$id", None)
        (folder / file.name).write_text(json.dumps(schema))
    return folder


def kubeconform(schemas: Path, resources: list[dict[str, Any]]) -> tuple[int, dict[str, Any]]:
    """Its exit status and what it says."""
    done = subprocess.run(
        [
            "go", "tool", "kubeconform", "-strict", "-summary", "-output", "json",
            "-kubernetes-version", f"{KUBERNETES}.0",
            "-schema-location", f"{schemas}/{{{{ .ResourceKind }}}}{{{{ .KindSuffix }}}}.json",
        ],
        input=yaml.safe_dump_all(resources), capture_output=True, text=True, cwd=TOOLS, check=False,
    )  # fmt: skip
    assert done.stdout, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return done.returncode, said


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_what_kubernetes_itself_is_given_is_valid(schemas: Path, overlay: str) -> None:
    resources = [each for each in manifests(overlay) if not of_an_operator(each)]
    status, said = kubeconform(schemas, resources)
    assert (status, said["resources"]) == (0, [])
    assert said["summary"]["valid"] == len(resources) > 30


def test_a_misspelt_field_is_found(schemas: Path) -> None:
    wrong = {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "settings"},
        "datas": {"QUZHONG_PARTITIONS": "64"},
    }
    status, said = kubeconform(schemas, [wrong])
    assert status == 1
    assert "datas" in said["resources"][0]["msg"]
