"""The acts of people in cases: departments, named officials, the platforms themselves.

| file | what |
|---|---|
| `acts.py` | what every act has in common: once, by whoever may, if the ladder has it |
| `rights.py`, `refusals.py`, `fields.py` | who may; how it is refused; what people write |
| `summonses.py`, `rectifying.py` | proposals, approvals, talks; orders, more time, joint action, ends |
| `replying.py`, `finding_appeals.py` | what a platform says, and disputes |
| `standing_in.py` | who stands in for an official |
| `notice_documents.py` | a letter as a file |
| `api.py`, `messages.py`, `ports.py` | the edge, and what it needs |
"""
