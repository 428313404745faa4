"""Reads minimum wages from their YAML file (minimum-wage-hebei.yaml beside this module shows the shape)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

import yaml

from services.algo_audit.core.minimum_wage import MinimumWage, MinimumWages

SHIPPED = Path(__file__).with_name("minimum-wage-hebei.yaml")
"""The values that hold unless another file is named."""
_FIELDS = {"area", "from", "yuan_per_hour", "source", "verified", "note"}


def load_minimum_wages(path: Path = SHIPPED) -> MinimumWages:
    """The minimum wages of a file.

    Raises:
        ValueError: naming the file, the field and its value.
        OSError: if it cannot be read.
    """
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        entries = document.get("wages") if isinstance(document, dict) else None
        if not isinstance(entries, list) or not entries:
            raise ValueError(f"wages: must be a list of at least one, not {entries!r}")
        return MinimumWages.of(_wage(entry, f"wages[{at}]") for at, entry in enumerate(entries))
    except yaml.YAMLError as error:
        raise ValueError(f"{path}: no YAML: {error}") from error
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error


def _wage(entry: object, at: str) -> MinimumWage:
    if not isinstance(entry, dict):
        raise ValueError(f"{at}: must be a mapping, not {entry!r}")
    if unknown := sorted(str(key) for key in entry if key not in _FIELDS):
        raise ValueError(f"{at}.{unknown[0]}: there is no such field")
    source = entry.get("source")
    if not isinstance(source, dict):
        raise ValueError(f"{at}.source: must have zh and en, is {source!r}")
    return MinimumWage(
        area=_area(entry.get("area"), f"{at}.area"),
        from_day=_day(entry.get("from"), f"{at}.from"),
        fen_per_hour=_fen(entry.get("yuan_per_hour"), f"{at}.yuan_per_hour"),
        source_zh=_text(source.get("zh"), f"{at}.source.zh"),
        source_en=_text(source.get("en"), f"{at}.source.en"),
        verified=_truth(entry.get("verified"), f"{at}.verified"),
    )


def _area(value: object, at: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 110_000 <= value <= 999_999:
        return value
    raise ValueError(f"{at}: must be a GB/T 2260 code of six digits, not {value!r}")


def _day(value: object, at: str) -> int:
    try:
        return (date.fromisoformat(str(value)) - date(1970, 1, 1)).days
    except ValueError:
        raise ValueError(f"{at}: must be a date such as 2023-01-01, not {value!r}") from None


def _fen(value: object, at: str) -> int:
    try:
        fen = Decimal(str(value)) * 100
    except InvalidOperation:
        fen = Decimal(0)
    if not fen.is_finite() or fen <= 0 or fen != fen.to_integral_value():
        raise ValueError(f"{at}: must be a positive amount in yuan with at most two decimals, not {value!r}")
    return int(fen)


def _text(value: object, at: str) -> str:
    if isinstance(value, str) and value.strip():
        return value
    raise ValueError(f"{at}: must be a text, not {value!r}")


def _truth(value: object, at: str) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError(f"{at}: must be true or false, not {value!r}")
