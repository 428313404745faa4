"""Lists as files that readers take along.

| file | what |
|---|---|
| `tables.py` | alerts, cases, the agenda, reports owed and areas as tables in the reader's words |
| `files.py` | a table as CSV, XLSX or PDF, with what was asked for, when, and in which zone its times are |
| `calendar.py` | the agenda as iCalendar, for calendars that subscribe |
"""
