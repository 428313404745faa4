"""Tables as files that people take along: CSV, XLSX and PDF.

| file | what |
|---|---|
| `tables.py` | a table: headings, rows, and what a reader has to know |
| `spreadsheets.py` | CSV and XLSX; what anybody wrote stays text, whatever a spreadsheet would make of it |
| `pages.py`, `list.typ` | PDF |
"""
