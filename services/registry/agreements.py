"""What unions and platforms agreed on (topic ``agreements``) is declared: all of an agreement, or nothing.

Whatever DeclareThreshold checks is checked here too. Time is taken as of the agreement: that the registry was
away when its effective date came does not undo what both sides knew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kit.errors import InvalidArgumentError, NotFoundError
from services.registry.core.areas import Areas
from services.registry.core.field_error import FieldError
from services.registry.core.parties import Role
from services.registry.core.thresholds import Declaration, check_declaration, declare
from services.registry.ports import Transaction


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a consultation ended with."""

    consultation_id: str
    platform_id: str
    declarations: Sequence[Declaration]
    create_ms: int
    """When it was agreed on, epoch milliseconds."""


class AgreementDeclarer:
    """Declares agreements; the same one again changes nothing."""

    def __init__(self, areas: Areas) -> None:
        self._areas = areas

    def declare(self, transaction: Transaction, agreement: Agreement) -> None:
        """Add a version to each threshold of the agreement that has none of it yet; and keep its id, which
        documents of rules may name from now on.

        Raises:
            InvalidArgumentError: for a threshold that cannot be declared; the agreement is to be rolled back.
            NotFoundError: PLATFORM_UNKNOWN.
        """
        platform = transaction.party(agreement.platform_id)
        if platform is None or platform.role is not Role.PLATFORM:
            raise NotFoundError(
                f"platform_id: no platform is called {agreement.platform_id!r}; register it, then replay",
                zh=f"platform_id：未登记平台 {agreement.platform_id!r}；请登记后重放",
                field="platform_id",
                reason="PLATFORM_UNKNOWN",
            )
        for position, declaration in enumerate(agreement.declarations):
            try:
                check_declaration(declaration, self._areas)
                threshold, is_new = declare(
                    declaration,
                    transaction.versions(declaration.threshold_id),
                    agreement.create_ms,
                    agreement.consultation_id,
                )
            except FieldError as error:
                raise InvalidArgumentError(
                    f"{agreement.consultation_id}: thresholds[{position}].{error.message}",
                    zh=f"{agreement.consultation_id}：thresholds[{position}].{error.zh}",
                    field=f"thresholds[{position}].{error.field}",
                    reason=error.reason,
                ) from error
            if is_new:
                transaction.put_threshold(threshold)
        transaction.put_agreement(agreement.consultation_id, agreement.platform_id)
