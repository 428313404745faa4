"""Every decoder that is fuzzed, by name."""

from __future__ import annotations

from collections.abc import Mapping

from tests.fuzz.decode_credentials import CREDENTIALS
from tests.fuzz.decode_files import FILES
from tests.fuzz.decode_records import RECORDS
from tests.fuzz.target import Target

TARGETS: Mapping[str, Target] = {target.name: target for target in (*RECORDS, *CREDENTIALS, *FILES)}
