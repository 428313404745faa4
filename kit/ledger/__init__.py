"""An append-only ledger, hash-chained, with signed checkpoints: what was done, by whom and why (ADR 19).

``Ledger`` writes, ``verify`` tells whether it holds and if not where not, ``jsonl`` carries it to auditors.
"""

from kit.ledger.entry import NOT_STATED, Act, Entry
from kit.ledger.keys import Keys, ledger_keys
from kit.ledger.ledger import Ledger
from kit.ledger.recorder import NOT_RECORDED, Recorder

__all__ = ["NOT_RECORDED", "NOT_STATED", "Act", "Entry", "Keys", "Ledger", "Recorder", "ledger_keys"]
