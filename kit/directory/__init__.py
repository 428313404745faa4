"""The read model of topic ``registry`` that every process holds."""

from kit.directory.directory import Directory
from kit.directory.entries import AreaEntry, CredentialEntry, PartyEntry, ThresholdEntry

__all__ = ["AreaEntry", "CredentialEntry", "Directory", "PartyEntry", "ThresholdEntry"]
