"""Employment reports as a file, XLSX or CSV: its columns, and how it is written and read.

Shared by the command line and the portal; knows the contract only.
"""
