"""What a process tells about itself: spans, metrics, log lines. Off unless it is told where to.

``running`` sets it up, once a process; until then ``span`` and everything in ``metrics`` return at once,
which is what an embedded suite pays. Nothing here connects at import.

No worker data: a span's attributes come from the few names of ``tracing.Attribute``, exceptions are told by
their reason and not by their text, and ``logs`` takes out of a line what could be somebody's pseudonym.
"""
