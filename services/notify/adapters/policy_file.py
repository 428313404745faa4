"""Reads an escalation policy from its YAML file."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import yaml

from services.notify.core.policy import Policy, parse_policy

SCHEMA = Path(__file__).parents[1] / "policy.schema.json"
"""The shape of the document."""

SHIPPED = Path(__file__).parents[1] / "policy.yaml"
"""The policy that holds unless another is named."""


def load_policy(path: Path = SHIPPED) -> Policy:
    """The policy of a file.

    Raises:
        ValueError: naming the file, the place in it and what is wrong there.
        OSError: if it cannot be read.
    """
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        jsonschema.validate(document, json.loads(SCHEMA.read_text(encoding="utf-8")))
        return parse_policy(document)
    except yaml.YAMLError as error:
        raise ValueError(f"{path}: no YAML: {error}") from error
    except jsonschema.ValidationError as error:
        raise ValueError(f"{path}: {error.json_path}: {error.message}") from error
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error
