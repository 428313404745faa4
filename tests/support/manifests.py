"""The manifests of ``deploy/k8s``, put together by kustomize."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DEPLOY = Path(__file__).parents[2] / "deploy"
OVERLAYS = ("dev", "city", "province")
KUBERNETES = "1.33"
"""The release whose schemas they are held against."""

Manifest = dict[str, Any]


@cache
def manifests(overlay: str) -> tuple[Manifest, ...]:
    """All resources of an overlay; needs ``kubectl``."""
    command = ["kubectl", "kustomize", str(DEPLOY / "k8s" / "overlays" / overlay)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return tuple(yaml.safe_load_all(done.stdout))


def of_an_operator(manifest: Manifest) -> bool:
    """Whether it is of a kind that Kubernetes itself does not know."""
    group, _, _ = manifest["apiVersion"].rpartition("/")
    return "." in group and not group.endswith(".k8s.io")
