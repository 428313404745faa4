"""Letters and minutes as pages: looked at as pictures by people, here by what the template is given."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kit import typesetting
from services.notify.core.letters import Notice, NoticeKind, Parties, write_order
from services.notify.core.talks import Commitment, TalkState
from services.notify.core.text import NO_TEXT, Text
from services.notify.documents import File, Language, render_minutes, render_pdf
from services.notify.documents.letter import letter_content, letter_pages
from services.notify.documents.minutes import minutes_content, minutes_pages
from tests.unit.notify import letter_examples as example

PNG = b"\x89PNG\r\n\x1a\n"
HOSTILE = '#import "x": * $1/0$ *bold* _it_ @ref <label> \\ ] } ) " `raw` // /* #panic()'
HELD = replace(
    example.TALK,
    state=TalkState.HELD,
    minutes="一、通报情况。\n二、平台说明。",
    commitments=example.COMMITMENTS,
)
DEPARTMENTS = (example.LABOUR, example.TRANSPORT)


def minutes(talk: object = HELD, language: Language = Language.ZH_CN) -> File:
    return render_minutes(
        talk,  # type: ignore[arg-type]
        subject=example.RULE.title,
        parties=example.PARTIES,
        departments=DEPARTMENTS,
        approved_by=example.OFFICIAL,
        language=language,
    )


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", NoticeKind)
def test_every_kind_is_a_pdf_of_one_or_two_pages_and_has_the_same_bytes_again(
    kind: NoticeKind, language: Language
) -> None:
    notice = example.letters()[kind]
    file = render_pdf(notice, language)
    assert file.content.startswith(b"%PDF-")
    assert file.content.rstrip().endswith(b"%%EOF")
    assert b"NotoSansSC" in file.content
    assert (file.name, file.media_type) == (f"{notice.notice_id}-{language.tag}.pdf", "application/pdf")
    assert render_pdf(notice, language) == file
    pages = letter_pages(notice, language, "png", ppi=40)
    assert 1 <= len(pages) <= 2
    assert all(page.startswith(PNG) for page in pages)


def test_a_letter_shows_who_sends_it_its_number_and_every_paragraph() -> None:
    notice = example.summons(example.LABOUR, example.TRANSPORT)
    zh, en = (letter_content(notice, language) for language in Language)
    assert zh["senders"] == [example.LABOUR.zh, example.TRANSPORT.zh]
    assert (zh["heading"], zh["kind"]) == (["关于连续工作时间超限问题的"], "约谈通知书")
    assert (en["heading"], en["kind"]) == (["Summons for talks: continuous work beyond the limit"], "")
    assert zh["number"] == f"编号：{notice.notice_id}"
    assert (zh["day"], en["day"]) == ("2026年3月17日", "2026-03-17")
    assert zh["labels"]["seal"] == "（印章）"
    text = "\n".join(
        [
            zh["number"],
            zh["addressee"],
            *(each["text"] for each in zh["paragraphs"]),
            *zh["senders"],
            zh["day"],
        ]
    )
    assert text == notice.body.zh.replace("　　", "")


def test_sections_and_enclosure_are_told_from_the_text_in_both_languages() -> None:
    zh, en = (letter_content(example.summons(), language)["paragraphs"] for language in Language)
    assert [each["kind"] for each in zh] == [each["kind"] for each in en]
    assert [each["text"] for each in en if each["kind"] == "section"][:2] == [
        "1. What about",
        "2. When and where",
    ]
    assert [each["text"] for each in zh if each["kind"] == "enclosure"] == ["附件：约谈日程（日历邀请文件）"]


def test_the_heading_of_one_department_is_broken_after_its_name() -> None:
    content = letter_content(example.warning(), Language.ZH_CN)
    assert content["heading"] == ["唐山市人力资源和社会保障局", "关于连续工作时间超限问题的"]
    assert content["kind"] == "警示函"


def hostile_order() -> Notice:
    head = replace(
        example.head(Text(HOSTILE, HOSTILE), Text("甲\n乙" * 30, "x" * 200)),
        parties=Parties(Text(HOSTILE + "\n换行", HOSTILE), Text(HOSTILE, HOSTILE)),
    )
    return write_order(
        example.case(title=Text(HOSTILE, HOSTILE)),
        head,
        measures=HOSTILE + "\n" + "😀\x00\u202e𠮷" * 40,
        commitments=(Commitment(HOSTILE),),
        deadline=example.DEADLINE,
    )


@pytest.mark.parametrize("language", Language)
def test_texts_of_people_never_become_markup(language: Language) -> None:
    assert letter_pages(hostile_order(), language)[0].startswith(b"%PDF-")
    assert HOSTILE in str(letter_content(hostile_order(), language)["paragraphs"][0]["text"])
    talk = replace(
        HELD, minutes=HOSTILE, place=HOSTILE, attendees=HOSTILE, commitments=(Commitment(HOSTILE),)
    )
    assert minutes(talk, language).content.startswith(b"%PDF-")


def test_a_letter_written_before_letters_had_this_form_is_still_shown() -> None:
    old = replace(example.warning(), body=Text("没有缩进的一段。\n又一段。", "A paragraph.\nAnother."))
    assert [each["text"] for each in letter_content(old, Language.ZH_CN)["paragraphs"]] == [
        "没有缩进的一段。",
        "又一段。",
    ]
    assert render_pdf(old, Language.EN).content.startswith(b"%PDF-")


def test_a_letter_as_long_as_may_be_goes_over_several_pages() -> None:
    order = write_order(
        example.case(),
        example.head(),
        measures="停止推送订单。\n" * 500,
        commitments=(),
        deadline=example.DEADLINE,
    )
    assert len(letter_pages(order, Language.ZH_CN, "png", ppi=20)) > 10


@pytest.mark.parametrize("language", Language)
def test_minutes_say_who_when_where_what_and_what_was_promised_by_when(language: Language) -> None:
    content = minutes_content(
        HELD, example.RULE.title, example.PARTIES, DEPARTMENTS, example.OFFICIAL, language
    )
    facts = [value for _, value in content["facts"]]
    assert language.pick(example.PARTIES.platform) in facts
    assert language.pick(example.OFFICIAL) in facts
    assert HELD.place in facts
    assert any(language.pick(Text("2026年3月30日", "2026-03-30")) in value for value in facts)
    assert content["said"] == ["一、通报情况。", "二、平台说明。"]
    day, undated = language.pick(Text("2026年4月10日", "2026-04-10")), language.pick(Text("未定", "not set"))
    assert [due for _, due in content["promised"]] == [day, undated]
    file = minutes(HELD, language)
    assert file.content.startswith(b"%PDF-")
    assert file == minutes(HELD, language)
    assert file.name == f"minutes-{HELD.talk_id}-{language.tag}.pdf"


def test_of_a_talk_to_which_nobody_came_the_record_says_so() -> None:
    failed = replace(HELD, state=TalkState.FAILED_TO_APPEAR, minutes="", commitments=())
    content = minutes_content(
        failed, example.RULE.title, example.PARTIES, DEPARTMENTS, NO_TEXT, Language.ZH_CN
    )
    assert content["title"] == "约谈未到场记录"
    assert content["said"] == ["被约谈单位未派人到场。"]
    assert "批准人" not in [name for name, _ in content["facts"]]
    pages = minutes_pages(
        failed,
        example.RULE.title,
        example.PARTIES,
        DEPARTMENTS,
        NO_TEXT,
        Language.ZH_CN,
        "png",
        40,
    )
    assert len(pages) == 1


@pytest.mark.parametrize("state", [TalkState.SCHEDULED, TalkState.CANCELLED])
def test_a_talk_that_was_not_held_has_no_minutes(state: TalkState) -> None:
    with pytest.raises(ValueError, match=state.name):
        minutes(replace(HELD, state=state))


def test_without_the_typeface_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "FONT", "NoSuchFont.ttf")
    with pytest.raises(RuntimeError, match=r"requirements/font\.txt"):
        render_pdf(example.warning(), Language.ZH_CN)


def test_a_number_that_json_has_not_is_refused(tmp_path: Path) -> None:
    template = tmp_path / "page.typ"
    template.write_text("#json(bytes(sys.inputs.content)).words")
    assert typesetting.typeset(template, {"words": "#x"}, made_ms=0)[0].startswith(b"%PDF-")
    with pytest.raises(ValueError, match="Out of range"):
        typesetting.typeset(template, {"words": float("nan")}, made_ms=0)
