"""What a command prints: its result on stdout, everything else on stderr.

With ``--json`` the result is one JSON document and nothing else goes to stdout, also when the command fails.
Exit status: 0 success, 1 the command's own failure, 2 bad usage.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from types import TracebackType
from typing import Any, Literal, NoReturn, Self

import typer
from pydantic import ValidationError
from rich.console import Console, RenderableType
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table

import quzhong
from cli.bad_input import BadInputError
from cli.language import Language, default_language
from kit import errors
from kit.listening import AddressTakenError

FILE_COLUMNS = 132
"""Width of tables that go to a file or a pipe."""


class CommandError(Exception):
    """The command could not do its work; both texts say what the reader does next."""

    def __init__(self, zh: str, en: str, *, reason: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en
        self.reason = reason


class Output:
    """One command's output. Use it as a context: expected errors become a message and exit status 1, or 2 for
    bad input."""

    def __init__(self, *, as_json: bool, language: Language | None) -> None:
        self.as_json = as_json
        self.language = language or default_language()
        self.err = Console(stderr=True, highlight=False)
        # Into a file or a pipe nothing says how wide: then wide enough that tables need not fold words.
        unknown = not sys.stdout.isatty() and "COLUMNS" not in os.environ
        self._out = Console(highlight=False, width=FILE_COLUMNS if unknown else None)
        logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s", force=True)

    def pick(self, zh: str, en: str) -> str:
        """The text in the reader's language."""
        return self.language.pick(zh, en)

    def say(self, zh: str, en: str) -> None:
        """Progress, for people: stderr. Never broken into lines: it may hold a link."""
        self.err.print(self.pick(zh, en), soft_wrap=True, markup=False)

    def result(self, document: dict[str, Any], *pages: RenderableType) -> None:
        """The result: the document with ``--json``, else the pages."""
        if self.as_json:
            json.dump(document, sys.stdout, ensure_ascii=False, indent=2)
            sys.stdout.write("\n")
            sys.stdout.flush()  # `up` goes on running: whoever reads a pipe is waiting
            return
        for page in pages:
            self._out.print(page)

    def progress(self) -> Progress:
        """Bars on stderr; enter it as a context."""
        return Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self.err,
        )

    def table(self, title: tuple[str, str], *columns: tuple[str, str], text_columns: int = 1) -> Table:
        """An empty table with (zh, en) headings; columns after the first ``text_columns`` are numbers."""
        table = Table(title=self.pick(*title), title_justify="left", title_style="bold")
        for place, heading in enumerate(columns):
            justify: Literal["left", "right"] = "left" if place < text_columns else "right"
            table.add_column(self.pick(*heading), justify=justify, overflow="fold")
        return table

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        match error:
            case CommandError():
                self._fail(error.reason, error.en, error.zh)
            case errors.QuzhongError():
                self._fail(error.reason, error.message, error.zh)
            case quzhong.ApiError():
                self._fail(error.reason or error.code.name, error.message, error.zh)
            case quzhong.UndeliveredError():
                causes = [each.error for each in error.batches if each.error]
                zh = f"{causes[-1].zh}（{error}）" if causes else str(error)
                self._fail(causes[-1].reason if causes else "UNDELIVERED", str(error), zh)
            case quzhong.QuzhongError():
                self._fail("CLIENT", str(error), str(error))
            case BadInputError():
                self._refuse(error)
            case ValidationError():
                wrong = "; ".join(f"{_variable(each['loc'])}: {each['msg']}" for each in error.errors())
                self._fail("SETTINGS", wrong, wrong)
            case AddressTakenError():
                self._fail("ADDRESS_TAKEN", str(error), error.zh)
            case OSError():
                self._fail("SYSTEM", str(error), str(error))

    def _refuse(self, error: BadInputError) -> NoReturn:
        if self.as_json:
            said = {"reason": error.reason, "field": error.field, "value": error.value}
            self.result({"error": {**said, "message": error.en, "message_zh": error.zh}})
        shown = f"{error.field} {error.value!r}" if error.value else error.field
        self.err.print(f"[bold red]{self.pick('输入有误', 'Error')}[/] {error.reason}:", end=" ")
        words = self.pick(f"{shown}：{error.zh}", f"{shown}: {error.en}")
        self.err.print(words, soft_wrap=True, markup=False)
        raise typer.Exit(2) from error

    def _fail(self, reason: str, en: str, zh: str) -> NoReturn:
        if self.as_json:
            self.result({"error": {"reason": reason, "message": en, "message_zh": zh}})
        label = self.pick("失败", "failed")
        self.err.print(f"[bold red]{label}[/] {reason}:", end=" ")
        self.err.print(self.pick(zh, en), soft_wrap=True, markup=False)
        raise typer.Exit(1)


def _variable(location: tuple[int | str, ...]) -> str:
    """The environment variable of a setting."""
    return f"QUZHONG_{location[0]}".upper() if location else "QUZHONG_…"
