"""The registry never has an identity: not in its files, not in its output, not in its memory."""

from __future__ import annotations

import base64
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import grpc
import pytest
from stdnum.iso7064 import mod_11_2

import quzhong
from quzhong import voprf
from quzhong.api.registry.v1 import pseudonyms_pb2 as pb
from services.registry.settings import RegistrySettings
from tests.integration.registry.pseudonym_suite import MovedClock, PseudonymSuite

ROOT = Path(__file__).resolve().parents[3]
NUMBER = "13020319880716421"
IDENTITY = NUMBER + mod_11_2.calc_check_digit(NUMBER)
"""One that stands in no source: what the registry has loaded is in its memory too, docstrings included."""
SIGN = "TS-7F3A9CKQ2"
"""What every licence begins with: one search finds any of them. 12 characters make whole base64."""
LICENCES = [f"{SIGN}-{number:05}" for number in range(600)]
KNOWN = b"platform-a"
"""What the registry does have, everywhere: shows that looking finds."""


class Child:
    """A registry in a process of its own."""

    def __init__(self, folder: Path, process: subprocess.Popen[bytes], output: Path) -> None:
        self.folder = folder
        self.output = output
        self._process = process

    def written(self) -> bytes:
        """All its files: database, write-ahead log, event log, keys."""
        return b"\0".join(path.read_bytes() for path in sorted(self.folder.rglob("*")) if path.is_file())

    def memory(self) -> Iterator[bytes]:
        """All of its memory that can be read, mapping by mapping."""
        maps = Path(f"/proc/{self._process.pid}/maps").read_text()
        with Path(f"/proc/{self._process.pid}/mem").open("rb") as memory:
            for line in maps.splitlines():
                bounds, permissions, *_, last = line.split()
                if "r" not in permissions or last in ("[vvar]", "[vsyscall]", "[vvar_vclock]"):
                    continue
                start, end = (int(bound, 16) for bound in bounds.split("-"))
                memory.seek(start)
                try:
                    yield memory.read(end - start)
                except OSError:  # mapped, but with nothing behind it
                    continue

    def remembers(self, *texts: bytes) -> set[bytes]:
        """Which of the texts are anywhere in its memory."""
        found: set[bytes] = set()
        for mapping in self.memory():
            found |= {text for text in texts if text in mapping}
        return found


@contextmanager
def registry_process(folder: Path, output: Path) -> Iterator[tuple[Child, str]]:
    environment = os.environ | {
        "QUZHONG_DATA_DIR": str(folder),
        "QUZHONG_ADDRESS": "127.0.0.1:0",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'sdk/python/src'}",
    }
    with output.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "services.registry.app"],
            cwd=ROOT,
            env=environment,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        try:
            yield Child(folder, process, output), _address(process, output)
        finally:
            process.terminate()
            assert process.wait(20) == 0


def _address(process: subprocess.Popen[bytes], output: Path) -> str:
    for _ in range(600):
        if answers := re.search(r"answers on (\S+)", output.read_text()):
            return answers[1]
        try:
            process.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
        break
    raise AssertionError(output.read_text())


def spellings(text: str) -> list[bytes]:
    """How it may stand in a file or in memory."""
    wide = [text.encode("utf-16-le"), text.encode("utf-32-le")]
    return [text.encode(), *wide, text.encode().hex().encode(), base64.b64encode(text.encode()).rstrip(b"=")]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_neither_files_nor_output_nor_memory_hold_an_identity(tmp_path: Path) -> None:
    folder, output = tmp_path / "var", tmp_path / "output.txt"
    settings = RegistrySettings(data_dir=folder, address="127.0.0.1:0")
    with registry_process(folder, output) as (child, address):
        suite = PseudonymSuite(address, settings, MovedClock())
        with (
            quzhong.ObliviousPseudonymiser(address, suite.tokens["platform-a"]) as one,
            quzhong.ObliviousPseudonymiser(address, suite.tokens["platform-b"]) as other,
        ):
            made = one.pseudonyms([IDENTITY, *LICENCES])
            assert other.pseudonyms([IDENTITY, *LICENCES[:3]]) == made[:4]
        blinded = voprf.blind(IDENTITY.encode()).element
        evaluate = pb.EvaluatePseudonymsRequest(blinded_elements=[blinded])
        answer = suite.call("platform-a", "EvaluatePseudonyms", evaluate)
        bad = pb.EvaluatePseudonymsRequest(blinded_elements=[b"\xab" * 32, *[blinded] * 600])
        assert suite.refusal("platform-a", "EvaluatePseudonyms", bad).code is grpc.StatusCode.INVALID_ARGUMENT

        identities = [spelling for text in (IDENTITY, SIGN) for spelling in spellings(text)]
        assert child.remembers(KNOWN, *identities) == {KNOWN}

        outcomes = [pseudonym.encode() for pseudonym in made[:3]]
        elements = [blinded, answer.evaluated_elements[0]]
        written = child.written() + child.output.read_bytes()
        assert KNOWN in written
        traces = [*identities, *outcomes]
        for element in elements:
            traces += [element, element.hex().encode(), base64.b64encode(element).rstrip(b"=")]
        assert [trace for trace in traces if trace in written] == []
        assert child.remembers(KNOWN, *outcomes) == {KNOWN}
        suite.channel.close()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_an_identity_that_is_sent_would_be_found(tmp_path: Path) -> None:
    """That looking finds: a platform makes the mistake that the SDK prevents."""
    folder, output = tmp_path / "var", tmp_path / "output.txt"
    settings = RegistrySettings(data_dir=folder, address="127.0.0.1:0")
    with registry_process(folder, output) as (child, address):
        suite = PseudonymSuite(address, settings, MovedClock())
        mistake = pb.EvaluatePseudonymsRequest(blinded_elements=[IDENTITY.encode()] * 300)
        for _ in range(20):
            refusal = suite.refusal("platform-a", "EvaluatePseudonyms", mistake)
        assert refusal.reason == "ELEMENT_INVALID"
        assert IDENTITY not in refusal.message + refusal.zh
        assert IDENTITY.encode() not in child.written() + child.output.read_bytes()
        assert child.remembers(IDENTITY.encode()) == {IDENTITY.encode()}
        suite.channel.close()
