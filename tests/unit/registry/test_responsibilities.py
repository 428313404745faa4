"""The units a notice names, against the notice itself."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from services.registry.adapters.yaml_file import document_in
from services.registry.core.responsibilities import parse_responsibilities
from services.registry.settings import RegistrySettings

SHIPPED: Path = RegistrySettings.model_fields["responsibilities_file"].default
NOTICE = Path(__file__).resolve().parents[4] / "shared" / "policy" / "tangshan-2022-1.zh.md"


@pytest.mark.skipif(not NOTICE.is_file(), reason="the notice's text is not beside this checkout")
def test_every_article_has_the_units_that_stand_at_its_end_in_the_notice() -> None:
    part = NOTICE.read_text(encoding="utf-8").partition("## 二、主要任务")[2].partition("### 三、")[0]
    named = [
        re.sub(r"\s", "", each).split("、") for each in re.findall(r"[（(]责任单位[：:]([^）)]*)[）)]", part)
    ]
    known = parse_responsibilities(document_in(SHIPPED))
    assert len(named) == len(known.articles) == 15
    for number, units in enumerate(named, 1):
        ours = [unit.name_zh for unit in known.units if f"二.{number}" in unit.articles]
        assert sorted(ours) == sorted(units)


GOOD: dict[str, Any] = {"units": {"court": {"zh": "法院", "en": "Court"}}, "articles": {"二.1": ["court"]}}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"units": None}, "both are needed"),
        ({"articles": {"二.1": ["police"]}}, "names 'police'; known are court"),
        ({"articles": {"二.1": "court"}}, "is no list"),
        ({"units": {**GOOD["units"], "b": {"zh": "乙", "en": "B"}}}, "units.b: no article names it"),
        ({"units": {"court": {"zh": "法院"}}}, "needs zh and en"),
    ],
)
def test_a_file_with_a_mistake_is_refused_with_its_place(change: dict[str, Any], message: str) -> None:
    parse_responsibilities(GOOD)
    with pytest.raises(ValueError, match=message):
        parse_responsibilities({**GOOD, **change})


def test_what_is_no_mapping_is_refused(tmp_path: Path) -> None:
    for text in ("- a", "a: [", ""):
        file = tmp_path / "file.yaml"
        file.write_text(text)
        with pytest.raises(ValueError, match=r"no mapping|no YAML"):
            document_in(file)
