"""The summons for talks (约谈通知书), of one department or of several (联合约谈), and its cancellation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.notify.core.cases import Case
from services.notify.core.findings import SHANGHAI, local_day
from services.notify.core.letters import words
from services.notify.core.letters.form import Sections, day_zh, issue, numbered, one_line, spoken, weekday_zh
from services.notify.core.letters.notice import Letterhead, Notice, NoticeKind
from services.notify.core.policy import Rung
from services.notify.core.talks import Talk
from services.notify.core.text import Text

_SENT = Text(
    "你单位主要负责人，或者受其书面委托、了解情况并能当场作出承诺的负责人",
    "the head of your company, or somebody who holds a written authorisation, knows the matter and can "
    "commit it",
)
"""Whom a platform sends if the summons names nobody."""


def write_summons(case: Case, talk: Talk, head: Letterhead, *, reason: Text, workers: int = 0) -> Notice:
    """The summons to ``talk``; if the talk was moved (``talk.sequence`` above 0), the new day and place.

    ``workers`` are those that the reason counts. The talk's day is its deadline.
    """
    cited = head.cited_with_duty(*_rungs(head))
    found, basis, who = words.found(head, case.title), head.policy.basis, words.in_whose_name(head)
    joint = Text("联合约谈", "joint talks") if head.is_joint else Text("约谈", "talks")
    moved = [_MOVED] if talk.sequence else []
    paragraphs = (
        Sections(
            Text(
                f"根据{basis.zh}，因{found.zh}，由{who.zh}对你单位进行{joint.zh}。现将有关事项通知如下：",
                f"Under {basis.en}, you are summoned by {who.en} to {joint.en} about {found.en}, as follows.",
            ),
            *moved,
        )
        .add(Text("约谈事由", "What about"), spoken(reason) or [_ABOUT])
        .add(Text("约谈时间和地点", "When and where"), _when_and_where(talk))
        .add(Text("参加人员", "Who is to come"), [_whom(talk)])
        .add(Text("约谈依据", "Grounds"), numbered(cited))
        .add(Text("有关要求", "What to prepare"), numbered([*_PREPARE, _where()]))
        .add(Text("陈述和申辩", "Your right to be heard"), [words.DEFENCE, _NO_PENALTY])
        .end(
            words.sent_by(head),
            Text("附件：约谈日程（日历邀请文件）", "Enclosure: invitation to the talk (calendar file)"),
        )
    )
    return issue(
        NoticeKind.SUMMONS,
        case,
        head,
        paragraphs,
        cited,
        workers=workers,
        deadline=local_day(talk.start_ms),
        talk_id=talk.talk_id,
    )


def write_summons_cancelled(
    case: Case, talk: Talk, head: Letterhead, *, reason: Text, workers: int = 0
) -> Notice:
    """That ``talk`` does not take place. It asks for nothing."""
    cited = head.cited(*_rungs(head))
    when, title = moment(talk), case.title
    paragraphs = (
        Sections(
            Text(
                f"原定于{when.zh}就“{title.zh}”问题对你单位进行的约谈，现予取消。",
                f"The talk about “{title.en}”, set for {when.en}, is cancelled.",
            )
        )
        .add(Text("取消原因", "Why"), spoken(reason))
        .add(Text("主要依据", "Grounds"), numbered(cited))
        .end(_CANCELLED, words.sent_by(head))
    )
    return issue(
        NoticeKind.SUMMONS_CANCELLED, case, head, paragraphs, cited, workers=workers, talk_id=talk.talk_id
    )


def moment(talk: Talk) -> Text:
    """When a talk begins and ends, with the zone."""
    start, end = Moment.of(talk.start_ms), Moment.of(talk.end_ms)
    same = start.day == end.day
    until_zh = end.clock if same else f"{day_zh(end.day)}{end.clock}"
    until_en = end.clock if same else f"{end.day.isoformat()} {end.clock}"
    return Text(
        f"{day_zh(start.day)}（{weekday_zh(start.day)}）{start.clock}至{until_zh}（北京时间）",
        f"{start.day.isoformat()} ({_WEEKDAYS_EN[start.day.weekday()]}), {start.clock} to {until_en}, "
        "China Standard Time",
    )


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment as people in China read it."""

    day: date
    clock: str
    """24-hour, to the minute."""

    @classmethod
    def of(cls, epoch_ms: int) -> Moment:
        """In Asia/Shanghai."""
        at = datetime.fromtimestamp(epoch_ms / 1000, tz=SHANGHAI)
        return cls(at.date(), f"{at:%H:%M}")


_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _rungs(head: Letterhead) -> tuple[Rung, ...]:
    return (Rung.SUMMONS, Rung.JOINT) if head.is_joint else (Rung.SUMMONS,)


def _when_and_where(talk: Talk) -> list[Text]:
    when, place = moment(talk), one_line(Text(talk.place, talk.place))
    return numbered(
        [Text(f"时间：{when.zh}。", f"When: {when.en}."), Text(f"地点：{place.zh}。", f"Where: {place.en}.")]
    )


def _whom(talk: Talk) -> Text:
    named = one_line(Text(talk.attendees, talk.attendees))
    who = named if named.zh else _SENT
    return Text(
        f"请{who.zh}参加。委托他人参加的，请携带授权委托书和身份证明。",
        f"Please send {who.en}. Whoever comes in another's place brings the written authorisation and proof "
        "of identity.",
    )


def _where() -> Text:
    return words.where_to_answer(Text("书面材料和改期申请", "Hand in papers, or ask for another day,"))


_MOVED = Text(
    "约谈的时间或者地点已经变更，以本通知书为准，此前的通知不再执行。",
    "The time or the place has changed: this letter holds, and the earlier one does not.",
)
_ABOUT = Text(
    "就上述问题了解情况，听取你单位说明，并提出整改要求。",
    "To learn the facts, to hear what you have to say, and to say what is to be mended.",
)
_PREPARE = (
    Text(
        "请准备书面材料，写明核查情况、问题原因、已经采取和拟采取的改正措施及完成时限。",
        "Bring in writing what you looked into, the cause, what was mended, what will be mended and by when.",
    ),
    Text(
        "因故不能按时参加的，请在约谈日前说明理由并申请改期；"
        "无正当理由不参加的，记录在案，依照规定再次约谈或者转入联合处置。",
        "Should you be unable to come, say why before the day and ask for another one. Whoever stays away "
        "without good reason is recorded as absent, and is summoned again or dealt with jointly, as the "
        "rules say.",
    ),
    Text(
        "约谈情况将制作纪要，由双方核对；你单位作出的承诺及完成日期一并记入。",
        "Minutes are kept and checked by both sides; what you promise, and by when, is part of them.",
    ),
)
_NO_PENALTY = Text(
    "约谈不是行政处罚，不代替依法应当作出的处理。",
    "A talk is no administrative penalty, and takes the place of none.",
)
_CANCELLED = Text(
    "需要另行约谈的，将另发通知书；此前对你单位提出的其他要求和期限不受影响。",
    "Should a talk be needed after all, another summons follows. Whatever else was asked of you, and by "
    "when, stands.",
)
