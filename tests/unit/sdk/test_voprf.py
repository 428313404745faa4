"""The oblivious PRF: the RFC's vectors, and what must hold for inputs, keys and blinds of any kind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quzhong import voprf
from quzhong.voprf import group
from quzhong.voprf.suite import LONGEST_INPUT

RFC: dict[str, Any] = json.loads(
    (Path(__file__).parent / "data/rfc9497-ristretto255-sha512-voprf.json").read_text("utf-8")
)
KEY = bytes.fromhex(RFC["key"])
PUBLIC = bytes.fromhex(RFC["public_key"])
NOT_CANONICAL = bytes.fromhex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")
"""The field's prime: zero, written otherwise."""
NEGATIVE = bytes.fromhex("0100000000000000000000000000000000000000000000000000000000000000")
"""An odd number, which no encoding is (RFC 9496, appendix A.2)."""
NO_SQUARE = bytes.fromhex("26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371")
"""Of RFC 9496, appendix A.2."""

keys = st.binary(min_size=32, max_size=32).map(lambda seed: voprf.derive_key(seed, b"test"))
inputs = st.binary(max_size=64)


def unhexed(values: list[str]) -> list[bytes]:
    return [bytes.fromhex(value) for value in values]


def test_the_rfcs_key_is_derived() -> None:
    key = voprf.derive_key(bytes.fromhex(RFC["seed"]), bytes.fromhex(RFC["key_info"]))
    assert (key, voprf.public_key(key)) == (KEY, PUBLIC)


@pytest.mark.parametrize("vector", RFC["vectors"], ids=lambda vector: vector["name"])
def test_the_rfcs_vectors(vector: dict[str, Any]) -> None:
    values, blinds = unhexed(vector["inputs"]), unhexed(vector["blinds"])
    blindings = [voprf.blind(value, factor) for value, factor in zip(values, blinds, strict=True)]
    blinded = [each.element for each in blindings]
    assert blinded == unhexed(vector["blinded"])
    answer = voprf.evaluate(KEY, blinded, bytes.fromhex(vector["nonce"]))
    assert answer.elements == unhexed(vector["evaluated"])
    assert answer.proof == bytes.fromhex(vector["proof"])
    outputs = voprf.finalize(blindings, answer.elements, answer.proof, PUBLIC)
    assert outputs == unhexed(vector["outputs"])
    assert outputs == [voprf.evaluate_directly(KEY, value) for value in values]


@settings(deadline=None, max_examples=40)
@given(key=keys, values=st.lists(inputs, min_size=1, max_size=5))
def test_what_is_unblinded_is_what_the_holder_of_both_computes(key: bytes, values: list[bytes]) -> None:
    blindings = [voprf.blind(value) for value in values]
    answer = voprf.evaluate(key, [each.element for each in blindings])
    outputs = voprf.finalize(blindings, answer.elements, answer.proof, voprf.public_key(key))
    assert outputs == [voprf.evaluate_directly(key, value) for value in values]


@settings(deadline=None, max_examples=20)
@given(one=keys, other=keys, value=inputs)
def test_keys_are_independent(one: bytes, other: bytes, value: bytes) -> None:
    same = voprf.evaluate_directly(one, value) == voprf.evaluate_directly(other, value)
    assert same == (one == other)


def test_what_is_sent_differs_each_time() -> None:
    assert len({voprf.blind(b"one input").element for _ in range(50)}) == 50


