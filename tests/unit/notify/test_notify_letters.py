"""The warning letter: what it cites, what it asks, and that nobody is identifiable in it."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from services.notify.adapters.policy_file import load_policy
from services.notify.core.cases import new_case
from services.notify.core.escalation import Standing, decide
from services.notify.core.findings import Place, Severity
from services.notify.core.letters import Notice, Parties, numeral_zh, write_warning
from services.notify.core.text import Text
from services.notify.core.transitions import CaseState

POLICY = load_policy()
DAY = date(2026, 3, 16)
PARTIES = Parties(Text("迅达外卖", "Swift Delivery"), Text("路北区", "Lubei District"))
STANDARD = Text("《外卖平台服务管理基本要求》", "Basic requirements for food-delivery platforms")
SHARED = Path(os.environ.get("QUZHONG_SHARED", Path(__file__).parents[4] / "shared"))


def warning(
    rule_id: str,
    workers: str = "abcd",
    citations: tuple[Text, ...] = (STANDARD,),
    *,
    standards: tuple[Text, ...] = (),
    earlier: int = 0,
    openings: int = 1,
) -> Notice:
    rule = POLICY.rule_for(rule_id)
    assert rule is not None
    case = replace(
        new_case(Place("swift", rule_id, "130203"), rule.title), state=CaseState.OPEN, openings=openings
    )
    standing = [Standing(DAY, f"worker-{worker}", Severity.BREACH) for worker in workers]
    decision = decide(standing, {DAY: 200}, rule.trigger)
    assert decision.warn
    return write_warning(
        case,
        decision,
        POLICY,
        rule,
        parties=PARTIES,
        citations=citations,
        standards=standards,
        earlier=earlier,
        day=DAY,
        at_ms=1_773_640_800_000,
    )


def test_a_warning_on_hours_reads_as_an_official_letter() -> None:
    notice = warning("cn-food-delivery-2025.continuous-work")
    lines = notice.body.zh.split("\n")
    assert notice.title.zh == "连续工作时间超限"  # the kind says that it is a 警示函
    assert lines[0] == f"编号：{notice.notice_id}"
    assert lines[1] == "迅达外卖："
    assert [line.strip() for line in lines if line.strip()[:2] in ("一、", "二、", "三、")] == [
        "一、存在的问题",
        "二、主要依据",
        "三、有关要求",
    ]
    assert lines[-2:] == ["新就业形态劳动者权益保障主管部门", "2026年3月16日"]
    assert "在路北区平台用工中" in notice.body.zh
    assert "共有 4 名劳动者出现超限情形" in notice.body.zh
    assert "To Swift Delivery:" in notice.body.en


@pytest.mark.parametrize(
    ("rule_id", "articles"),
    [
        ("cn-food-delivery-2025.continuous-work", ("第二部分第14条", "第二部分第4条")),
        ("algo-audit.strictest", ("第二部分第14条", "第二部分第8条")),
        ("algo-audit.below-floor", ("第二部分第14条", "第二部分第8条", "第二部分第5条")),
    ],
)
def test_it_cites_the_articles_of_its_kind_then_what_the_findings_rest_on(
    rule_id: str, articles: tuple[str, ...]
) -> None:
    notice = warning(rule_id)
    *own, last = (citation.zh for citation in notice.citations)
    assert [
        text.startswith(f"唐人社字〔2022〕1号{article}：")
        for text, article in zip(own, articles, strict=True)
    ]
    assert last == STANDARD.zh
    for number, citation in enumerate(notice.citations, start=1):
        assert f"（{numeral_zh(number)}）{citation.zh}" in notice.body.zh
        assert citation.en in notice.body.en


STRICTEST = Text(
    "唐人社字〔2022〕1号 二.8：不得将最严算法作为考核标准。",
    "唐人社字〔2022〕1号 art. 二.8: the strictest must not be the standard; take the middle (算法取中).",
)
BELOW_FLOOR = Text(
    "唐人社字〔2022〕1号 二.5：不得损害安全健康；《实施条例》第五十八条：最高时速不得超过 15 公里。",
    "唐人社字〔2022〕1号 art. 二.5: no harm to safety; Regulation art. 58: no more than 15 km/h.",
)


def test_an_article_that_it_quotes_is_not_cited_again_in_the_findings_words() -> None:
    strictest = warning("algo-audit.strictest", citations=(STRICTEST,))
    assert len(strictest.citations) == 2
    assert "二.8" not in strictest.body.zh + strictest.body.en
    floor = warning("algo-audit.below-floor", citations=(BELOW_FLOOR,))
    assert floor.citations[-1] == Text(
        "《实施条例》第五十八条：最高时速不得超过 15 公里。", "Regulation art. 58: no more than 15 km/h."
    )


@pytest.mark.parametrize(
    "other",
    [
        Text("唐人社字〔2022〕1号 二.80：另一条。", "唐人社字〔2022〕1号 art. 二.80: another."),
        Text("唐人社字〔2021〕1号 二.8：另一文件。", "唐人社字〔2021〕1号 art. 二.8: another notice."),
    ],
)
def test_another_article_or_notice_is_cited_beside_what_it_quotes(other: Text) -> None:
    assert warning("algo-audit.strictest", citations=(other,)).citations[-1] == other


def test_a_warning_on_standards_names_each_of_them_up_to_20() -> None:
    titles = tuple(Text(f"最严算法：第 {n:02} 项", f"strictest: no. {n:02}") for n in range(1, 24))
    few = warning("algo-audit.strictest", standards=titles[:2])
    assert "　　1．最严算法：第 01 项。\n　　2．最严算法：第 02 项。\n　　二、主要依据" in few.body.zh
    assert "(1) strictest: no. 01.\n(2) strictest: no. 02.\n2. Grounds" in few.body.en
    many = warning("algo-audit.strictest", standards=titles[::-1])
    assert "　　20．最严算法：第 20 项。\n　　另有 3 项，详见本案。" in many.body.zh
    assert "第 21 项" not in many.body.zh
    assert "And 3 more" in many.body.en


def test_it_knows_how_many_workers_it_counts() -> None:
    assert warning("cn-food-delivery-2025.continuous-work", "abcd").workers == 4


def test_the_order_in_which_findings_arrived_does_not_show() -> None:
    other = Text("《道路交通安全法实施条例》", "Regulation")
    rule_id = "cn-food-delivery-2025.continuous-work"
    assert warning(rule_id, "abcd", (STANDARD, other)) == warning(rule_id, "dcba", (other, STANDARD, other))


def test_its_number_tells_the_warnings_of_a_case_apart_and_not_how_often_it_was_opened() -> None:
    rule_id = "cn-food-delivery-2025.continuous-work"
    assert warning(rule_id, openings=3) == warning(rule_id)
    assert warning(rule_id, earlier=1).notice_id != warning(rule_id).notice_id


def test_no_worker_is_in_it() -> None:
    notice = warning("cn-food-delivery-2025.continuous-work")
    assert "worker-" not in repr(notice)


def test_it_names_the_policy_and_version_it_goes_out_under() -> None:
    notice = warning("cn-food-delivery-2025.continuous-work")
    assert (notice.policy_id, notice.policy_version) == (POLICY.id, POLICY.version)
    assert POLICY.version in notice.body.zh
    assert POLICY.version in notice.body.en


@pytest.mark.parametrize(
    ("number", "numeral"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一")]
)
def test_clauses_are_numbered_in_chinese(number: int, numeral: str) -> None:
    assert numeral_zh(number) == numeral


def test_every_quotation_stands_word_for_word_in_the_notice_it_cites() -> None:
    source = SHARED / "policy" / "tangshan-2022-1.zh.md"
    if not source.exists():
        pytest.skip(f"the notice's text is not at {source}; set QUZHONG_SHARED")
    whole = re.sub(r"\s", "", source.read_text(encoding="utf-8"))
    for key, article in POLICY.articles.items():
        quotations = re.findall("“([^”]+)”", article.zh)
        assert quotations, key
        for quotation in quotations:
            assert quotation.replace("‘", "“").replace("’", "”") in whole, key
