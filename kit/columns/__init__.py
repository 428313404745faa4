"""Event batches as NumPy columns."""

from kit.columns.batch import EventBatch, concat, decode
from kit.columns.event_set import EventSet, Names
from kit.columns.row_index import RowIndex
from kit.columns.schema import DISPATCH, NOT_STATED, WORK_SESSION, Schema
from kit.columns.versions import in_force, statement_keys

__all__ = [
    "DISPATCH",
    "NOT_STATED",
    "WORK_SESSION",
    "EventBatch",
    "EventSet",
    "Names",
    "RowIndex",
    "Schema",
    "concat",
    "decode",
    "in_force",
    "statement_keys",
]
