"""What a family of rules is, and which there are. A rule pack needs YAML alone if it uses these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from services.workhours.core.param_reader import ParamReader
from services.workhours.core.timeline import Timeline
from services.workhours.core.verdict import Verdict


class Family(Protocol):
    """One module of this package: how its parameters are read, and what they mean.

    Its docstring says in words what the rule is; ``judge`` is a function of its arguments alone.
    """

    @property
    def NAME(self) -> str:  # noqa: N802
        """As ``family:`` in a pack."""
        ...

    def parse(self, params: ParamReader) -> Any:
        """The family's own frozen ``Params``. Raises ValueError (``ParamReader.refuse``)."""
        ...

    def judge(
        self, timeline: Timeline, params: Any, earlier: Mapping[str, Sequence[Verdict]]
    ) -> list[Verdict]:
        """Every tier reached, ascending by ``start_ms``. ``earlier``: the verdicts of the pack's rules above
        this one, by rule id, for families that build on another rule."""
        ...
