"""`quzhong policy simulate`: a policy over past findings, through the same use cases.

| file | what |
|---|---|
| `running.py` | the days, one by one, with a moved clock |
| `assumed_acts.py` | what people are assumed to do |
| `past_findings.py` | past findings from a file, or from a data folder |
"""
