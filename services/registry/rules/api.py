"""``DeclaredRulesService``: decode, call a handler, encode."""

from __future__ import annotations

import grpc

from kit.grpc.moments import stated_ms
from kit.requests import content_sha256
from kit.security.caller import current_caller
from quzhong.api.registry.v1 import declared_rules_pb2 as pb
from quzhong.api.registry.v1 import declared_rules_pb2_grpc
from services.registry.core.pages import Page
from services.registry.core.rule_changes import changed_properties, changes, wording_diff
from services.registry.ports import Request
from services.registry.rules.handlers import DeclaredRules, RuleFilter
from services.registry.rules.messages import rule_change_message, rule_document_message, rules_of


class DeclaredRulesServicer(declared_rules_pb2_grpc.DeclaredRulesServiceServicer):
    """The RPCs. Who may call which stands in ``kit.security.permissions``."""

    def __init__(self, rules: DeclaredRules) -> None:
        self._rules = rules

    def DeclareRules(  # noqa: N802
        self, request: pb.DeclareRulesRequest, context: grpc.ServicerContext
    ) -> pb.DeclareRulesResponse:
        """See the contract."""
        caller = current_caller()
        caller.require_platform(request.platform_id)
        asked = Request(caller.party_id, request.request_id, content_sha256(request))
        document = self._rules.declare(asked, rules_of(request))
        return pb.DeclareRulesResponse(document=rule_document_message(document))

    def ListRuleDocuments(  # noqa: N802
        self, request: pb.ListRuleDocumentsRequest, context: grpc.ServicerContext
    ) -> pb.ListRuleDocumentsResponse:
        """See the contract."""
        caller = current_caller()
        if request.platform_id:
            caller.require_platform(request.platform_id)
        at_ms = stated_ms(request, "in_force_time")
        wanted = RuleFilter(request.platform_id, request.kind, request.area_code, at_ms)
        page = Page(request.page_size, request.page_token)
        documents, token = self._rules.documents(caller, wanted, page)
        return pb.ListRuleDocumentsResponse(
            documents=map(rule_document_message, documents), next_page_token=token
        )

    def DiffRuleDocuments(  # noqa: N802
        self, request: pb.DiffRuleDocumentsRequest, context: grpc.ServicerContext
    ) -> pb.DiffRuleDocumentsResponse:
        """See the contract."""
        before, after = self._rules.pair(
            current_caller(), request.document_id, request.before_version, request.after_version
        )
        return pb.DiffRuleDocumentsResponse(
            before=rule_document_message(before),
            after=rule_document_message(after),
            changes=map(rule_change_message, changes(before.rules, after.rules)),
            changed_properties=changed_properties(before.rules, after.rules),
            wording_diff=wording_diff(before.rules, after.rules),
        )
