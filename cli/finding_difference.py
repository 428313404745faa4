"""What two judgements of the same events say differently, finding by finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from google.protobuf.json_format import MessageToDict

from quzhong.api.events.v1 import findings_pb2

_OF_THE_TELLING = ("revision", "changes", "create_time", "pack_version", "title", "citation")
"""Of a finding: how and when it was said, not what."""
_OF_THE_MOMENT = ("watermark_time", "coverage")
"""Of its evidence: when it was judged, and what else was known of the time then."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A finding that both have, and what of it differs."""

    live: findings_pb2.Finding
    new: findings_pb2.Finding
    fields: Mapping[str, tuple[Any, Any]]
    """By the name of the field in the contract: as it stands, as it would be."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Each in order of ids."""

    added: tuple[findings_pb2.Finding, ...]
    gone: tuple[findings_pb2.Finding, ...]
    changed: tuple[Changed, ...]
    same: int


def difference(
    live: Mapping[str, findings_pb2.Finding], new: Mapping[str, findings_pb2.Finding]
) -> Difference:
    """Between findings that stand, by id: an id is a function of pack, rule, worker and place in time."""
    both = [(live[each], new[each]) for each in sorted(live.keys() & new.keys())]
    changed = [Changed(one, other, fields) for one, other in both if (fields := _differing(one, other))]
    return Difference(
        added=tuple(new[each] for each in sorted(new.keys() - live.keys())),
        gone=tuple(live[each] for each in sorted(live.keys() - new.keys())),
        changed=tuple(changed),
        same=len(both) - len(changed),
    )


def _differing(live: findings_pb2.Finding, new: findings_pb2.Finding) -> dict[str, tuple[Any, Any]]:
    one, other = _facts(live), _facts(new)
    names = sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
    return {name: (one.get(name), other.get(name)) for name in names}


def _facts(finding: findings_pb2.Finding) -> dict[str, Any]:
    said: dict[str, Any] = MessageToDict(finding, preserving_proto_field_name=True)
    evidence: dict[str, Any] = said.pop("working_time", {})
    for name in _OF_THE_TELLING:
        said.pop(name, None)
    for name in _OF_THE_MOMENT:
        evidence.pop(name, None)
    return said | evidence
