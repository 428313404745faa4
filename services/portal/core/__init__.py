"""What the pages show, as plain values, and the drawings made of them: no I/O, no clock, no proto.

| file            | what it holds                                                     |
|-----------------|-------------------------------------------------------------------|
| language.py     | the two languages, and texts that come in both                    |
| alerts.py       | alerts and the filter over them                                   |
| findings.py     | findings with their evidence                                      |
| cases.py        | cases, their steps and letters                                    |
| audits.py       | audits by cohort                                                  |
| glossary.py     | words that pages explain, and methods of their figures            |
| origins.py      | what one figure was computed from                                 |
| names.py        | names of platforms and areas                                      |
| figures.py      | durations, shares and counts as people read them                  |
| spell_chart.py  | a worker's spell against its limit, as geometry for an SVG        |
| strip_chart.py  | a threshold against the middle in one line of a table, likewise   |
| cohort_chart.py | a cohort's distribution as data for the chart script              |
| audit_tables.py | limits over time, rules as applied, groups, pay                   |
| thresholds.py   | every declared threshold against the middle, sorted and filtered  |
| what_if.py      | what another threshold would do                                   |
| frontier_chart.py, history_chart.py, group_chart.py | drawings of these, as geometry |
| consultations.py | consultations: offers, effects, the course, the yearly duty      |
| penalty_appeals.py | appeals against penalties                                      |
| units.py        | units of metrics as people read and type them                     |
"""
