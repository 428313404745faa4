"""Checkpoints are C2SP signed notes: others' tools read them, and ours reads theirs."""

from __future__ import annotations

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kit.errors import InvalidArgumentError
from kit.ledger.notes import parse, parse_vkey, public_key, sign, signers

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
HEAD = hashlib.sha256(b"head").digest()
NOTE = sign("registry", size=1024, head=HEAD, number=17, time_ms=1_773_635_464_000, keys=[KEY, OTHER])

EXAMPLE_VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
"""From the tests of golang.org/x/mod/sumdb/note, whose format C2SP wrote down."""
EXAMPLE_TEXT = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
)
EXAMPLE_SIGNATURE = (
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
)


def test_a_note_has_the_form_of_the_specification() -> None:
    text, below = NOTE.split("\n\n")
    assert text.split("\n") == [
        "quzhong/registry",
        "1024",
        base64.b64encode(HEAD).decode(),
        "number 17",
        "time 1773635464000",
    ]
    first, second = below.splitlines()
    for line, key in ((first, KEY), (second, OTHER)):
        dash, name, value = line.split(" ")
        raw = base64.b64decode(value)
        public = key.public_key().public_bytes_raw()
        assert (dash, name) == ("\u2014", "quzhong/registry")
        assert raw[:4] == hashlib.sha256(b"quzhong/registry\n\x01" + public).digest()[:4]
        Ed25519PublicKey.from_public_bytes(public).verify(raw[4:], text.encode() + b"\n")


def test_another_implementations_key_and_signature_are_understood() -> None:
    key = parse_vkey(EXAMPLE_VKEY)
    assert key.vkey == EXAMPLE_VKEY
    raw = base64.b64decode(EXAMPLE_SIGNATURE)
    assert raw[:4] == key.key_id
    assert key.verifies(EXAMPLE_TEXT, raw[4:])
    assert not key.verifies(EXAMPLE_TEXT + "\n", raw[4:])


def test_reading_gives_back_what_was_signed_and_by_whom() -> None:
    checkpoint = parse(NOTE)
    assert (checkpoint.size, checkpoint.head, checkpoint.number) == (1024, HEAD, 17)
    assert checkpoint.note == NOTE
    ours, other = public_key(KEY, "registry"), public_key(OTHER, "registry")
    assert signers(checkpoint, [other, ours]) == ([ours, other], False)
    assert signers(checkpoint, []) == ([], False)
    assert signers(parse(NOTE.replace("1024", "1023")), [ours]) == ([], True)


@pytest.mark.parametrize(
    "note",
    [
        "",
        "no note",
        NOTE[:-1],
        NOTE.replace("\n\n", "\n"),
        NOTE.replace("1024", "01024"),
        NOTE.replace("1024", "-1"),
        NOTE.replace("number 17", "number ١٧"),
        NOTE.replace("—", "-"),
        NOTE.replace("number 17\n", ""),
        NOTE + "— quzhong/registry AAAA\n",
        NOTE + "x" * 20_000,
    ],
)
def test_what_is_no_note_is_refused(note: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse(note)


@pytest.mark.parametrize(
    "vkey", ["", "a+b", "quzhong/registry+00000000+" + base64.b64encode(b"\1" + bytes(32)).decode(), "a+b+c"]
)
def test_what_is_no_public_key_is_refused(vkey: str) -> None:
    with pytest.raises(InvalidArgumentError) as refused:
        parse_vkey(vkey)
    assert refused.value.reason == "LEDGER_KEY"
