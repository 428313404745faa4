"""The kit's report: what is signed reads back, and what was changed afterwards is refused."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from kit.conformance import (
    SCENARIOS,
    Finding,
    Report,
    ReportError,
    Verdict,
    parse,
    signed,
    verified_by,
    written,
)
from kit.conformance.signing import public_key

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
FINDINGS = st.builds(Finding, WORDS, WORDS, WORDS, WORDS)
REPORTS = st.builds(
    Report,
    platform_id=WORDS,
    driver=WORDS,
    kit_version=WORDS,
    contract_version=WORDS,
    contract_sha256=WORDS,
    script_sha256=WORDS,
    begin_ms=st.integers(0, 2**53 - 1),
    end_ms=st.integers(0, 2**53 - 1),
    verdicts=st.tuples(
        *(
            st.builds(
                Verdict,
                st.just(one.scenario_id),
                st.lists(FINDINGS, max_size=2).map(tuple),
                st.dictionaries(st.sampled_from(["events", "requests"]), st.integers(0, 10**6)),
            )
            for one in SCENARIOS
        )
    ),
)
REPORT = Report(
    "swift",
    "integration",
    "1.0.0",
    "v1",
    "c",
    "s",
    1,
    2,
    tuple(Verdict(one.scenario_id) for one in SCENARIOS),
)


@given(REPORTS)
def test_what_is_written_reads_back_and_is_of_whoever_signed_it(report: Report) -> None:
    read, document = parse(written(signed(report, KEY)))
    assert read == report
    assert read.passed == (not any(verdict.findings for verdict in report.verdicts))
    key, digest = verified_by(document, [public_key(KEY)])
    assert key == public_key(KEY)
    assert document["signature"]["sha256"] == digest


def test_blanks_and_the_order_of_keys_do_not_matter() -> None:
    document = signed(REPORT, KEY)
    turned = json.dumps(dict(reversed(list(document.items())))).encode()
    assert verified_by(parse(turned)[1], [public_key(KEY)])[0] == public_key(KEY)


@given(st.data())
def test_no_change_of_a_byte_goes_unnoticed(data: st.DataObject) -> None:
    content = bytearray(written(signed(REPORT, KEY)))
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] = data.draw(st.integers(0, 255).filter(lambda byte: byte != content[place]))
    try:
        read, document = parse(bytes(content))
        verified_by(document, [public_key(KEY)])
    except ReportError:
        return
    assert read == REPORT  # a blank, or the digest that is written beside the signature for people


def test_a_signature_of_the_ledger_is_none_of_a_report() -> None:
    document: dict[str, Any] = signed(REPORT, KEY)
    digest = document["signature"]["sha256"]
    document["signature"]["value"] = base64.b64encode(KEY.sign(f"{digest}\n".encode())).decode()
    with pytest.raises(ReportError) as raised:
        verified_by(document, [public_key(KEY)])
    assert raised.value.reason == "REPORT_SIGNATURE_FALSE"


@pytest.mark.parametrize(
    "change",
    [
        {"passed": False},
        {"begin_ms": True},
        {"end_ms": 1.5},
        {"scenarios": None},
        {"scenarios": [{"scenario_id": 1}]},
        {"form": "another"},
        {"more": "than a report has"},
    ],
    ids=str,
)
def test_what_is_no_report_is_said_to_be_none(change: dict[str, Any]) -> None:
    with pytest.raises(ReportError) as raised:
        parse(json.dumps({**signed(REPORT, KEY), **change}).encode())
    assert raised.value.reason == "REPORT_MALFORMED"
    assert raised.value.zh