@settings(deadline=None, max_examples=30)
@given(data=st.data())
def test_an_answer_with_one_bit_changed_is_refused(data: st.DataObject) -> None:
    blindings = [voprf.blind(value) for value in (b"a", b"b", b"c")]
    answer = voprf.evaluate(KEY, [each.element for each in blindings])
    parts = [*answer.elements, answer.proof, PUBLIC]
    which = data.draw(st.integers(0, len(parts) - 1))
    bit = data.draw(st.integers(0, 8 * len(parts[which]) - 1))
    changed = bytearray(parts[which])
    changed[bit // 8] ^= 1 << bit % 8
    parts[which] = bytes(changed)
    with pytest.raises(voprf.ProofError):
        voprf.finalize(blindings, parts[:3], parts[3], parts[4])


def test_elements_in_another_order_are_refused() -> None:
    blindings = [voprf.blind(value) for value in (b"a", b"b")]
    answer = voprf.evaluate(KEY, [each.element for each in blindings])
    with pytest.raises(voprf.ProofError):
        voprf.finalize(blindings, answer.elements[::-1], answer.proof, PUBLIC)


def test_an_evaluation_with_another_key_for_one_of_them_is_refused() -> None:
    """A registry could mark a single worker by it."""
    other = voprf.derive_key(bytes(32), b"another")
    blindings = [voprf.blind(value) for value in (b"a", b"b")]
    elements = [each.element for each in blindings]
    good, marked = voprf.evaluate(KEY, elements), voprf.evaluate(other, elements)
    mixed = [good.elements[0], marked.elements[1]]
    for proof in (good.proof, marked.proof, group.random_scalar() * 2, bytes(64)):
        with pytest.raises(voprf.ProofError):
            voprf.finalize(blindings, mixed, proof, PUBLIC)


@pytest.mark.parametrize("evaluated", [[], [PUBLIC], [PUBLIC] * 3])
def test_an_answer_of_another_length_is_refused(evaluated: list[bytes]) -> None:
    blindings = [voprf.blind(b"a"), voprf.blind(b"b")]
    with pytest.raises(voprf.ProofError):
        voprf.finalize(blindings, evaluated, bytes(64), PUBLIC)


def test_a_proof_whose_scalars_are_not_reduced_is_refused() -> None:
    """The same proof must not have two spellings."""
    blinding = voprf.blind(b"a")
    answer = voprf.evaluate(KEY, [blinding.element])
    order = 2**252 + 27742317777372353535851937790883648493
    response = int.from_bytes(answer.proof[32:], "little") + order
    spelt_otherwise = answer.proof[:32] + response.to_bytes(32, "little")
    assert voprf.finalize([blinding], answer.elements, answer.proof, PUBLIC)
    with pytest.raises(voprf.ProofError):
        voprf.finalize([blinding], answer.elements, spelt_otherwise, PUBLIC)


@pytest.mark.parametrize(
    ("encoded", "why"),
    [
        (b"", "0 bytes"),
        (bytes(31), "31 bytes"),
        (bytes(33), "33 bytes"),
        (group.IDENTITY, "identity"),
        (NOT_CANONICAL, "canonical"),
        (NEGATIVE, "canonical"),
        (NO_SQUARE, "canonical"),
        (b"\xff" * 32, "canonical"),
    ],
)
def test_what_is_no_element_is_refused_wherever_it_comes(encoded: bytes, why: str) -> None:
    good = voprf.blind(b"a")
    with pytest.raises(voprf.BlindedElementError, match=why) as refused:
        voprf.evaluate(KEY, [good.element, encoded, encoded])
    assert refused.value.index == 1
    with pytest.raises(voprf.EncodingError, match=why):
        group.element(encoded)
    answer = voprf.evaluate(KEY, [good.element])
    with pytest.raises(voprf.ProofError):
        voprf.finalize([good], [encoded], answer.proof, PUBLIC)
    with pytest.raises(voprf.ProofError):
        voprf.finalize([good], answer.elements, answer.proof, encoded)


def test_an_input_that_cannot_be_hashed_is_refused() -> None:
    assert voprf.blind(bytes(LONGEST_INPUT))
    with pytest.raises(ValueError, match="65536 bytes"):
        voprf.blind(bytes(LONGEST_INPUT + 1))


def test_a_seed_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="31 bytes"):
        voprf.derive_key(bytes(31), b"")


def test_nothing_is_left_in_the_temporary_folder(tmp_path: Path) -> None:
    """The library brings libsodium as a file of its own for every process."""
    program = "from quzhong import voprf; print(voprf.blind(b'a'))"
    environment = os.environ | {"TMPDIR": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", program], env=environment, check=True, timeout=60)
    assert list(tmp_path.iterdir()) == []


def test_a_blinding_shows_neither_input_nor_blind() -> None:
    assert "secret" not in repr(voprf.blind(b"secret"))
