"""The commendation (表扬通报): joint encouragement (联合激励) of a platform that did well; of no case."""

from __future__ import annotations

from services.notify.core.findings import Place
from services.notify.core.identifiers import stable_id
from services.notify.core.letters import words
from services.notify.core.letters.form import Sections, numbered, one_line, spoken, write
from services.notify.core.letters.notice import Letterhead, Notice, NoticeKind
from services.notify.core.policy import Rung
from services.notify.core.text import Text


def write_commendation(
    platform_id: str, area_code: str, period: Text, head: Letterhead, *, reason: Text, workers: int = 0
) -> Notice:
    """Praise for ``period``, e.g. 2026年第一季度. ``workers`` are those that the reason counts."""
    notice_id = stable_id(
        "notice", platform_id, area_code, NoticeKind.COMMENDATION.name, period.zh, period.en, head.earlier
    )
    cited = head.cited(Rung.JOINT)
    name, area, basis = one_line(head.parties.platform), one_line(head.parties.area), head.policy.basis
    paragraphs = (
        Sections(
            Text(
                f"你单位{period.zh}在{area.zh}的平台用工中，落实新就业形态劳动者权益保障责任情况良好。"
                f"根据{basis.zh}，现予通报表扬。",
                f"In {period.en} you kept well to your duties towards workers in {area.en}. Under "
                f"{basis.en}, you are hereby commended.",
            )
        )
        .add(Text("主要做法和成效", "What was done well"), spoken(reason))
        .add(Text("主要依据", "Grounds"), numbered(cited))
        .end(_GO_ON, words.sent_by(head), words.TOTALS_ONLY)
    )
    return Notice(
        notice_id=notice_id,
        kind=NoticeKind.COMMENDATION,
        case_id="",
        place=Place(platform_id, "", area_code),
        title=Text(f"表扬{name.zh}", f"{name.en}, {one_line(period).en}"),
        body=write(notice_id, head.parties.platform, paragraphs, head.issuers, head.day),
        citations=cited,
        policy_id=head.policy.id,
        policy_version=head.policy.version,
        create_time_ms=head.at_ms,
        workers=workers,
        signed_by=head.signed_by,
    )


_GO_ON = Text(
    "请你单位继续保持，及时总结经验做法。本通报不影响对以后发生的问题依法依规处理。",
    "Please keep it up, and share how it was done. It changes nothing about how anything that happens later "
    "is dealt with.",
)
