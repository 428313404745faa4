"""Sentences that more than one kind of letter has."""

from __future__ import annotations

from datetime import date

from services.notify.core.letters.form import day_zh, one_line
from services.notify.core.letters.notice import Letterhead, joined
from services.notify.core.policy import Policy
from services.notify.core.text import Text

DEFENCE = Text(
    "你单位对所列数据、事实或者依据有异议的，有权向发文机关陈述、申辩，可以就具体认定提出申诉，并附相关材料。"
    "陈述、申辩成立的，予以更正或者撤销；不因陈述、申辩加重对你单位的处置。",
    "If you dispute the figures, the facts or the grounds, you have the right to state your case to whoever "
    "sent this letter and to defend yourself, and may appeal against each finding; enclose what supports it. "
    "What proves wrong will be corrected or withdrawn, and nobody is treated worse for having spoken.",
)
"""陈述、申辩: 行政处罚法 (2021) arts. 7 and 45 give the right before a penalty; a letter gives it earlier."""

TOTALS_ONLY = Text(
    "本件所列均为汇总数，不含劳动者个人信息。",
    "This letter holds totals only and nothing about any single worker.",
)


def found(head: Letterhead, title: Text) -> Text:
    """In what the problem lies, as half a sentence."""
    area = one_line(head.parties.area)
    return Text(
        f"你单位在{area.zh}平台用工中存在的“{title.zh}”问题",
        f"“{title.en}” in your platform work in {area.en}",
    )


def where_to_answer(what: Text) -> Text:
    """How ``what`` reaches whoever sent the letter."""
    return Text(
        f"{what.zh}请在“取中”平台用工监管系统中按本件编号提交，也可以书面送交发文机关。",
        f"{what.en} in Quzhong under the number of this letter, or in writing to whoever sent it.",
    )


def until(day: date) -> Text:
    """A last day, which itself is still in time."""
    return Text(f"{day_zh(day)}前（含当日）", f"by {day.isoformat()} (that day included)")


def under_policy(policy: Policy) -> Text:
    """Which declared rules a letter rests on."""
    return Text(
        f"本件依照《{policy.title.zh}》（{policy.version} 版）发出。",
        f"This letter goes out under “{policy.title.en}”, version {policy.version}.",
    )


def sent_by(head: Letterhead) -> Text:
    """Who approved it; of a letter that nobody had to approve, the rules alone."""
    under, who = under_policy(head.policy), one_line(head.signatory)
    if not who.zh:
        return under
    return Text(f"{under.zh}批准人：{who.zh}。", f"{under.en} Approved by {who.en}.")


def in_whose_name(head: Letterhead) -> Text:
    """Who acts, as it stands in a sentence: 由…牵头，会同…."""
    first, *others = map(one_line, head.issuers)
    leading = Text(first.zh, f"the {first.en[4:]}" if first.en.startswith("The ") else first.en)
    if not others:
        return leading
    rest = joined(others)
    return Text(f"{leading.zh}会同{rest.zh}", f"{leading.en} (leading) together with {rest.en}")
