"""Steps and letters are entered with the transaction that makes them."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kit.ledger import Entry, Ledger
from kit.ledger.stored import StoreSource
from kit.ledger.verify import verify
from kit.storage.store import Store
from services.notify.adapters.book import SqlBook
from services.notify.core.cases import CaseStep, new_case
from services.notify.core.letters import Notice, NoticeKind
from services.notify.core.text import Text
from services.notify.core.transitions import CaseState, Trigger
from tests.integration.notify.test_notify_store import PLACE

CASE = replace(new_case(PLACE, Text("线索", "case")), state=CaseState.OPEN)
STEP = CaseStep(
    CASE.case_id,
    20,
    CaseState.OPEN,
    CaseState.WARNED,
    Trigger.WARNING_SENT,
    "policy:p@1",
    Text("三名", "three"),
    clause=Text("二.14", "2.14"),
    workers=3,
)
NOTICE = Notice(
    "notice-1",
    NoticeKind.WARNING,
    CASE.case_id,
    PLACE,
    Text("警示函", "Warning"),
    Text("正文", "body"),
    (),
    "p",
    "1",
    20,
)


@pytest.fixture
def ledger(store: Store) -> Ledger:
    """Notify's, in the store of the test."""
    return Ledger.open(store, "notify", [Ed25519PrivateKey.generate()], lambda: 1_773_635_464_000)


def entered(store: Store) -> list[Entry]:
    """All but the opening."""
    assert verify(StoreSource(store, "notify")).holds
    return [entry for entry in StoreSource(store, "notify").entries() if isinstance(entry, Entry)][1:]


def test_a_step_and_a_letter(store: Store, ledger: Ledger) -> None:
    with store.transaction() as connection:
        book = SqlBook(connection, ledger)
        book.save_case(CASE)
        book.add_step(STEP, CASE)
        book.add_notice(NOTICE)
    step, letter = entered(store)
    assert step[2:6] == ("policy:p@1", "case.warned", f"case/{CASE.case_id}", "三名")
    assert json.loads(step.details) == {
        "clause": "二.14",
        "from": "open",
        "reason_en": "three",
        "trigger": "warning_sent",
        "workers": 3,
    }
    assert letter[2:6] == ("p@1", "notice.warning", "notice/notice-1", "警示函")
    assert json.loads(letter.details)["body_zh_sha256"] == sha256("正文".encode()).hexdigest()


def test_what_the_case_work_rolls_back_was_never_entered(store: Store, ledger: Ledger) -> None:
    def fail() -> None:
        with store.transaction() as connection:
            book = SqlBook(connection, ledger)
            book.save_case(CASE)
            book.add_step(STEP, CASE)
            raise RuntimeError("the batch could not be handled")

    with pytest.raises(RuntimeError):
        fail()
    assert entered(store) == []
