"""What the programs of the other languages do, with the Python client:
``python -m tests.sdks.python_day``."""

from __future__ import annotations

import json
import logging
import sys

from tests.sdks.scripted_day import send_with_python

if __name__ == "__main__":
    logging.basicConfig(stream=sys.stderr)  # that it waits is told to the log
    print(json.dumps(send_with_python(json.load(sys.stdin))))
