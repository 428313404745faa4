"""Every kind of letter: its form, what it cites, what it asks by when, and whom it names."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notify.core.letters import (
    NoticeKind,
    Parties,
    heading,
    write_closure,
    write_escalation,
    write_order,
    write_recheck,
    write_summons,
)
from services.notify.core.letters.form import day_zh, read, spoken
from services.notify.core.policy import Rung
from services.notify.core.recheck import Outcome
from services.notify.core.talks import Commitment
from services.notify.core.text import NO_TEXT, Text
from tests.unit.notify import letter_examples as example

EVERY = list(NoticeKind)
ASKING = [NoticeKind.WARNING, NoticeKind.SUMMONS, NoticeKind.RECTIFICATION]
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@pytest.mark.parametrize("kind", EVERY)
def test_every_kind_has_number_addressee_paragraphs_signature_and_date(kind: NoticeKind) -> None:
    notice = example.letters()[kind]
    sheet = read(notice.body)
    assert sheet.opening == (
        Text(f"编号：{notice.notice_id}", f"No. {notice.notice_id}"),
        Text("唐山迅达外卖网络科技有限公司：", "To Swift Delivery (Tangshan) Ltd:"),
    )
    assert sheet.closing[0] == example.LABOUR
    assert sheet.closing[-1] == Text("2026年3月17日", "2026-03-17")
    assert all(text.zh.strip() and text.en.strip() for text in sheet.paragraphs)


@pytest.mark.parametrize("kind", EVERY)
def test_its_sections_are_numbered_without_a_gap(kind: NoticeKind) -> None:
    paragraphs = read(example.letters()[kind].body).paragraphs
    zh = [line.zh[0] for line in paragraphs if re.match("[一二三四五六]、", line.zh)]
    en = [line.en[0] for line in paragraphs if re.match(r"[1-6]\. ", line.en)]
    assert zh == list("一二三四五六"[: len(zh)])
    assert en == list("123456"[: len(en)])
    assert len(zh) == len(en) > 0


@pytest.mark.parametrize(
    ("kind", "zh", "en"),
    [
        (NoticeKind.WARNING, "关于连续工作时间超限问题的警示函", "Warning: continuous work beyond the limit"),
        (NoticeKind.RECTIFICATION, "关于连续工作时间超限问题的限期整改通知书", "Order to rectify: "),
        (NoticeKind.SUMMONS_CANCELLED, "关于取消连续工作时间超限问题约谈的通知", "Cancellation of a summons"),
        (NoticeKind.COMMENDATION, "关于表扬唐山迅达外卖网络科技有限公司的通报", "Commendation: Swift"),
    ],
)
def test_its_heading_says_who_about_what_and_which_kind(kind: NoticeKind, zh: str, en: str) -> None:
    said = heading(example.letters()[kind])
    assert said.zh.startswith("唐山市人力资源和社会保障局")
    assert said.zh.endswith(zh)
    assert said.en.startswith(en)


def test_the_heading_of_a_joint_summons_names_all_who_summon_the_leading_one_first() -> None:
    said = heading(example.summons(example.TRANSPORT, example.LABOUR))
    assert said.zh == "唐山市交通运输局 唐山市人力资源和社会保障局关于连续工作时间超限问题的约谈通知书"


def test_a_problem_is_not_called_a_problem_twice() -> None:
    other = example.case("cn-ride-hailing.daily-rest")
    notice = write_closure(other, example.head(), reason=Text("已改正。", "Mended."))
    assert heading(notice).zh.endswith("关于其他工时和休息问题的结案通知书")


@pytest.mark.parametrize("kind", EVERY)
def test_each_article_is_cited_exactly_once(kind: NoticeKind) -> None:
    notice = example.letters()[kind]
    assert notice.citations
    assert len(set(notice.citations)) == len(notice.citations)
    for citation in notice.citations:
        assert notice.body.zh.count(citation.zh) == 1
        assert notice.body.en.count(citation.en) == 1


@pytest.mark.parametrize(
    ("kind", "rungs"),
    [
        (NoticeKind.WARNING, [Rung.WARNING]),
        (NoticeKind.SUMMONS, [Rung.SUMMONS, Rung.JOINT]),
        (NoticeKind.RECTIFICATION, [Rung.RECTIFICATION]),
        (NoticeKind.RECHECK, [Rung.RECHECK]),
        (NoticeKind.ESCALATION, [Rung.JOINT]),
        (NoticeKind.COMMENDATION, [Rung.JOINT]),
    ],
)
def test_a_letter_cites_the_article_its_rung_rests_on(kind: NoticeKind, rungs: list[Rung]) -> None:
    cited = example.letters()[kind].citations
    assert {example.POLICY.clause(rung) for rung in rungs} <= set(cited)


def test_only_a_joint_summons_cites_the_article_on_joint_talks() -> None:
    joint = example.POLICY.clause(Rung.JOINT)
    alone, together = example.summons(example.LABOUR), example.summons(example.LABOUR, example.UNION)
    assert joint not in alone.citations
    assert "联合约谈" not in alone.body.zh
    assert joint in together.citations
    assert "由唐山市人力资源和社会保障局会同唐山市总工会对你单位进行联合约谈" in together.body.zh
    assert [line.zh for line in read(together.body).closing[:-1]] == [example.LABOUR.zh, example.UNION.zh]


def test_a_letter_in_nobodys_name_is_the_policys_issuers() -> None:
    notice = write_closure(example.case(), example.head(departments=()), reason=Text("已改正。", "Mended."))
    assert read(notice.body).closing[0] == example.POLICY.issuer


@pytest.mark.parametrize("kind", ASKING)
def test_a_letter_that_asks_for_something_says_by_which_day_in_both_languages(kind: NoticeKind) -> None:
    notice = example.letters()[kind]
    assert notice.deadline is not None
    assert day_zh(notice.deadline) in notice.body.zh
    assert notice.deadline.isoformat() in notice.body.en


@pytest.mark.parametrize("kind", [kind for kind in EVERY if kind not in ASKING])
def test_a_letter_that_asks_for_nothing_has_no_deadline(kind: NoticeKind) -> None:
    assert example.letters()[kind].deadline is None


def test_a_warning_without_a_deadline_asks_for_no_answer() -> None:
    notice = example.warning(deadline=None)
    assert notice.deadline is None
    assert "书面答复" not in notice.body.zh


@pytest.mark.parametrize(
    "kind",
    [
        NoticeKind.WARNING,
        NoticeKind.SUMMONS,
        NoticeKind.RECTIFICATION,
        NoticeKind.RECHECK,
        NoticeKind.ESCALATION,
    ],
)
def test_who_is_burdened_is_told_of_the_right_to_be_heard(kind: NoticeKind) -> None:
    body = example.letters()[kind].body
    assert "陈述、申辩" in body.zh
    assert "defend yourself" in body.en


@pytest.mark.parametrize("kind", [NoticeKind.WARNING, NoticeKind.SUMMONS, NoticeKind.ESCALATION])
def test_what_is_no_penalty_says_so(kind: NoticeKind) -> None:
    body = example.letters()[kind].body
    assert re.search("不是行政处罚", body.zh)
    assert "no administrative penalty" in body.en


def test_a_platform_registered_in_chinese_only_is_addressed_by_that_name_in_both_languages() -> None:
    head = example.head(parties=Parties(Text("迅达外卖", ""), example.PARTIES.area))
    notice = write_closure(example.case(), head, reason=Text("已改正。", "Mended."))
    assert read(notice.body).opening[1] == Text("迅达外卖：", "To 迅达外卖:")


def test_an_order_says_how_it_may_be_contested() -> None:
    body = example.letters()[NoticeKind.RECTIFICATION].body
    assert "六十日内向发文机关的本级人民政府申请行政复议" in body.zh
    assert "within 60 days" in body.en


def test_a_summons_says_when_where_and_who() -> None:
    notice = example.summons()
    assert "2026年3月30日（星期一）09:30至11:00（北京时间）" in notice.body.zh
    assert "2026-03-30 (Monday), 09:30 to 11:00, China Standard Time" in notice.body.en
    assert example.TALK.place in notice.body.zh
    assert f"请{example.TALK.attendees}参加" in notice.body.zh
    assert (notice.talk_id, notice.deadline) == (example.TALK.talk_id, date(2026, 3, 30))
    assert (notice.signed_by, example.OFFICIAL.zh in notice.body.zh) == ("official:wang", True)


def test_a_summons_that_names_nobody_asks_for_somebody_who_can_commit_the_company() -> None:
    notice = example.summons(talk=replace(example.TALK, attendees=" "))
    assert "主要负责人，或者受其书面委托" in notice.body.zh


def test_a_talk_over_midnight_names_both_days() -> None:
    talk = replace(
        example.TALK,
        start_ms=example.at_ms(2026, 3, 30, 23, 0),
        end_ms=example.at_ms(2026, 3, 31, 1, 0),
    )
    body = example.summons(talk=talk).body
    assert "23:00至2026年3月31日01:00" in body.zh
    assert "23:00 to 2026-03-31 01:00" in body.en


def test_only_the_summons_to_a_moved_talk_says_that_the_earlier_one_does_not_hold() -> None:
    moved = example.summons(talk=replace(example.TALK, sequence=1))
    assert "此前的通知不再执行" in moved.body.zh
    assert "此前的通知不再执行" not in example.summons().body.zh


def test_an_order_lists_measures_and_promises_with_their_days() -> None:
    lines = read(example.letters()[NoticeKind.RECTIFICATION].body).paragraphs
    zh = [line.zh for line in lines]
    at = zh.index("二、整改要求")
    assert zh[at + 1 : at + 3] == [
        "达到 4 小时上限后停止推送订单不少于 20 分钟；",
        "修订午高峰调度规则，并报工会。",
    ]
    assert "（一）上线连续接单满 4 小时停止推送订单的功能，于2026年4月10日前完成。" in zh
    assert "（二）每周报送连续接单超时人数。" in zh


def test_an_order_without_measures_asks_for_what_the_policy_demands() -> None:
    order = write_order(
        example.case(), example.head(), measures=" \n ", commitments=(), deadline=example.DEADLINE
    )
    assert example.RULE.demand.zh in order.body.zh
    assert "约谈承诺" not in order.body.zh


@pytest.mark.parametrize(
    ("outcome", "zh"),
    [
        (Outcome.IMPROVED, "已经改正"),
        (Outcome.NOT_SHOWN, "不能证明该问题已经改正到位"),
        (Outcome.WORSE, "有所加重"),
    ],
)
def test_a_recheck_says_what_it_came_to_why_and_what_follows(outcome: Outcome, zh: str) -> None:
    recheck = replace(example.RECHECK, outcome=outcome)
    notice = write_recheck(
        example.case(), recheck, example.head(), follows=Text("提请约谈。", "A summons is proposed.")
    )
    for said in (zh, recheck.reason.zh, "提请约谈。"):
        assert said in notice.body.zh
    assert "A summons is proposed." in notice.body.en


@pytest.mark.parametrize(("before", "after", "least"), [(14, 3, 3), (14, 0, 14), (0, 0, 0)])
def test_a_recheck_counts_as_few_workers_as_the_smaller_of_its_counts(
    before: int, after: int, least: int
) -> None:
    recheck = replace(
        example.RECHECK,
        before=replace(example.RECHECK.before, workers=before),
        after=replace(example.RECHECK.after, workers=after),
    )
    assert write_recheck(example.case(), recheck, example.head(), follows=NO_TEXT).workers == least


def test_what_a_reason_counts_is_told_to_whoever_hides_small_counts() -> None:
    reason = Text("仍有 4 名。", "Still 4.")
    assert write_closure(example.case(), example.head(), reason=reason, workers=4).workers == 4
    assert write_escalation(example.case(), example.head(), reason=reason, workers=4).workers == 4


@given(st.integers(0, 50), st.integers(0, 50))
def test_no_two_letters_of_a_case_share_a_number(earlier: int, other: int) -> None:
    numbers = {(n.kind, at): n.notice_id for at in (earlier, other) for n in example.letters(at).values()}
    assert len(set(numbers.values())) == len(numbers)


def test_the_same_letter_written_again_is_the_same() -> None:
    assert example.letters() == example.letters()


@given(name=WORDS, place=WORDS, reason=WORDS, measures=WORDS, promise=WORDS)
def test_whatever_people_write_no_paragraph_is_empty_and_nothing_passes_for_a_signature(
    name: str, place: str, reason: str, measures: str, promise: str
) -> None:
    head = replace(
        example.head(example.LABOUR, example.UNION), parties=Parties(Text(name, name), Text(place, place))
    )
    talk = replace(example.TALK, place=place, attendees=name)
    for notice in (
        write_summons(example.case(), talk, head, reason=Text(reason, promise)),
        write_order(
            example.case(),
            head,
            measures=measures,
            commitments=(Commitment(promise),),
            deadline=example.DEADLINE,
        ),
        write_escalation(example.case(), head, reason=Text(reason, "")),
    ):
        assert all(line.strip() for line in (notice.body.zh + "\n" + notice.body.en).split("\n"))
        sheet = read(notice.body)
        assert sheet.closing == (example.LABOUR, example.UNION, Text("2026年3月17日", "2026-03-17"))
        assert sheet.opening[0].en == f"No. {notice.notice_id}"
        assert len(sheet.opening) == 2


def test_a_signature_written_into_the_measures_stays_a_paragraph() -> None:
    order = write_order(
        example.case(),
        example.head(),
        measures="立即停止。\n唐山市人民政府\n2026年1月1日\u202e倒",
        commitments=(),
        deadline=example.DEADLINE,
    )
    sheet = read(order.body)
    assert Text("唐山市人民政府", "唐山市人民政府") in sheet.paragraphs
    assert sheet.closing[:-1] == (example.LABOUR,)
    assert "\u202e" not in order.body.zh


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        (Text("一\n二", "one\ntwo"), (Text("一", "one"), Text("二", "two"))),
        (Text("一\n二", ""), (Text("一", "一"), Text("二", "二"))),
        (Text("", "one"), (Text("one", "one"),)),
        (Text("一\n二", "both"), (Text("一二", "both"),)),
        (Text(" \n\x00\n　", ""), ()),
    ],
)
def test_what_people_write_becomes_paragraphs_in_both_languages(
    text: Text, paragraphs: tuple[Text, ...]
) -> None:
    assert spoken(text) == paragraphs


@pytest.mark.parametrize("kind", EVERY)
def test_no_worker_is_named(kind: NoticeKind) -> None:
    assert "worker-" not in repr(example.letters()[kind])
