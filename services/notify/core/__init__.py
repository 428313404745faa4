"""Cases, escalation, letters and alerts as pure functions: no I/O, no clock, no proto.

Read in this order: ``findings`` (what comes in) → ``cases`` (what it gathers into) → ``policy``, ``judging``
and ``escalation`` (what follows from it, and when) → ``letters`` and ``alerts`` (what people are told) →
``webhooks`` (how machines are told).
"""
