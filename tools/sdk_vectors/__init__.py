"""What every SDK has to do alike, as files that each of them runs: ``sdk/vectors/*.json``.

A module a file: ``CASES`` are the inputs, and ``outcome`` is what the Python client makes of one. The
outcomes are written down by ``python -m tools.sdk_vectors`` and read by people before they are committed;
what the RFC gives (``oprf``) is taken from there and never computed.
"""
