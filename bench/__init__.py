"""Benchmarks: each prints a ratio against a baseline that runs beside it. See README.md."""
