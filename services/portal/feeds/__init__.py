"""Feeds that programs read."""
