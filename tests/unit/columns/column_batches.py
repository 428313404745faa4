"""Event batches for property tests, and what a batch says, row by row."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from kit.columns import DISPATCH, WORK_SESSION, EventBatch, Schema

WORDS = {
    "platform": ("swift", "steady", "卓越"),
    "worker": tuple(f"worker-{number:012d}" for number in range(6)),
    "area": ("130202", "130203", "130200"),
    "partner_firm": ("", "firm-07", "firm.8"),
}
IDS = st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=6)


@st.composite
def batches(draw: st.DrawFn, schema: Schema | None = None, most: int = 12) -> EventBatch:
    """Any batch of either kind; every value its columns can hold, every entry of a dictionary used, but for
    the empty one of those that have it in any case."""
    if schema is None:
        schema = draw(st.sampled_from([WORK_SESSION, DISPATCH]))
    rows = draw(st.integers(0, most))
    columns: dict[str, Any] = {}
    dictionaries: dict[str, list[str]] = {}
    for name, dtype in schema.dtypes.items():
        if name in WORDS:
            words = draw(st.lists(st.sampled_from(WORDS[name]), min_size=rows, max_size=rows))
            if name in schema.optional_dictionaries and draw(st.booleans(), label="none stated"):
                words = [""] * rows
            first = [""] if name in schema.optional_dictionaries else []
            dictionaries[name] = list(dict.fromkeys([*first, *words]))
            values = [dictionaries[name].index(word) for word in words]
        else:
            limits: Any = np.iinfo(dtype.str)
            number = st.integers(int(limits.min), int(limits.max))
            if name in schema.when_empty:
                number = st.just(schema.when_empty[name]) | number
            values = draw(st.lists(number, min_size=rows, max_size=rows))
        columns[name] = np.array(values, dtype=dtype)
    texts = {name: draw(st.lists(IDS, min_size=rows, max_size=rows)) for name in schema.texts}
    return EventBatch(schema, dictionaries, texts, columns)


def said(batch: EventBatch) -> list[tuple[Any, ...]]:
    """A tuple a row of all it says, dictionaries looked up."""
    values = [
        batch.names(name).tolist() if name in WORDS else batch[name].tolist() for name in batch.schema.dtypes
    ]
    return list(zip(*values, *(batch.texts[name] for name in batch.schema.texts), strict=True))
