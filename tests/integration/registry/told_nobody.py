"""The registry's store without a service around it: what is entered is kept in memory, and nobody is told."""

from __future__ import annotations

from sqlalchemy.engine import Connection

from kit.ledger import Act


class Kept:
    """A recorder that keeps acts in memory."""

    def __init__(self) -> None:
        self.acts: list[Act] = []

    def record(self, connection: Connection, *acts: Act) -> None:
        self.acts += acts

    def named(self, action: str) -> list[Act]:
        return [act for act in self.acts if act.action == action]


class Published:
    """All is told at once: there is nobody to tell."""

    def wait(self) -> bool:
        return True
