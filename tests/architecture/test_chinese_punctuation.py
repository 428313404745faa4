"""Chinese texts of ours have Chinese punctuation: ，：；？！（） beside a Han character, never , : ; ? ! ( ).

String literals of the code and the values of its YAML files are read. What is mostly English and names a
Chinese term has English punctuation, and so has code in backticks. Docstrings and comments are English.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("cli", "kit", "rules", "sdk/python/src", "services", "simulator", "tools")
GENERATED = ROOT / "sdk/python/src/quzhong/api"

AS_IT_IS_WRITTEN = (
    # A licence's number, whose brackets the clients have to take as they stand.
    "唐(2025)0077",
    # In the form that programs read: a field of the contract, colon and blank, what became of it.
    "worker_id: 应劳动者本人要求，其数据已删除 / the worker's data were erased on their request",
)
"""Values rather than texts."""

_HAN = "[\u3400-\u4dbf\u4e00-\u9fff]"
_WORD = re.compile(r"[A-Za-z]{2,}")
# A blank does not make a comma or colon right; before a bracket it sets a clause's number apart: 第 4 条 (j).
_HALF_WIDTH = re.compile(rf"{_HAN}[,;:?!()]|[,;:?!] ?{_HAN}|[()]{_HAN}|{_HAN} [,;:!]")
_CODE = re.compile("`[^`]*`")


def half_width_in(text: str) -> str | None:
    """The first half-width mark beside a Han character of a Chinese text, with what is around it."""
    prose = _CODE.sub("``", text)
    if text in AS_IT_IS_WRITTEN or len(re.findall(_HAN, prose)) <= len(_WORD.findall(prose)):
        return None
    found = _HALF_WIDTH.search(prose)
    return prose[max(0, found.start() - 12) : found.end() + 12] if found else None


def _literals(source: str) -> Iterator[tuple[int, str]]:
    """String literals and the line they begin on; an f-string without what is filled in."""
    nodes = list(ast.walk(ast.parse(source)))
    passed = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}  # docstrings
    for node in nodes:
        if isinstance(node, ast.JoinedStr):
            passed.update(map(id, node.values))
            # A blank-free stand-in that is neither Han nor a Latin word.
            parts = [str(part.value) if isinstance(part, ast.Constant) else "0" for part in node.values]
            yield node.lineno, "".join(parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed:
            yield node.lineno, node.value


def _values(document: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Texts of a YAML document and where they stand; what is English by its key is not of them."""
    if isinstance(document, str):
        yield place, document
    elif isinstance(document, dict):
        for name, value in document.items():
            if name != "en":
                yield from _values(value, f"{place}/{name}")
    elif isinstance(document, list):
        for number, value in enumerate(document):
            yield from _values(value, f"{place}/{number}")


def _files(suffix: str) -> list[Path]:
    found = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob(f"*{suffix}"))]
    return [path for path in found if GENERATED not in path.parents]


def test_chinese_string_literals_have_full_width_punctuation() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {wrong}"
        for path in _files(".py")
        if re.search(_HAN, source := path.read_text("utf-8"))
        for line, text in _literals(source)
        if (wrong := half_width_in(text))
    ]
    assert not found, "\n".join(found)


def test_chinese_values_of_yaml_files_have_full_width_punctuation() -> None:
    found = [
        f"{path.relative_to(ROOT)}{place}: {wrong}"
        for path in _files(".yaml")
        if not path.name.startswith("en.")
        for document in yaml.load_all(path.read_text("utf-8"), yaml.CSafeLoader)
        for place, text in _values(document)
        if (wrong := half_width_in(text))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "text",
    [
        "event_time:缺失;请填写",
        "超过上限,请拆分",
        "超过上限, 请拆分",
        "校准时钟(NTP)后重试",
        "(原值不予保存)",
        "请问?",
        "请求 :有误",
    ],
)
def test_a_half_width_mark_in_a_chinese_text_is_found(text: str) -> None:
    assert half_width_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "event_time：缺失；请填写",
        "第 4 条 (j)：记录的驾驶时间。",
        "请运行 `quzhong erase 化名, …` 删除",
        "summons for talks (约谈) with an official's approval",
        "唐人社字〔2022〕1号, part 2, item 1: platforms choose firms that are lawfully qualified",
        "唐(2025)0077",
    ],
)
def test_what_is_right_or_english_is_not_found(text: str) -> None:
    assert half_width_in(text) is None
