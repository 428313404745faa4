"""Reports of a month or a quarter: figures, typical cases, good conduct (跟踪问效, 唐人社字〔2022〕1号 三.3).

| file | what |
|---|---|
| `reporting.py` | who asked for what becomes a report: the use cases |
| `scopes.py` | which areas and platforms a reader's report is of |
| `areas_now.py` | where each area stands now: seven days and the cases in hand |
| `commending.py` | a named official commends a platform of the list |
| `tables.py`, `pdf.py` | the report as tables, for CSV and XLSX (`kit/table_files`), and as PDF |
| `api.py`, `messages.py` | the edge |

What is counted, told and withheld is in the core: `period_report`, `disclosure`, `typical_cases`,
`good_conduct`.
"""
