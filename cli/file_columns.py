"""Which columns a CSV file has, which are missing, and the way out: alike in every command that reads one."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from cli.bad_input import BadInputError

FILE = "FILE"
"""The field of what is wrong with the file as a whole."""


class NoSuchColumnError(BadInputError):
    """The file does not have the columns it needs."""

    def __init__(self, field: str, value: str, zh: str, en: str) -> None:
        super().__init__(field, value, zh, en, reason="COLUMN_MISSING")


def heading_of(reader: csv.DictReader[str], path: Path) -> list[str]:
    """The names of the columns of a file.

    Raises:
        BadInputError: FILE_EMPTY, if there is no first line; COLUMN_TWICE, if a name stands for two columns.
        OSError: if the first line is not CSV.
    """
    try:
        there = list(reader.fieldnames or ())
    except csv.Error as error:
        raise OSError(f"{path}: not CSV: {error} · 不是 CSV：{error}") from error
    if not any(name.strip() for name in there):
        zh, en = "文件为空；首行应为列名", "it is empty; its first line has to name the columns"
        raise BadInputError(FILE, str(path), zh, en, reason="FILE_EMPTY")
    twice = next((name for name in there if name.strip() and there.count(name) > 1), None)
    if twice is not None:
        zh = f"有两列都叫 {twice!r}；请改名后重试"
        en = f"two of its columns are called {twice!r}; rename one of them"
        raise BadInputError(FILE, str(path), zh, en, reason="COLUMN_TWICE")
    return there


def require(there: Sequence[str], needed: Mapping[str, str]) -> None:
    """Check that columns are there. ``needed``: the option that names a column → its name.

    Raises:
        NoSuchColumnError: naming the first that is not, those there are, and the option.
    """
    for option, column in needed.items():
        if column not in there:
            zh, en = _listed(there)
            near = get_close_matches(column, there, 1)
            example = near[0] if near else there[0]
            raise NoSuchColumnError(
                option,
                column,
                f"文件中没有这一列；{zh}；请指明列名，例如 {option} {example}",
                f"no such column in the file; {en}; name the right one, e.g. {option} {example}",
            )


def one_of(there: Sequence[str], kinds: Mapping[str, Sequence[str]], path: Path) -> str:
    """The first kind of file whose columns are all there. ``kinds``: its name → the columns it needs.

    Raises:
        NoSuchColumnError: naming the columns of every kind, what the nearest lacks, and those there are.
    """
    missing = {kind: [each for each in columns if each not in there] for kind, columns in kinds.items()}
    for kind, lacks in missing.items():
        if not lacks:
            return kind
    needed = " / ".join(", ".join(columns) for columns in kinds.values())
    fewest = sorted(missing.values(), key=len)[0]
    nearest = ", ".join(fewest)
    zh, en = _listed(there)
    raise NoSuchColumnError(
        FILE,
        str(path),
        f"需要列 {needed}；{zh}，至少缺少 {nearest}",
        f"it needs the columns {needed}; {en}, and so lacks at least {nearest}",
    )


def _listed(there: Sequence[str]) -> tuple[str, str]:
    names = ", ".join(there)
    return f"现有 {names}", f"it has {names}"
