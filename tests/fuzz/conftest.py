"""The city that is fuzzed: all services, a party of every role, own and foreign things."""

from __future__ import annotations

from tests.integration.authorisation.conftest import city as city
