"""``quzhong conformance``: an integration, put through what it will meet, before its first real event.

script.py      what the integration has to do, as data            pure
observed.py    what arrived of it, as values                      pure
judges/        one file a family of scenarios: what it came to    pure
faults.py      what is cut off, and when the service goes away    pure
front.py       the gRPC door that records, cuts and goes away
sandbox.py     an embedded suite behind it
door.py        one platform's way in: credentials, door, what is known of what it did
driver.py      the reference integration, over the Python client
session.py     one run, from the door's opening to the judgement
documents.py   the report as JSON, pages and PDF
"""

KIT_VERSION = "1.1.0"
"""Stands in every report; raise it with every change of what is asked or how it is judged."""
