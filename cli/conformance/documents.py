"""The report as files: ``report.json``, and in both languages a page and a PDF."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from cli.conformance.texts import content_of
from cli.language import Language
from kit.conformance import Report, written
from kit.typesetting import typeset

_HERE = Path(__file__).parent

LANGUAGES = {Language.ZH: "zh-CN", Language.EN: "en"}
"""Languages and how files in them are called."""


def write(report: Report, document: Mapping[str, Any], folder: Path) -> list[Path]:
    """Write all files; where they are, the JSON first.

    ``document``: the report as it is signed.

    Raises:
        OSError: if the folder cannot be written to.
        RuntimeError: if the typesetter fails, or its typeface is not installed.
    """
    files = {folder / "report.json": written(document)}
    for language, suffix in LANGUAGES.items():
        content = content_of(report, document, language)
        files[folder / f"report.{suffix}.html"] = page(content).encode()
        (pdf,) = typeset(_HERE / "report.typ", content, made_ms=report.end_ms)
        files[folder / f"report.{suffix}.pdf"] = pdf
    for path, content_bytes in files.items():
        path.write_bytes(content_bytes)
    return list(files)


def page(content: Mapping[str, Any]) -> str:
    """The page: one file, nothing fetched, light and dark, down to the width of a telephone."""
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html").render(**content)
