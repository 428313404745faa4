"""Input that an audit of a file cannot take: exit status 2, with the field, its value and the way out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from cli.output import Output


class BadInputError(Exception):
    """An option or the file does not fit; both texts say what the reader does next."""

    def __init__(self, field: str, value: str, zh: str, en: str, *, reason: str) -> None:
        super().__init__(en)
        self.field = field
        self.value = value
        self.zh = zh
        self.en = en
        self.reason = reason


@contextmanager
def refusing(output: Output) -> Iterator[None]:
    """Bad input becomes a message on stderr, with ``--json`` a document on stdout too, and exit status 2."""
    try:
        yield
    except BadInputError as error:
        if output.as_json:
            output.result(
                {
                    "error": {
                        "reason": error.reason,
                        "field": error.field,
                        "value": error.value,
                        "message": error.en,
                        "message_zh": error.zh,
                    }
                }
            )
        output.err.print(f"[bold red]{output.pick('输入有误', 'Error')}[/] {error.reason}:", end=" ")
        shown = f"{error.field} {error.value!r}" if error.value else error.field
        output.err.print(
            output.pick(f"{shown}：{error.zh}", f"{shown}: {error.en}"), soft_wrap=True, markup=False
        )
        raise typer.Exit(2) from error
