"""What the registry does, as entries of its ledger: one for each record that it publishes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from hashlib import sha256

from kit.clock import show
from kit.errors import UnauthenticatedError
from kit.ledger import NOT_STATED, Act
from kit.ledger.canonical import Json
from kit.security.caller import current_caller
from quzhong.api.registry.v1 import admission_pb2
from quzhong.api.registry.v1 import registry_pb2 as pb
from services.registry.core.duty_findings import DutyFinding
from services.registry.core.erasures import Erasure
from services.registry.core.refusal_counts import Counted
from services.registry.core.reports import Report
from services.registry.core.worker_codes import WorkerCode
from services.registry.identity.ports import Granting
from services.registry.pseudonyms.ports import Undone

REGISTRY = "registry"
"""The actor of what no caller asked for: the registry's opening, and the agreements it reads."""


WORKER = "worker"
"""The actor of who used a worker's one-time code."""


def of_published(key: str, entry: pb.DirectoryEntry, reason: str = "") -> Act:
    """The entry of a record of topic ``registry``; its hash proves what was published."""
    action, details = _said(entry)
    published = sha256(entry.SerializeToString()).hexdigest()
    return Act(action, key, actor(), reason or NOT_STATED, {**details, "published_sha256": published})


def of_links(party_id: str, old_version: int, count: int) -> Act:
    """The entry of links of pseudonyms that were taken in: how many, never which."""
    details: dict[str, Json] = {"old_key_version": old_version, "links": count}
    return Act("pseudonyms.linked", f"pseudonym-key/{old_version}", party_id, details=details)


def of_refused_links(party_id: str, old_version: int, reasons: Sequence[str], said_by: Set[str]) -> Act:
    """The entry of links that contradict others, and whose those are; never which."""
    details: dict[str, Json] = {
        "old_key_version": old_version,
        "reasons": dict(sorted(Counter(reason.lower() for reason in reasons).items())),
        "contradicted_parties": sorted(said_by),
    }
    return Act("pseudonyms.link_refused", f"pseudonym-key/{old_version}", party_id, details=details)


def of_undone_link(old_version: int, undone: Undone) -> Act:
    """The entry of a link that was wrong, and why. It is told by its hash: who has the pair can show that it
    is meant, and the ledger, which is never shortened, does not open the old pseudonyms."""
    details: dict[str, Json] = {
        "old_key_version": old_version,
        "linked_by": undone.known.party_id,
        "link_sha256": sha256("\n".join(undone.known.link).encode()).hexdigest(),
    }
    subject = f"pseudonym-key/{old_version}"
    return Act("pseudonyms.unlinked", subject, undone.actor, undone.reason, details)


def of_token(granting: Granting) -> Act:
    """The entry of an access token: for whom, by what and until when. Never the token."""
    client = granting.client
    subject = f"credential/{client.credential_id}"
    return Act("token.issued", subject, client.party_id, details=granting.details())


def of_worker_code(code: WorkerCode, worker_mark: str) -> Act:
    """The entry of a one-time code that was issued for a worker, and why. The pseudonym is told by its mark
    (``kit.ledger.worker_marks``): the ledger, which is never shortened, names nobody."""
    details: dict[str, Json] = {"party_id": code.party_id, "worker_mark": worker_mark}
    return Act("worker_code.issued", f"worker-code/{code.code_id}", code.party_id, code.reason, details)


def of_redeemed_code(code: WorkerCode, granting: Granting) -> Act:
    """The entry of a one-time code that was used. By whom is not known: who had it."""
    details: dict[str, Json] = dict(granting.details())
    return Act("worker_code.redeemed", f"worker-code/{code.code_id}", WORKER, code.reason, details)


def of_erasure(erasure: Erasure, reason: str) -> Act:
    """The entry of a worker's data that were removed: that, when and why. Not whose, and neither a hash of
    the pseudonym nor of what was published, by which who has the pseudonym could tell that it is meant."""
    details: dict[str, Json] = {
        "erase_time": show(erasure.erase_ms),
        "gone_time": show(erasure.gone_ms),
        "pseudonyms": len(erasure.worker_sha256),
    }
    return Act("worker_data.erased", f"erasure/{erasure.erasure_id}", actor(), reason, details)


def of_refusals(refusals: Counted) -> Act:
    """The entry of refused tokens, of one cause, since the one before."""
    details: dict[str, Json] = {"why": refusals.why, "times": refusals.times}
    return Act("token.refused", refusals.subject, REGISTRY, details=details)


def of_report(report: Report, content: bytes) -> Act:
    """The entry of a report that was handed in, acknowledged or returned, and why; never its figures."""
    return Act(
        f"report.{report.state.name.lower()}",
        report.sort_key,
        report.receiver_id or report.subject.reporter_id,
        report.return_reason or NOT_STATED,
        {"report_sha256": sha256(content).hexdigest()},
    )


def of_duty(finding: DutyFinding, published: bytes) -> Act:
    """The entry of what was said of a duty, and why; ``published`` is the record of topic ``findings``."""
    said = "withdrawn" if not finding.stands else "amended" if finding.revision > 1 else "found"
    details: dict[str, Json] = {
        "rule_id": finding.rule_id,
        "party_id": finding.party_id,
        "platform_id": finding.platform_id,
        "due": finding.due.isoformat(),
        "revision": finding.revision,
        "finding_sha256": sha256(published).hexdigest(),
    }
    why = "; ".join(finding.changes) or finding.title_en
    return Act(f"duty.{said}", f"finding/{finding.finding_id}", actor(), why, details)


def _said(entry: pb.DirectoryEntry) -> tuple[str, dict[str, Json]]:
    match entry.WhichOneof("entry"):
        case "party":
            party = entry.party
            action = "party.amended" if party.version > 1 else "party.registered"
            role = pb.Role.Name(party.role).removeprefix("ROLE_").lower()
            return action, {"role": role, "version": party.version, "area_codes": list(party.area_codes)}
        case "credential":
            revoked = entry.credential.HasField("revoke_time")
            action = "credential.revoked" if revoked else "credential.issued"
            return action, {"party_id": entry.credential.party_id}
        case "threshold":
            threshold = entry.threshold
            return "threshold.declared", {
                "platform_id": threshold.platform_id,
                "metric_id": threshold.metric_id,
                "value": repr(threshold.value),
                "consultation_id": threshold.consultation_id,
            }
        case "admission":
            admission = entry.admission
            state = admission_pb2.AdmissionState.Name(admission.state).removeprefix("ADMISSION_STATE_")
            basis = admission_pb2.AdmissionBasis.Name(admission.basis).removeprefix("ADMISSION_BASIS_")
            return f"admission.{state.lower()}", {
                "basis": basis.lower(),
                "version": admission.version,
                "kit_version": admission.kit_version,
                "report_sha256": admission.report_sha256,
                "report_key_id": admission.report_key_id,
            }
        case "signing_key":
            return "signing_key.published", {"expire_time": entry.signing_key.expire_time.ToJsonString()}
        case kind:
            return f"{kind or 'entry'}.published", {}


def actor() -> str:
    """Who called; the registry itself if nobody did."""
    try:
        return current_caller().party_id
    except UnauthenticatedError:
        return REGISTRY
