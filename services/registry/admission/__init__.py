"""Admission to live intake: by the conformance kit's report, or by decision (ADR 28)."""
