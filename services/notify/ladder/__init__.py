"""The ladder at work: what findings, figures and passing days make of cases.

| file | what |
|---|---|
| `settling.py` | a case counted when something changes, judged when a day is over |
| `climbing.py` | the one place where steps are taken: clause, alert, letter |
| `turn.py` | what one transaction brings about, and the order in which it is told |

Which steps there are, and what the policy decides, is in the core: `transitions`, `cases`, `ladder`.
"""
