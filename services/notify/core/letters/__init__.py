"""What letters say (公文): a warning, a summons, an order, a result. Counts only: nobody is identifiable.

| file | letters |
|---|---|
| `notice.py` | a letter as sent (`Notice`), and what each is written with (`Letterhead`) |
| `form.py` | the form all have, in both languages, and the way back to its parts |
| `words.py` | sentences that several have |
| `warning.py` | 警示函 |
| `summons.py` | 约谈通知书, joint or not, and its cancellation |
| `rectification.py` | 限期整改通知书 |
| `outcome.py` | 复查结果通知书, 结案通知书, 联合处置告知书 |
| `commendation.py` | 表扬通报 |

A letter is a function of what it is written with: its number too, so that the same step taken again after a
crash writes the same letter.
"""

from services.notify.core.letters.commendation import write_commendation
from services.notify.core.letters.form import KIND_NAMES, day_zh, heading, numeral_zh
from services.notify.core.letters.notice import Letterhead, Notice, NoticeKind, Parties
from services.notify.core.letters.outcome import write_closure, write_escalation, write_recheck
from services.notify.core.letters.rectification import write_order
from services.notify.core.letters.summons import write_summons, write_summons_cancelled
from services.notify.core.letters.warning import write_warning

__all__ = [
    "KIND_NAMES",
    "Letterhead",
    "Notice",
    "NoticeKind",
    "Parties",
    "day_zh",
    "heading",
    "numeral_zh",
    "write_closure",
    "write_commendation",
    "write_escalation",
    "write_order",
    "write_recheck",
    "write_summons",
    "write_summons_cancelled",
    "write_warning",
]
