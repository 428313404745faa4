"""How many random histories a pack's oracle test compares: few in every run, many in the long run."""

from __future__ import annotations

import os
from typing import Final

EXAMPLES: Final = 10_000 if os.environ.get("QUZHONG_LONG_RUN") else 200
